import express, { Router, type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { Endpoint, Handlers } from '../../contract/endpoint.ts';
import { OurError, UserError } from '../domain/errors.ts';
import type { Callers } from './caller.ts';
import type { BoundEndpoint } from './settings.ts';

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** Far above any request of contract/: 500 attendees are 300 KB. */
const longestBody = '512kb';

const verbs = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** Joins an API of contract/ with its handlers. */
export function bind<Api extends Record<string, AnyEndpoint>>(api: Api, handlers: Handlers<Api>): BoundEndpoint[] {
  return Object.entries(api).map(([name, endpoint]) => {
    const handle: unknown = handlers[name];
    if (typeof handle !== 'function') throw new OurError(`no handler for ${name}`);
    return { endpoint, handle: async (input, caller) => handle.call(handlers, input, caller) as unknown };
  });
}

/** Express routes for endpoints: who may call, what they say, what we answer, all by the contract. */
export function endpointRoutes(endpoints: readonly BoundEndpoint[], callers: Callers, limit: RequestHandler): Router {
  const router = Router();
  for (const bound of endpoints) {
    const { endpoint } = bound;
    const { method, path, who } = endpoint.route;
    const answer: RequestHandler = async (request, response) => {
      const caller = callers.of(response);
      if (caller.ticketFor !== null && request.params['id'] !== caller.ticketFor) {
        throw new UserError(403, { code: 'ticket-elsewhere', message: 'This send ticket belongs to another conference.', remedy: 'Open the invite again.' });
      }
      const input = {
        params: readInput(endpoint.params, request.params),
        query: readInput(endpoint.query, request.query),
        body: readInput(endpoint.body, bodyOf(request)),
      };
      const result = endpoint.response.safeParse(await bound.handle(input, caller));
      if (!result.success) throw new OurError(`${method} ${path} answers against its contract: ${result.error.message}`);
      response.set('Cache-Control', 'no-store').json(result.data);
    };
    router[verbs[method]](path, limit, callers.identify(who), express.json({ limit: endpoint.longestBody ?? longestBody }), answer);
  }
  return router;
}

function bodyOf(request: Request): unknown {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is('json')) {
    throw new UserError(415, { code: 'not-json', message: 'The request\'s body is no JSON.', remedy: 'Send Content-Type: application/json.' });
  }
  const body: unknown = request.body;
  return body ?? {};
}

/** Reads by the schema; keys that it does not know are left out, because older and newer add-ins call us. */
export function readInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = (issue?.path ?? []).join('.');
  const problem = { code: 'invalid-request', message: `${field === '' ? 'The request' : field}: ${issue?.message ?? 'is wrong'}`, remedy: 'Correct the field and send again; /api/openapi.json describes it.' };
  throw new UserError(400, field === '' ? problem : { ...problem, field });
}
