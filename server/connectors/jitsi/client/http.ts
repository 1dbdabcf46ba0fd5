import { Agent, request as ask } from 'undici';
import { TheirError } from '../../../domain/errors.ts';
import { createBudget } from '../../../outbound/budget.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import { trusting } from '../../../outbound/trusted.ts';
import type { Clock } from '../../../ports/clock.ts';

/** An answer, read to its end. */
export interface Answer {
  status: number;
  text: string;
}

/** HTTP with a deadline and a budget. Redirects are not followed: Prosody never sends any, and a token must not go elsewhere. */
export interface Http {
  /** `what` is named in errors; the address may carry a room's name and is not. Throws TheirError 'no-answer'. */
  send(what: string, url: string, request: { method: string; headers?: Readonly<Record<string, string>>; body?: string }): Promise<Answer>;
  close(): Promise<void>;
}

/** A census of some thousand rooms stays far below. Ours. */
const longestAnswer = 4 * 1024 * 1024;

/** Prosody is one thread, which people's meetings need more. Ours. */
const atOnce = 8;

export function createHttp({ connector, clock, deadlineMs, ca }: { connector: string; clock: Clock; deadlineMs: number; ca: string | undefined }): Http {
  const secureContext = trusting([ca]);
  // Our clock alone decides when to give up.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: deadlineMs, ...(secureContext && { secureContext }) } });
  const budget = createBudget({ clock, connector, longestWaitMs: deadlineMs, limits: [{ name: 'requests at once', per: 'all', concurrent: atOnce, source: 'ours' }] });

  async function exchange(what: string, url: string, request: Parameters<Http['send']>[2], signal: AbortSignal): Promise<Answer> {
    try {
      const { statusCode, body } = await ask(url, { method: request.method, headers: request.headers ?? {}, body: request.body ?? null, signal, dispatcher: agent });
      return { status: statusCode, text: await readAll(body) };
    } catch (error) {
      if (signal.aborted && signal.reason instanceof TheirError) throw signal.reason;
      throw new TheirError(connector, 'no-answer', `${what} failed: ${reason(error)}`, { cause: error });
    }
  }

  return {
    send: (what, url, request) => budget.run(connector, () => withDeadline({ clock, connector, what, ms: deadlineMs }, (signal) => exchange(what, url, request, signal))),
    close: () => agent.destroy(),
  };
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

/** What the network said: ECONNREFUSED, a certificate's fault. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
}
