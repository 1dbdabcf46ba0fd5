import { Agent, FormData, request as ask } from 'undici';
import { TheirError } from '../../../domain/errors.ts';
import { createBudget } from '../../../outbound/budget.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import { shortRetry, withRetry } from '../../../outbound/retry.ts';
import { trusting } from '../../../outbound/trusted.ts';
import type { Clock } from '../../../ports/clock.ts';

/** A text of an hour with its words is some MB. */
const longestAnswer = 16 * 1024 * 1024;

export interface TranscriptionHttp {
  /** Posts a recording and returns the answer's text. Throws TheirError. */
  post(fields: Readonly<Record<string, string>>, file: { name: string; contentType: string; bytes: Uint8Array }): Promise<string>;
  close(): Promise<void>;
}

export interface HttpOptions {
  connector: string;
  url: string;
  key: string | undefined;
  ca: string | undefined;
  deadlineMs: number;
  atOnce: number;
  clock: Clock;
  random: () => number;
}

/** `POST /v1/audio/transcriptions` with a deadline and a budget. A transcription changes nothing, so it is repeated; redirects are not followed, for what was said goes where it was meant to or nowhere. */
export function createTranscriptionHttp({ connector, url, key, ca, deadlineMs, atOnce, clock, random }: HttpOptions): TranscriptionHttp {
  const target = `${url.replace(/\/$/, '')}/v1/audio/transcriptions`;
  const secureContext = trusting([ca]);
  // Our clock alone decides when to give up.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: Math.min(deadlineMs, 30_000), ...(secureContext && { secureContext }) } });
  const budget = createBudget({ clock, connector, longestWaitMs: deadlineMs, limits: [{ name: 'recordings at once', per: 'all', concurrent: atOnce, source: 'configuration: atOnce' }] });

  async function exchange(fields: Readonly<Record<string, string>>, file: { name: string; contentType: string; bytes: Uint8Array }, signal: AbortSignal): Promise<string> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([Uint8Array.from(file.bytes)], { type: file.contentType }), file.name);
    try {
      const { statusCode, headers, body } = await ask(target, { method: 'POST', headers: { accept: 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) }, body: form, signal, dispatcher: agent });
      const text = await readAll(body);
      if (statusCode === 200) return text;
      throw refusal(connector, statusCode, Number(headers['retry-after']));
    } catch (error) {
      if (error instanceof TheirError) throw error;
      if (signal.aborted && signal.reason instanceof TheirError) throw signal.reason;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new TheirError(connector, 'no-answer', `the engine cannot be reached: ${cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause)}`, { cause: error, remedy: 'See that the engine runs and that this server reaches it.' });
    }
  }

  return {
    post: (fields, file) => withRetry({ clock, policy: shortRetry, repeat: 'always', random }, () => budget.run(connector, () =>
      withDeadline({ clock, connector, what: 'a transcription', ms: deadlineMs }, (signal) => exchange(fields, file, signal)))),
    close: () => agent.destroy(),
  };
}

/** What an engine's status means. Its words may hold what was said, and stay out of errors. */
function refusal(connector: string, status: number, retryAfterSeconds: number): TheirError {
  const more = retryAfterSeconds > 0 ? { retryAfterMs: retryAfterSeconds * 1_000 } : {};
  if (status === 429) return new TheirError(connector, 'throttled', 'the engine has no time now (429)', more);
  if (status === 401 || status === 403) return new TheirError(connector, 'denied', `the engine refuses us (${status})`, { remedy: 'Set keyEnv to an environment variable with a key that the engine takes.' });
  if (status === 404) return new TheirError(connector, 'denied', 'the engine knows no such address or model (404)', { remedy: 'Correct url and model.' });
  if (status >= 500 || status === 408) return new TheirError(connector, 'unavailable', `the engine cannot now (${status})`, more);
  return new TheirError(connector, 'refused', `the engine will not have this recording (${status})`);
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > longestAnswer) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
