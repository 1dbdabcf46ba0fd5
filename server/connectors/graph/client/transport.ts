import { readFile } from 'node:fs/promises';
import { Agent, fetch } from 'undici';
import type { Dispatcher } from 'undici';
import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import { trusting } from '../../../outbound/trusted.ts';
import type { Clock } from '../../../ports/clock.ts';
import { networkError } from './network-error.ts';

export interface HttpRequest {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | undefined;
  signal?: AbortSignal | undefined;
}

/** HTTPS with a deadline for each attempt. Answers are complete when they are handed on; redirects are not followed. */
export interface Transport {
  /** `what` is named in errors. Throws TheirError for everything but an answer. */
  send(what: string, url: string, request: HttpRequest): Promise<Response>;
  close(): Promise<void>;
}

export interface TransportOptions {
  connector: string;
  clock: Clock;
  attemptMs: number;
  /** Authorities to trust besides the public ones, PEM. */
  ca?: string | undefined;
  /** A file with more of them. */
  caFile?: string | undefined;
  /** Instead of our own connections: for tests. */
  dispatcher?: Dispatcher | undefined;
}

/** Longer answers are not read: a page of calendar events with bodies stays far below. Ours. */
const longestAnswer = 64 * 1024 * 1024;

/** Answers that have no body, which `Response` refuses to be given one for. */
const bodiless = new Set([204, 205, 304]);

export function createTransport({ connector, clock, attemptMs, ca, caFile, dispatcher }: TransportOptions): Transport {
  let agent: Promise<Dispatcher> | undefined;

  async function connect(): Promise<Dispatcher> {
    if (dispatcher) return dispatcher;
    const more = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch((cause: unknown) => {
      throw new TheirError(connector, 'unavailable', 'the file of the certificate authority cannot be read', { cause, remedy: 'Correct caFile, or give the server\'s user the right to read it.' });
    });
    const secureContext = trusting([ca, more]);
    // Our clock alone decides when to give up; undici's own limits would run beside it.
    return new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: attemptMs, ...(secureContext && { secureContext }) } });
  }

  async function connected(): Promise<Dispatcher> {
    agent ??= connect();
    try {
      return await agent;
    } catch (error) {
      // The file may be put right while we run.
      agent = undefined;
      throw error;
    }
  }

  async function exchange(what: string, url: string, { method, headers, body }: HttpRequest, signal: AbortSignal): Promise<Response> {
    const through = await connected();
    try {
      const answer = await fetch(url, { method, headers, body: body ?? null, signal, redirect: 'manual', dispatcher: through });
      const bytes = await readAll(answer.body, longestAnswer);
      return new Response(bodiless.has(answer.status) ? null : bytes, { status: answer.status, headers: [...answer.headers] });
    } catch (error) {
      throw signal.aborted && signal.reason instanceof Error ? signal.reason : networkError(connector, what, url, error);
    }
  }

  return {
    send: (what, url, request) => withDeadline({ clock, connector, what, ms: attemptMs, ...(request.signal ? { signal: request.signal } : {}) }, (signal) => exchange(what, url, request, signal)),
    async close() {
      // One that we were given belongs to whoever gave it.
      if (agent && !dispatcher) await (await agent.catch(() => undefined))?.destroy();
      agent = undefined;
    },
  };
}

async function readAll(body: AsyncIterable<Uint8Array> | null, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new RangeError(`the answer is longer than ${most} bytes`);
    chunks.push(chunk);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
