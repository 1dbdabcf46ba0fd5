import type { Route } from '../../contract/endpoint.ts';
import type { ProblemView } from '../../contract/problem.ts';
import { TalkFault, kindOfStatus, mayPass } from './fault.ts';

/** What a request may carry besides its route. */
export interface Asked {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number>>;
  body?: object;
  signal?: AbortSignal;
}

/** How requests reach our server. */
export interface Transport {
  /** Origin of the server, without a slash at the end. */
  origin: string;
  /** Language for words that the server writes. */
  language: string;
  /** A bearer token; `renew` after the last one was refused. @throws SignInFault */
  token: (renew: boolean) => Promise<string>;
  fetch: typeof fetch;
  /** How long one attempt may take, ms. */
  deadlineMs: number;
  /** Waits before repeating; replaced in tests. */
  wait: (ms: number) => Promise<void>;
}

/** Pauses before the second and third attempt, ms: a hiccup passes in the first, a restart of the server in the second. */
const PAUSES = [300, 1500];

/** No pause is longer, whatever the server asks: a person is waiting. */
const LONGEST_PAUSE = 4000;

/** The address of a route; what goes into the path is encoded. */
export function addressOf(origin: string, route: Route, asked: Asked): string {
  const path = route.path.replace(/:([a-z]+)/gi, (_whole, name: string) => encodeURIComponent(asked.params?.[name] ?? ''));
  const query = new URLSearchParams(Object.entries(asked.query ?? {}).map(([name, value]) => [name, String(value)])).toString();
  return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}

function isProblem(value: unknown): value is ProblemView {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

async function readProblem(response: Response): Promise<ProblemView | undefined> {
  const value: unknown = await response.json().catch(() => undefined);
  return isProblem(value) ? value : undefined;
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

async function faultOf(response: Response): Promise<TalkFault> {
  const problem = await readProblem(response);
  // An error that is not ours comes from something in between; the server itself was not reached.
  if (problem === undefined && response.status >= 500) return new TalkFault('silent', `status ${response.status} from something in between`);
  return new TalkFault(kindOfStatus(response.status), problem?.detail ?? `status ${response.status}`, { problem, retryAfterMs: retryAfter(response) });
}

/** One attempt, bounded in time. */
async function attempt(transport: Transport, route: Route, asked: Asked, token: string | undefined): Promise<unknown> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), transport.deadlineMs);
  const stop = (): void => limit.abort();
  asked.signal?.addEventListener('abort', stop);
  try {
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': transport.language };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (asked.body !== undefined) headers['content-type'] = 'application/json';
    const response = await transport.fetch(addressOf(transport.origin, route, asked), {
      method: route.method,
      headers,
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      signal: limit.signal,
      cache: 'no-store',
      credentials: 'omit',
    });
    if (!response.ok) throw await faultOf(response);
    return await response.json();
  } catch (cause) {
    if (cause instanceof TalkFault) throw cause;
    if (asked.signal?.aborted === true) throw cause;
    if (limit.signal.aborted) throw new TalkFault('silent', `no answer within ${transport.deadlineMs} ms`, { cause });
    if (cause instanceof SyntaxError) throw new TalkFault('silent', 'an answer that is not ours', { cause });
    throw new TalkFault('offline', 'the server cannot be reached', { cause });
  } finally {
    clearTimeout(timer);
    asked.signal?.removeEventListener('abort', stop);
  }
}

/** With a token where the route wants one; a token that is refused is renewed once. */
async function authorised(transport: Transport, route: Route, asked: Asked): Promise<unknown> {
  if (route.who.includes('public')) return attempt(transport, route, asked, undefined);
  try {
    return await attempt(transport, route, asked, await transport.token(false));
  } catch (fault) {
    if (!(fault instanceof TalkFault) || fault.kind !== 'signed-out') throw fault;
    return attempt(transport, route, asked, await transport.token(true));
  }
}

/**
 * Asks our server. Every endpoint is safe to repeat (a change by its own key), so what may pass is tried three times.
 *
 * @returns the answer as JSON; the caller knows its type from contract/.
 * @throws TalkFault; SignInFault when no token can be had.
 */
export async function ask(transport: Transport, route: Route, asked: Asked = {}): Promise<unknown> {
  for (let round = 0; ; round += 1) {
    try {
      return await authorised(transport, route, asked);
    } catch (fault) {
      const pause = PAUSES[round];
      if (pause === undefined || !mayPass(fault) || asked.signal?.aborted === true) throw fault;
      const wanted = fault instanceof TalkFault ? (fault.retryAfterMs ?? 0) : 0;
      if (wanted > LONGEST_PAUSE) throw fault;
      await transport.wait(Math.max(pause, wanted));
    }
  }
}
