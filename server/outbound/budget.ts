import { TheirError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import { semaphore } from './semaphore.ts';
import type { Semaphore } from './semaphore.ts';
import { tokenBucket } from './token-bucket.ts';
import type { Rate, TokenBucket } from './token-bucket.ts';

/** One limit of another system, or of ours towards it. */
export interface Limit {
  /** For errors and metrics ("mailbox requests"). */
  name: string;
  /** `key`: each key has its own (one mailbox, one host); `all`: one for all calls. */
  per: 'key' | 'all';
  concurrent?: number;
  rate?: Rate;
  /** Where the number comes from: a page, a trial, "ours". */
  source: string;
}

export interface Budget {
  /**
   * Runs the call when every limit has room for it, in the order of asking. `cost` is what it takes from rates (default 1), `places` from what may go on at a time
   * (default 1; never more than there is); 0 takes nothing.
   * Throws TheirError 'throttled' with retryAfterMs, nothing having been sent, when there is no room within the longest wait.
   */
  run<T>(key: string, call: () => Promise<T>, more?: Share): Promise<T>;
  /** They asked us to stay away from this key for so long (Retry-After): calls wait until then, or are refused. */
  holdOff(key: string, ms: number): void;
}

/** What one call takes from limits. */
export interface Share {
  cost?: number;
  places?: number;
  signal?: AbortSignal;
}

interface Lane { limit: Limit; doors: Semaphore | undefined; tokens: TokenBucket | undefined }

/** Idle lanes are forgotten when there are more keys than this: a directory of 100,000 mailboxes may pass by. */
const keysKept = 1_000;

/** Keeps all limits towards one system. `longestWaitMs` bounds the waiting for each limit; narrow limits are waited for before wide ones, so that one busy key blocks no other. */
export function createBudget({ clock, connector, limits, longestWaitMs }: { clock: Clock; connector: string; limits: readonly Limit[]; longestWaitMs: number }): Budget {
  const wide = limits.filter((limit) => limit.per === 'all').map(makeLane);
  const narrow = limits.filter((limit) => limit.per === 'key');
  const lanesOf = new Map<string, Lane[]>();
  const heldUntil = new Map<string, number>();
  const inUse = new Map<string, number>();

  function makeLane(limit: Limit): Lane {
    return {
      limit,
      doors: limit.concurrent === undefined ? undefined : semaphore(clock, limit.concurrent),
      tokens: limit.rate && tokenBucket(clock, limit.rate),
    };
  }

  function lanes(key: string): Lane[] {
    const known = lanesOf.get(key);
    if (known) return known;
    if (lanesOf.size >= keysKept) forgetIdle();
    const made = narrow.map(makeLane);
    lanesOf.set(key, made);
    return made;
  }

  function forgetIdle(): void {
    for (const [key, lanes] of lanesOf) {
      const isIdle = !inUse.has(key) && lanes.every((lane) => lane.tokens?.isFull() ?? true);
      if (isIdle) lanesOf.delete(key);
    }
    for (const [key, until] of heldUntil) if (until <= clock.now()) heldUntil.delete(key);
  }

  function full(limit: string, retryAfterMs: number): TheirError {
    return new TheirError(connector, 'throttled', `our budget for ${limit} is used up`, { retryAfterMs });
  }

  async function pass(lane: Lane, { cost = 1, places = 1, signal }: Share, releases: (() => void)[]): Promise<void> {
    if (lane.doors && places > 0) {
      const release = await lane.doors.enter(longestWaitMs, signal, places);
      if (!release) throw full(lane.limit.name, longestWaitMs);
      releases.push(release);
    }
    if (!lane.tokens || cost === 0) return;
    const wait = lane.tokens.take(cost, longestWaitMs);
    if (wait === null) throw full(lane.limit.name, lane.tokens.waitFor(cost));
    try {
      if (wait > 0) await clock.sleep(wait, signal);
    } catch (error) {
      lane.tokens.giveBack(cost);
      throw error;
    }
  }

  async function waitOut(key: string, signal?: AbortSignal): Promise<void> {
    // Looked at again after each wait: another call may have been refused meanwhile.
    for (;;) {
      const wait = (heldUntil.get(key) ?? 0) - clock.now();
      if (wait <= 0) return;
      if (wait > longestWaitMs) throw full(`"${key}" (they asked for a pause)`, wait);
      await clock.sleep(wait, signal);
    }
  }

  async function run<T>(key: string, call: () => Promise<T>, share: Share = {}): Promise<T> {
    const releases: (() => void)[] = [];
    inUse.set(key, (inUse.get(key) ?? 0) + 1);
    try {
      for (const lane of [...lanes(key), ...wide]) await pass(lane, share, releases);
      await waitOut(key, share.signal);
      return await call();
    } finally {
      for (const release of releases.toReversed()) release();
      const left = (inUse.get(key) ?? 1) - 1;
      if (left > 0) inUse.set(key, left);
      else inUse.delete(key);
    }
  }

  return {
    run,
    holdOff(key, ms) {
      heldUntil.set(key, Math.max(heldUntil.get(key) ?? 0, clock.now() + ms));
    },
  };
}
