import type { IncomingMessage, ServerResponse } from 'node:http';
import { ExchangeError } from '../exchange/index.ts';
import { readBytes } from '../http.ts';
import { statusOf } from './errors.ts';
import type { GraphWorld } from './types.ts';

/** A slice is smaller than 4 MB (outlook-large-attachments). */
const largestSlice = 4 * 1024 * 1024;

function answer(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}): true {
  response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
  return true;
}

function refusal(response: ServerResponse, status: number, code: string, message: string): true {
  return answer(response, status, { error: { code, message } });
}

/** One PUT of a slice: 200 with the next expected range, 201 after the last, with the attachment's address. A bearer token is refused, as the real service does. */
export async function takeSlice(request: IncomingMessage, response: ServerResponse, url: URL, world: GraphWorld): Promise<true> {
  const token = url.pathname.split('/').at(-1) ?? '';
  const bytes = await readBytes(request, largestSlice);
  const session = world.uploads.get(token);
  if (request.headers.authorization !== undefined) return refusal(response, 401, 'InvalidAuthorizationHeader', 'This address takes no token.');
  if (!session || session.expiresAt <= world.clock.now()) return refusal(response, 404, 'ErrorItemNotFound', 'The upload session was not found.');
  if (request.method !== 'PUT') return refusal(response, 405, 'MethodNotAllowed', 'Slices are PUT.');
  if (!bytes) return refusal(response, 413, 'ErrorMessageSizeExceeded', 'A slice has to be smaller than 4 MB.');
  const [, from = '', to = '', total = ''] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers['content-range'] ?? '') ?? [];
  if (Number(from) !== session.received || Number(to) !== session.received + bytes.length - 1 || Number(total) !== session.size) {
    return refusal(response, 416, 'ErrorInvalidRange', 'The range does not follow on what was received.');
  }
  session.slices.push(bytes);
  session.received += bytes.length;
  if (session.received < session.size) return answer(response, 200, { nextExpectedRanges: [`${session.received}-`] });
  world.uploads.close(token);
  try {
    const { id } = world.exchange.mail.attach(session.mailboxId, session.messageId, { name: session.name, contentType: session.contentType, isInline: false, content: Buffer.concat(session.slices) });
    return answer(response, 201, undefined, { location: `${url.origin}/api/attachments/${id}` });
  } catch (error) {
    if (error instanceof ExchangeError) return refusal(response, statusOf(error.code), error.code, error.message);
    throw error;
  }
}
