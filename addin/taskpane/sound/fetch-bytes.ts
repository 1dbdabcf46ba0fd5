import { voicemailRoutes } from '../../../contract/voicemail/voicemail-routes.ts';
import type { ProblemView } from '../../../contract/problem.ts';
import { TalkFault, kindOfStatus } from '../../talk/fault.ts';
import { addressOf } from '../../talk/http.ts';
import type { Transport } from '../../talk/http.ts';

/** One part of a recording comes within this, or the line is too bad to listen, ms. */
const DEADLINE_MS = 30_000;

function isProblem(value: unknown): value is ProblemView {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/**
 * Fetches bytes `from` to before `to` of a recording, with the person's own token: no address of ours opens a recording by itself. Without `to`, or from a server that knows no parts, all of it.
 *
 * @throws TalkFault
 */
export async function fetchBytes(transport: Transport, id: string, range: { from: number; to: number } | undefined, end: AbortSignal, query: Record<string, string> = {}): Promise<ArrayBuffer> {
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, DEADLINE_MS);
  end.addEventListener('abort', stop);
  const attempt = async (renew: boolean): Promise<Response> =>
    transport.fetch(addressOf(transport.origin, voicemailRoutes.audio, { params: { id }, query }), {
      headers: { authorization: `Bearer ${await transport.token(renew)}`, 'accept-language': transport.language, ...(range === undefined ? {} : { range: `bytes=${range.from}-${range.to - 1}` }) },
      signal: limit.signal, credentials: 'omit',
    });
  try {
    let response = await attempt(false);
    if (response.status === 401) response = await attempt(true);
    if (!response.ok) {
      const problem: unknown = await response.json().catch(() => undefined);
      throw new TalkFault(kindOfStatus(response.status), `status ${response.status}`, { problem: isProblem(problem) ? problem : undefined });
    }
    const bytes = await response.arrayBuffer();
    return range !== undefined && response.status === 200 ? bytes.slice(range.from, range.to) : bytes;
  } catch (cause) {
    if (cause instanceof TalkFault || end.aborted) throw cause;
    if (limit.signal.aborted) throw new TalkFault('silent', `no answer within ${DEADLINE_MS} ms`, { cause });
    throw new TalkFault('offline', 'the server cannot be reached', { cause });
  } finally {
    clearTimeout(timer);
    end.removeEventListener('abort', stop);
  }
}
