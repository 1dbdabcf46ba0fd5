import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from './connect.ts';
import { createLooking, databaseRetryMs, longestWaitMs } from './looking.ts';
import { nextDue } from './work.ts';

/** Renewed at half-time while the work goes on; a dead process holds its work for this long. */
export const defaultLeaseMs = 15_000;

export interface Worker {
  start(): void;
  /** What may be done has changed: looks for it at once. */
  look(): void;
  /** Takes nothing new, waits for what is being done. */
  stop(): Promise<void>;
  /** Resolves when nothing is being done and nothing is due: for tests. */
  idle(): Promise<void>;
}

export interface HandsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** How much is done at a time: pieces, or batches of them. */
  concurrency: number;
  leaseMs: number;
  /** Kinds that may be done at this moment. */
  kindsNow: () => string[];
  /** Claims what is due and begins it, as far as there are free hands. */
  takeDue: () => Promise<void>;
}

/** What workers have in common, whether they take pieces or batches: when they look, how much they do at a time, and that no outcome is lost. */
export interface Hands extends Worker {
  /** By which the rows of this process are known. */
  readonly owner: string;
  /** How much more can be begun now. */
  readonly free: number;
  begin(work: Promise<void>): void;
  /** Renews a lease at half-time, until the answer is called. `extend` is given the new end, epoch ms. */
  keepLease(extend: (until: number) => Promise<unknown>): () => void;
  /** Writes an outcome, as often as it takes until the database has it, or this worker is stopped. */
  untilWritten(kind: string | undefined, write: () => Promise<unknown>): Promise<void>;
}

function nothing(): void {}

export function createHands({ store, clock, log, concurrency, leaseMs, kindsNow, takeDue }: HandsOptions): Hands {
  const owner = randomUUID();
  const busy = new Set<Promise<void>>();
  const stopping = new AbortController();
  let quiet: (() => void)[] = [];
  const looking = createLooking({ store, clock, log, takeDue: fillHands });

  /** Answers when to look again; with full hands, whoever ends looks. */
  async function fillHands(): Promise<number | 'at once'> {
    const full = (): boolean => busy.size >= concurrency;
    if (!full()) await takeDue();
    if (full()) return clock.now() + longestWaitMs;
    const due = await nextDue(store.db, { kinds: kindsNow(), owner });
    if (due !== null && due <= clock.now()) return 'at once';
    settle();
    return Math.min(due ?? Infinity, clock.now() + longestWaitMs);
  }

  function settle(): void {
    if (busy.size > 0) return;
    for (const resolve of quiet) resolve();
    quiet = [];
  }

  return {
    owner,
    get free() {
      return concurrency - busy.size;
    },
    begin(work) {
      const run = work.finally(() => {
        busy.delete(run);
        looking.look();
      });
      busy.add(run);
    },
    keepLease(extend) {
      let cancel = nothing;
      let isOver = false;
      // Half-time counts from when the lease was asked for, not from when the database had answered.
      const renewAfter = (askedAt: number): void => {
        if (isOver) return;
        cancel = clock.at(askedAt + leaseMs / 2, () => {
          const now = clock.now();
          const next = (): void => renewAfter(now);
          extend(now + leaseMs).then(next, next);
        });
      };
      renewAfter(clock.now());
      return () => {
        isOver = true;
        cancel();
      };
    },
    async untilWritten(kind, write) {
      for (;;) {
        try {
          await write();
          return;
        } catch (error) {
          // Else a living worker would hold the lease for ever.
          if (looking.isStopped) return;
          log.warn({ kind, err: String(error) }, 'the outcome of work could not be written; trying again');
          await clock.sleep(databaseRetryMs, stopping.signal).catch(nothing);
        }
      }
    },
    look: () => looking.look(),
    start: () => looking.start(),
    async stop() {
      stopping.abort();
      await looking.stop();
      await Promise.all(busy);
    },
    idle() {
      return new Promise((resolve) => {
        quiet.push(resolve);
        looking.look();
      });
    },
  };
}
