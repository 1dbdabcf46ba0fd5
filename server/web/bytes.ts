import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { BytesEndpoint, Caller } from '../../contract/endpoint.ts';
import { UserError } from '../domain/errors.ts';
import type { ByteAnswer } from '../ports/byte-answer.ts';
import type { Callers } from './caller.ts';
import { readInput } from './endpoints.ts';
import type { BoundBytes } from './settings.ts';

/** Joins an endpoint of contract/ that answers bytes with its handler. */
export function bindBytes<Params extends z.ZodType, Query extends z.ZodType>(
  endpoint: BytesEndpoint<Params, Query>,
  handle: (input: { params: z.output<Params>; query: z.output<Query> }, caller: Caller) => Promise<ByteAnswer>,
): BoundBytes {
  return { endpoint, handle: (request, caller) => handle({ params: readInput(endpoint.params, request.params), query: readInput(endpoint.query, request.query) }, caller) };
}

/** Express routes for endpoints that answer bytes: who may have them, which part (RFC 9110, section 14), and whether the browser has them already. */
export function byteRoutes(bound: readonly BoundBytes[], callers: Callers, limit: RequestHandler): Router {
  const router = Router();
  for (const each of bound) router.get(each.endpoint.route.path, limit, callers.identify(each.endpoint.route.who), answerOf(each, callers));
  return router;
}

function answerOf({ handle }: BoundBytes, callers: Callers): RequestHandler {
  return async (request, response) => {
    await send(await handle({ params: request.params, query: request.query }, callers.of(response)), request, response);
  };
}

async function send(answer: ByteAnswer, request: Request, response: Response): Promise<void> {
  const tag = `"${answer.version}"`;
  response.set({
    // Kept by the browser, and asked about each time: who may have it can change.
    'Cache-Control': answer.isSecret ? 'no-store' : 'private, no-cache', ETag: tag, 'Accept-Ranges': 'bytes', 'Content-Type': answer.contentType,
    'Content-Disposition': `${answer.isDownload ? 'attachment' : 'inline'}; filename="${answer.fileName.replaceAll(/[^\w.-]/g, '_')}"`,
  });
  response.vary('Authorization').vary('Cookie');
  if (request.fresh) return void response.status(304).end();
  const part = partOf(request, answer.length, tag);
  if (part === 'outside') {
    response.set('Content-Range', `bytes */${answer.length}`).removeHeader('Content-Disposition');
    throw new UserError(416, { code: 'range-outside', message: `There are ${answer.length} bytes, and none of those that were asked for.` });
  }
  const { from, to } = part ?? { from: 0, to: answer.length };
  if (part) response.set('Content-Range', `bytes ${from}-${to - 1}/${answer.length}`);
  response.status(part ? 206 : 200).set('Content-Length', String(to - from));
  if (request.method === 'HEAD') return void response.end();
  try {
    await pipeline(Readable.from(inTurns(answer.read(from, to))), response);
  } catch (error) {
    // A player that seeks hangs up in the middle of what it had asked for.
    if (!isHangUp(error)) throw error;
  }
}

/** Null: all of it. So it is too for several ranges at once, which nobody needs to serve. */
function partOf(request: Request, length: number, tag: string): { from: number; to: number } | 'outside' | null {
  const known = request.get('if-range');
  if (known !== undefined && known !== tag) return null;
  const ranges = request.range(length);
  if (ranges === -1) return 'outside';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  const [range] = ranges;
  return range ? { from: range.start, to: range.end + 1 } : null;
}

/** Decoding an hour takes seconds: between two pieces the server answers others. */
async function* inTurns(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece.length > 0) yield piece;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
