import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from './metrics.ts';

/** Joins what the add-in shows, our log and the problem that a caller got. */
export const correlationHeader = 'X-Correlation-Id';

const ids = new WeakMap<object, string>();

/** The id of this request. */
export function correlationOf(request: Request): string {
  return ids.get(request) ?? '';
}

/** Gives every request an id (the caller's own where it is harmless), says it in the answer, and writes one line when the request is over. */
export function correlation({ clock, log, metrics }: { clock: Clock; log: Log; metrics: Metrics }): RequestHandler {
  return (request, response, next) => {
    const offered = request.get(correlationHeader) ?? '';
    const correlationId = /^[\w-]{8,64}$/.test(offered) ? offered : randomUUID();
    ids.set(request, correlationId);
    response.set(correlationHeader, correlationId);
    const began = clock.now();
    response.on('close', () => {
      const route = routeOf(request);
      const tookMs = clock.now() - began;
      metrics.request({ method: request.method, route, status: response.statusCode, tookMs });
      // The path without its query: what stands behind a question mark may be a secret of somebody.
      const fields = { correlationId, method: request.method, path: request.path, status: response.statusCode, tookMs };
      if (route === '/healthz' || route === '/readyz' || route === '/metrics') log.debug(fields, 'request');
      else log.info(fields, 'request');
    });
    next();
  };
}

/** The pattern that matched, so that the metrics do not grow a line per conference. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route === 'object' && route !== null && 'path' in route) return `${request.baseUrl}${String(route.path)}`;
  return 'other';
}
