import { randomUUID } from 'node:crypto';
import { TheirError, UserError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from './connect.ts';
import { createLooking, databaseRetryMs, longestWaitMs } from './looking.ts';
import { claimWork, extendLease, nextDue, retryWork, workDone, type WorkItem } from './work.ts';

/** Does one piece of work; may be run again after a crash, so it must be safe to repeat. `{ againAt }` (epoch ms) keeps the row for another round, without counting a failure; with another payload, if one is given. */
export type WorkHandler = (item: WorkItem) => Promise<{ againAt: number; payload?: object } | void>;
export type WorkHandlers = Readonly<Record<string, WorkHandler>>;

/** Told about every attempt, for the metrics. Times in milliseconds; `lateMs` is how long after its instant it began. */
export type WorkObserver = (attempt: { kind: string; outcome: 'done' | 'again' | 'failed'; tookMs: number; lateMs: number }) => void;

export interface WorkerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  handlers: WorkHandlers;
  /** Kinds that this process may do at this moment; without it, all. */
  mayDo?: (kind: string) => boolean;
  /** How many pieces at a time. */
  concurrency?: number;
  leaseMs?: number;
  observe?: WorkObserver;
}

export interface Worker {
  start(): void;
  /** What may be done has changed: looks for it at once. */
  look(): void;
  /** Takes nothing new, waits for what is being done. */
  stop(): Promise<void>;
  /** Resolves when nothing is being done and nothing is due: for tests. */
  idle(): Promise<void>;
}

function nothing(): void {}

/** Renewed at half-time while the work goes on; a dead process holds its work for this long. */
const defaultLeaseMs = 15_000;

/** Back-off after `attempt` tries, milliseconds: 1 s doubled each time up to 15 minutes, and half of it by chance so that what failed together is not tried together. */
export function backOff(attempt: number, chance = Math.random()): number {
  const full = Math.min(1_000 * 2 ** (attempt - 1), 15 * 60_000);
  return Math.round(full / 2 + (full / 2) * chance);
}

/** One per process. Keeps a single timer to the next due row; woken early by hints. */
export function createWorker({ store, clock, log, handlers, mayDo = () => true, concurrency = 10, leaseMs = defaultLeaseMs, observe }: WorkerOptions): Worker {
  const owner = randomUUID();
  const allKinds = Object.keys(handlers);
  const busy = new Set<Promise<void>>();
  const stopping = new AbortController();
  let quiet: (() => void)[] = [];
  const looking = createLooking({ store, clock, log, takeDue });

  /** Starts what is due and fits; answers when to look again. */
  async function takeDue(): Promise<number | 'at once'> {
    const kinds = allKinds.filter(mayDo);
    const room = concurrency - busy.size;
    if (room <= 0) return clock.now() + longestWaitMs;
    const items = await claimWork(store.db, { now: clock.now(), limit: room, leaseMs, owner, kinds });
    for (const item of items) begin(item);
    if (items.length === room) return clock.now() + longestWaitMs;
    const due = await nextDue(store.db, { kinds, owner });
    if (due !== null && due <= clock.now()) return 'at once';
    settle();
    return Math.min(due ?? Infinity, clock.now() + longestWaitMs);
  }

  function begin(item: WorkItem): void {
    const run = perform(item).finally(() => {
      busy.delete(run);
      looking.look();
    });
    busy.add(run);
  }

  async function perform(item: WorkItem): Promise<void> {
    const began = clock.now();
    const stopExtending = keepLease(item);
    let finish: () => Promise<unknown>;
    let outcome: 'done' | 'again' | 'failed' = 'done';
    try {
      const again = await handlers[item.kind]?.(item);
      if (again) outcome = 'again';
      finish = () => (again ? retryWork(store.db, item, again.againAt, null, again.payload) : workDone(store.db, item));
    } catch (error) {
      outcome = 'failed';
      const at = clock.now() + Math.max(backOff(item.attempt), error instanceof TheirError ? (error.retryAfterMs ?? 0) : 0);
      report(item, error, at);
      finish = () => retryWork(store.db, item, at, String(error));
    }
    observe?.({ kind: item.kind, outcome, tookMs: clock.now() - began, lateMs: began - item.dueAt });
    await untilWritten(item, finish);
    stopExtending();
  }

  /** The outcome must reach the table, or a living worker would hold the lease for ever. */
  async function untilWritten(item: WorkItem, finish: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await finish();
        return;
      } catch (error) {
        if (looking.isStopped) return;
        log.warn({ kind: item.kind, err: String(error) }, 'the outcome of work could not be written; trying again');
        await clock.sleep(databaseRetryMs, stopping.signal).catch(nothing);
      }
    }
  }

  function keepLease(item: WorkItem): () => void {
    let cancel = nothing;
    let isOver = false;
    // Half-time counts from when the lease was asked for, not from when the database had answered.
    const renewAfter = (askedAt: number): void => {
      if (isOver) return;
      cancel = clock.at(askedAt + leaseMs / 2, () => {
        const now = clock.now();
        const next = (): void => renewAfter(now);
        extendLease(store.db, item, now + leaseMs).then(next, next);
      });
    };
    renewAfter(clock.now());
    return () => {
      isOver = true;
      cancel();
    };
  }

  function report(item: WorkItem, error: unknown, at: number): void {
    const fields = { kind: item.kind, key: item.key, attempt: item.attempt, nextAt: new Date(at).toISOString() };
    if (error instanceof TheirError || error instanceof UserError) log.warn({ ...fields, err: error.message }, 'work failed and is tried again');
    else log.error({ ...fields, err: error }, 'work failed by a mistake of ours and is tried again');
  }

  function settle(): void {
    if (busy.size > 0) return;
    for (const resolve of quiet) resolve();
    quiet = [];
  }

  return {
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
