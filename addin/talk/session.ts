import { TalkFault, kindOfStatus } from './fault.ts';
import type { Transport } from './http.ts';
import { SignInFault } from './sign-in.ts';

/** Who is signed in with this browser, as `GET /api/v1/session` tells (docs/web-sign-in.md). */
export interface BrowserSession {
  name: string;
  address: string;
  roles: readonly string[];
  /** What changes must carry, and the header that it goes into: a page elsewhere cannot know it. */
  csrf: string;
  csrfHeader: string;
}

/** One attempt may take this long, ms; the page waits for a person at a desk. */
const DEADLINE_MS = 8000;

function isSession(value: unknown): value is BrowserSession {
  if (typeof value !== 'object' || value === null) return false;
  const found: Partial<Record<keyof BrowserSession, unknown>> = value;
  return typeof found.name === 'string' && Array.isArray(found.roles) && typeof found.csrf === 'string' && typeof found.csrfHeader === 'string';
}

/**
 * Asks who is signed in; null when nobody is.
 *
 * @throws TalkFault when the server cannot say.
 */
export async function readSession(get: typeof fetch = fetch): Promise<BrowserSession | null> {
  let response: Response;
  try {
    response = await get('/api/v1/session', { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(DEADLINE_MS) });
  } catch (cause) {
    throw new TalkFault('offline', 'the server cannot be reached', { cause });
  }
  if (response.status === 401) return null;
  if (!response.ok) throw new TalkFault(kindOfStatus(response.status), `status ${response.status}`);
  const value: unknown = await response.json().catch(() => undefined);
  if (isSession(value)) return value;
  throw new TalkFault('silent', 'an answer that is not ours');
}

/** Requests of a page of ours: the cookie says who asks, the token that it is our page. Without a bearer token anywhere. */
export function sessionTransport(session: BrowserSession, language: string, get: typeof fetch = fetch): Transport {
  return {
    origin: '',
    language,
    async token(renew) {
      // A session is not renewed behind a person's back: whoever was signed out signs in again.
      if (renew) throw new SignInFault('signed-out', ['the session has ended']);
      return session.csrf;
    },
    fetch(input, init) {
      const headers = new Headers(init?.headers);
      headers.delete('authorization');
      headers.set(session.csrfHeader, session.csrf);
      return get(input, { ...init, headers, credentials: 'same-origin' });
    },
    deadlineMs: DEADLINE_MS,
    wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  };
}

/**
 * Ends the session; returns the address that says so.
 *
 * @throws TalkFault when the server did not do it.
 */
export async function endSession({ csrf }: BrowserSession, get: typeof fetch = fetch): Promise<string> {
  let response: Response;
  try {
    // As the pages' own form does it; by script, because a page without referrer sends its forms without an origin.
    response = await get('/sign-out', { method: 'POST', credentials: 'same-origin', body: new URLSearchParams({ csrf }), signal: AbortSignal.timeout(DEADLINE_MS) });
  } catch (cause) {
    throw new TalkFault('offline', 'the server cannot be reached', { cause });
  }
  if (response.ok) return response.url;
  throw new TalkFault(kindOfStatus(response.status), `status ${response.status}`);
}
