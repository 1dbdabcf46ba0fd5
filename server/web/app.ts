import express, { type Express, type RequestHandler } from 'express';
import { createCallers, languageOf } from './caller.ts';
import { correlation } from './correlation.ts';
import { crossOrigin } from './cross-origin.ts';
import { doorRoutes } from './doors.ts';
import { endpointRoutes } from './endpoints.ts';
import { fileRoutes } from './files.ts';
import { headers } from './headers.ts';
import { healthRoutes } from './health.ts';
import { perAddress, perCaller } from './limits.ts';
import { createLiveStreams } from './live.ts';
import type { Metrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import { nothingHere, problems } from './problems.ts';
import type { Page, WebParts } from './settings.ts';

export interface WebApp {
  app: Express;
  /** Ends the live streams, so that the server can close. */
  stop(): void;
}

/** Everything that we answer over HTTP, in the order in which a request meets it. */
export function createApp(parts: WebParts, metrics: Metrics): WebApp {
  const { settings, clock, log } = parts;
  const callers = createCallers(parts);
  const streams = createLiveStreams({ callers, parts, metrics });
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...settings.proxies]);
  app.set('query parser', 'simple');

  app.use(correlation({ clock, log, metrics }));
  app.use(headers(settings));
  app.use(healthRoutes(parts, metrics));
  if (settings.serves.hooks) app.use(doorRoutes(parts.doors));
  if (settings.serves.people) {
    app.use(fileRoutes(settings));
    app.use(perAddress(settings.requestsPerMinute));
    for (const page of parts.pages) app.get(page.path, show(page));
    app.use('/api', crossOrigin([settings.publicUrl, settings.addin.origin]));
    const document = openApi(parts.endpoints, settings);
    app.get('/api/openapi.json', (_request, response) => {
      response.json(document);
    });
    app.get('/api/v1/live', streams.handler);
    app.use(endpointRoutes(parts.endpoints, callers, perCaller(settings.requestsPerMinute)));
  }
  app.use(nothingHere);
  app.use(problems(log));
  return { app, stop: () => streams.stop() };
}

function show(page: Page): RequestHandler {
  return async (request, response) => {
    const { status, html } = await page.handle(String(request.params['id'] ?? ''), languageOf(request));
    response.status(status).set('Cache-Control', 'no-store').type('html').send(html);
  };
}
