import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ProblemView } from '../../contract/problem.ts';
import { TheirError, UserError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { correlationOf } from './correlation.ts';

type Told = Omit<ProblemView, 'type' | 'title' | 'correlationId'> & { retryAfterMs?: number };

/** Seconds after which trying again makes sense when nobody said. */
const defaultRetrySeconds = 5;

/** The last handler: every error leaves as problem+json (RFC 9457), and ours with a stack in the log only. */
export function problems(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const told = tell(error);
    const correlationId = correlationOf(request);
    if (told.status >= 500) {
      const fields = { correlationId, code: told.code, err: error };
      if (error instanceof TheirError) log.warn(fields, 'request failed by another system');
      else log.error(fields, 'request failed by a mistake of ours');
    }
    if (response.headersSent) return next(error);
    if (told.status === 401) response.set('WWW-Authenticate', told.code === 'sign-in-needed' ? 'Bearer' : 'Bearer error="invalid_token"');
    if (told.status === 503) response.set('Retry-After', String(Math.ceil((told.retryAfterMs ?? defaultRetrySeconds * 1000) / 1000)));
    const { retryAfterMs: _, ...shown } = told;
    const view: ProblemView = { type: `urn:tieline:problem:${told.code}`, title: STATUS_CODES[told.status] ?? 'Error', ...shown, correlationId };
    response.status(told.status).set('Cache-Control', 'no-store').type('application/problem+json').send(JSON.stringify(view));
  };
}

/** For paths that nobody serves. */
export const nothingHere: RequestHandler = () => {
  throw new UserError(404, { code: 'not-found', message: 'There is nothing at this address.' });
};

function tell(error: unknown): Told {
  if (error instanceof UserError) {
    const { code, message, remedy, field } = error.problem;
    return { status: error.status, code, detail: message, ...(remedy ? { remedy } : {}), ...(field ? { field } : {}) };
  }
  if (error instanceof TheirError) return tellTheirs(error);
  const refused = tellRefused(error);
  if (refused) return refused;
  return { status: 500, code: 'internal', detail: 'Something went wrong on our side.', remedy: 'Try again; if it stays, give the correlation id to your administrator.' };
}

/** Their words stay in the log: they may name hosts and accounts. */
function tellTheirs(error: TheirError): Told {
  const detail = error.passing
    ? `A system that this needs does not answer at the moment (${error.connector}).`
    : `A system that this needs refuses to do it (${error.connector}).`;
  return {
    status: error.passing ? 503 : 502,
    code: `${error.connector}-${error.fault}`,
    detail,
    remedy: error.passing ? 'Try again in a moment.' : 'Give the correlation id to your administrator.',
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}

/** What Express and its body parser refuse carries a status and says whether it may be shown. */
function tellRefused(error: unknown): Told | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status < 400 || error.status > 499) return null;
  const tooLong = error.status === 413;
  return {
    status: error.status,
    code: tooLong ? 'too-long' : 'invalid-request',
    detail: tooLong ? 'The request is too long.' : 'The request cannot be read.',
    remedy: tooLong ? 'Send less.' : 'Correct the request and send again.',
  };
}
