import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from './connect.ts';
import { createHands, defaultLeaseMs, type Worker } from './hands.ts';
import { tryAgainAt } from './try-again.ts';
import { claimWork, extendLease, retryWork, workDone, type WorkItem } from './work.ts';

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

/** One per process. Keeps a single timer to the next due row; woken early by hints. */
export function createWorker({ store, clock, log, handlers, mayDo = () => true, concurrency = 10, leaseMs = defaultLeaseMs, observe }: WorkerOptions): Worker {
  const allKinds = Object.keys(handlers);
  const kindsNow = (): string[] => allKinds.filter(mayDo);
  const hands = createHands({ store, clock, log, concurrency, leaseMs, kindsNow, takeDue });

  async function takeDue(): Promise<void> {
    const items = await claimWork(store.db, { now: clock.now(), limit: hands.free, leaseMs, owner: hands.owner, kinds: kindsNow() });
    for (const item of items) hands.begin(perform(item));
  }

  async function perform(item: WorkItem): Promise<void> {
    const began = clock.now();
    const stopExtending = hands.keepLease((until) => extendLease(store.db, item, until));
    let finish: () => Promise<unknown>;
    let outcome: 'done' | 'again' | 'failed' = 'done';
    try {
      const again = await handlers[item.kind]?.(item);
      if (again) outcome = 'again';
      finish = () => (again ? retryWork(store.db, item, again.againAt, null, again.payload) : workDone(store.db, item));
    } catch (error) {
      outcome = 'failed';
      const at = tryAgainAt(log, item, error, clock.now());
      finish = () => retryWork(store.db, item, at, String(error));
    }
    observe?.({ kind: item.kind, outcome, tookMs: clock.now() - began, lateMs: began - item.dueAt });
    await hands.untilWritten(item.kind, finish);
    stopExtending();
  }

  return hands;
}
