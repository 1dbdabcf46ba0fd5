import express, { type Express } from 'express';
import { byteRoutes } from './bytes.ts';
import { createCallers } from './caller.ts';
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
import { createOidcClient } from './identity/oidc.ts';
import { openApi } from './openapi.ts';
import { createPageDesk, pageRoutes } from './pages/pages.ts';
import { nothingHere, problems } from './problems.ts';
import { sessionRoutes } from './session-endpoint.ts';
import type { WebParts } from './settings.ts';
import { webSignInRoutes } from './web-sign-in.ts';

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
    const { organisation, publicUrl, providers, ca } = settings;
    const common = { organisation, publicUrl, hasSignIn: providers.length > 0, sessions: parts.sessions };
    const clients = providers.map((provider) => createOidcClient(provider, { publicUrl, ca, clock }));
    app.use(webSignInRoutes({ clients, sessions: parts.sessions, personFor: parts.webPersonFor, desk: createPageDesk(common), log }));
    app.use(pageRoutes({ ...common, pages: parts.pages, log }));
    app.use('/api', crossOrigin([settings.publicUrl, settings.addin.origin]));
    const document = openApi(parts.endpoints, parts.bytes, settings);
    app.get('/api/openapi.json', (_request, response) => {
      response.json(document);
    });
    app.use(sessionRoutes(parts.sessions));
    app.get('/api/v1/live', streams.handler);
    const limit = perCaller(settings.requestsPerMinute);
    app.use(endpointRoutes(parts.endpoints, callers, limit));
    app.use(byteRoutes(parts.bytes, callers, limit));
  }
  app.use(nothingHere);
  app.use(problems(log));
  return { app, stop: () => streams.stop() };
}
