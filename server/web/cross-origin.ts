import type { RequestHandler } from 'express';
import { correlationHeader } from './correlation.ts';
import { ticketHeader } from './caller.ts';

/** Lets the add-in ask us when its files are served from another origin. Everybody else has only the same origin, which needs no leave. */
export function crossOrigin(allowed: readonly (string | undefined)[]): RequestHandler {
  const origins = new Set(allowed.map((origin) => origin?.replace(/\/$/, '')));
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    // Outlook's runtime on Windows sends its origin with a slash at the end, and wants it back so.
    if (origin === undefined || !origins.has(origin.replace(/\/$/, ''))) return next();
    response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': `${correlationHeader}, Retry-After` });
    if (request.method !== 'OPTIONS' || request.get('access-control-request-method') === undefined) return next();
    response
      .set({
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Allow-Headers': `Authorization, Content-Type, Accept-Language, Range, ${ticketHeader}, ${correlationHeader}`,
        'Access-Control-Max-Age': '7200',
      })
      .status(204)
      .end();
  };
}
