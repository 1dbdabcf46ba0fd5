import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { UserError } from '../domain/errors.ts';
import { ticketHeader } from './caller.ts';
import { sessionIdOf } from './identity/session.ts';

/** A building behind one address is many callers; an address alone is held back only far above one caller. */
const callersPerAddress = 20;

/** Refuses more than so many requests a minute, counted per process. */
export function perAddress(requestsPerMinute: number): RequestHandler {
  return limiter(requestsPerMinute * callersPerAddress, addressOf);
}

/** The same per caller: whoever shows the same token, ticket, session or, showing nothing, comes from the same address. */
export function perCaller(requestsPerMinute: number): RequestHandler {
  return limiter(requestsPerMinute, (request) => {
    const shown = request.headers.authorization ?? request.get(ticketHeader) ?? sessionIdOf(request);
    // Counted by digest, so that no token is kept in memory.
    return shown === undefined ? addressOf(request) : createHash('sha256').update(shown).digest('base64url');
  });
}

function limiter(limit: number, keyGenerator: (request: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler(_request, _response, next) {
      next(new UserError(429, { code: 'too-many-requests', message: 'Too many requests.', remedy: 'Wait a minute.' }));
    },
  });
}

function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}
