import { randomBytes } from 'node:crypto';
import type { Json } from './json.ts';

/** A calendar window that is followed: frozen when the first request asked for it. Instants epoch ms UTC, [from, to). */
export interface DeltaWindow { mailboxId: string; calendarId: string; from: number; to: number }

/** What the client has seen: change keys by immutable id of a single event or series, with the REST id that it had. */
export type Snapshot = ReadonlyMap<string, { changeKey: string; restId: string }>;

/**
 * A round under way: groups still to give (a series stands in one group and is never split), what the page before ended with (null on the first page), and what
 * holds when all is given.
 */
export interface DeltaRound { window: DeltaWindow; left: Json[][]; before: Json[] | null; done: Snapshot }

export interface DeltaState { window: DeltaWindow; snapshot: Snapshot }

/** Tokens of delta links and the state behind them. Tokens stay good when used again, until the cache is full or `expire` is called. */
export interface DeltaStore {
  putRound(round: DeltaRound): string;
  round(token: string): DeltaRound | undefined;
  putState(state: DeltaState): string;
  state(token: string): DeltaState | undefined;
  /** Every token given so far is no good from now on: the client gets 410. */
  expire(): void;
  /** The window of a token that is no good any more, for the link that starts it again. */
  expiredWindow(token: string): DeltaWindow | undefined;
}

/** Outlook's delta tokens live as long as its cache has room; this one forgets the oldest first. */
const cacheSize = 50_000;

export interface Remembered<T> { put: (value: T) => string; set: (token: string, value: T) => void; get: (token: string) => T | undefined; entries: () => IterableIterator<[string, T]>; clear: () => void }

/** Values by a token that nobody can guess; the oldest are forgotten first. */
export function remembered<T>(): Remembered<T> {
  const kept = new Map<string, T>();

  function set(token: string, value: T): void {
    kept.set(token, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= cacheSize) break;
      kept.delete(oldest);
    }
  }

  return {
    put(value) {
      const token = randomBytes(24).toString('base64url');
      set(token, value);
      return token;
    },
    set,
    get: (token) => kept.get(token),
    entries: () => kept.entries(),
    clear: () => kept.clear(),
  };
}

export function createDeltaStore(): DeltaStore {
  const expired = remembered<DeltaWindow>();
  const rounds = remembered<DeltaRound>();
  const states = remembered<DeltaState>();
  return {
    putRound: rounds.put,
    round: rounds.get,
    putState: states.put,
    state: states.get,
    expiredWindow: expired.get,
    expire() {
      for (const [token, { window }] of [...rounds.entries(), ...states.entries()]) expired.set(token, window);
      rounds.clear();
      states.clear();
    },
  };
}
