import type { Clock } from '../ports/clock.ts';

export interface AccessToken {
  token: string;
  /** Epoch ms, UTC. */
  expiresAt: number;
}

export interface TokenCache {
  /** A token that is good for a while. Callers at the same time share one request. Throws what `fetch` throws, when no older token is still good. */
  get(key: string): Promise<string>;
  /** They refused this token: the next `get` asks for another. A newer one than the refused one stays. */
  drop(key: string, token: string): void;
}

/** Tokens are renewed this long before they end, so that none ends on the way. Ours; MSAL uses the same five minutes. */
const defaultMarginMs = 5 * 60_000;

/** Keeps access tokens by key (tenant, audience). Only in memory: never logged, never stored. */
export function createTokenCache({ clock, fetch, marginMs = defaultMarginMs }: {
  clock: Clock;
  fetch: (key: string) => Promise<AccessToken>;
  marginMs?: number;
}): TokenCache {
  const kept = new Map<string, AccessToken>();
  const asking = new Map<string, Promise<AccessToken>>();

  function ask(key: string): Promise<AccessToken> {
    const running = asking.get(key);
    if (running) return running;
    const request = (async () => {
      try {
        const fresh = await fetch(key);
        kept.set(key, fresh);
        return fresh;
      } finally {
        asking.delete(key);
      }
    })();
    asking.set(key, request);
    return request;
  }

  async function get(key: string): Promise<string> {
    const known = kept.get(key);
    if (known && known.expiresAt - marginMs > clock.now()) return known.token;
    try {
      return (await ask(key)).token;
    } catch (error) {
      // The sign-in service may be away for a minute while the old token is still good.
      const old = kept.get(key);
      if (old && old.expiresAt > clock.now()) return old.token;
      throw error;
    }
  }

  return {
    get,
    drop(key, token) {
      if (kept.get(key)?.token === token) kept.delete(key);
    },
  };
}
