import { randomUUID } from 'node:crypto';
import { OurError, TheirError, UserError } from '../domain/errors.ts';
import { createLooking, databaseRetryMs, longestWaitMs } from './looking.ts';
import { claimWork, nextDue, type WorkItem } from './work.ts';
import { extendMany, finishMany, type WorkOutcome } from './work-many.ts';
import { backOff, type Worker, type WorkerOptions, type WorkHandlers } from './worker.ts';

/**
 * What became of one piece: nothing more to do, again at an instant (epoch ms), or failed by an error. `payload` (JSON) is kept with what comes again until then, or until the piece is put anew: whoever finds it
 * there knows that nobody has put the piece since. A failed try keeps it.
 */
export type BatchOutcome = { againAt: number; payload?: object } | { error: unknown } | null;

/**
 * Does many pieces of one kind and one organisation at once, by their keys, with as few questions as for one; may be run again after a crash, as any work. What is not in the answer is done.
 * What it throws holds for all of them.
 */
export type WorkBatch = (tenantId: string, keys: readonly string[]) => Promise<ReadonlyMap<string, BatchOutcome>>;
/** By kind, the most urgent first: what a batch of one kind leads to is done before the next batch of a later kind begins. */
export type WorkBatches = Readonly<Record<string, WorkBatch>>;

/** Pieces in one batch: beyond some hundreds the statements get no cheaper a piece, and the first phone would wait for the last. Measured (bench/boundary.ts). */
const mostAtOnce = 500;
/** Batches side by side: while some wait for the database or a phone system, another thinks. */
const batchesAtATime = 3;
const defaultLeaseMs = 15_000;

function nothing(): void {}

/** The same kinds of work, done one by one: for whoever does work without a worker. */
export function singly(batches: WorkBatches): WorkHandlers {
  return Object.fromEntries(Object.entries(batches).map(([kind, batch]) => [kind, async ({ tenantId, key }) => {
    const outcome = (await batch(tenantId, [key])).get(key) ?? null;
    if (outcome && 'error' in outcome) throw outcome.error;
    return outcome ? { payload: {}, ...outcome } : undefined;
  }]));
}

/**
 * Work in batches, each of one kind. As with the worker of single pieces (worker.ts), a row stands until its outcome is written; a batch that fails by a mistake of ours, or of what one of its pieces says,
 * is halved until that piece stands alone: nobody waits for another's bad luck.
 */
export function createBatchWorker({ batches, store, clock, log, mayDo = () => true, concurrency = batchesAtATime, leaseMs = defaultLeaseMs, observe }: Omit<WorkerOptions, 'handlers'> & { batches: WorkBatches }): Worker {
  const owner = randomUUID();
  const allKinds = Object.keys(batches);
  const busy = new Set<Promise<void>>();
  const stopping = new AbortController();
  let quiet: (() => void)[] = [];
  const looking = createLooking({ store, clock, log, takeDue });

  async function takeDue(): Promise<number | 'at once'> {
    const kinds = allKinds.filter(mayDo);
    for (const kind of kinds) {
      while (busy.size < concurrency) {
        const items = await claimWork(store.db, { now: clock.now(), limit: mostAtOnce, leaseMs, owner, kinds: [kind] });
        if (items.length > 0) begin(items);
        if (items.length < mostAtOnce) break;
      }
    }
    // Whoever ends looks again.
    if (busy.size >= concurrency) return clock.now() + longestWaitMs;
    const due = await nextDue(store.db, { kinds, owner });
    if (due !== null && due <= clock.now()) return 'at once';
    settle();
    return Math.min(due ?? Infinity, clock.now() + longestWaitMs);
  }

  function begin(items: readonly WorkItem[]): void {
    const run = perform(items).finally(() => {
      busy.delete(run);
      looking.look();
    });
    busy.add(run);
  }

  async function perform(items: readonly WorkItem[]): Promise<void> {
    const began = clock.now();
    const stopExtending = keepLease(items);
    const tenants = new Map<string, WorkItem[]>();
    for (const item of items) tenants.set(item.tenantId, [...(tenants.get(item.tenantId) ?? []), item]);
    const outcomes = (await Promise.all([...tenants.values()].map(attempt))).flat();
    const tookMs = clock.now() - began;
    for (const { item, at, error } of outcomes) observe?.({ kind: item.kind, outcome: error !== null ? 'failed' : at === null ? 'done' : 'again', tookMs, lateMs: began - item.dueAt });
    await untilWritten(outcomes);
    stopExtending();
  }

  /** Pieces of one organisation. */
  async function attempt(items: readonly WorkItem[]): Promise<WorkOutcome[]> {
    const [first] = items;
    const batch = first && batches[first.kind];
    if (!batch) return [];
    try {
      const told = await batch(first.tenantId, items.map(({ key }) => key));
      return items.map((item) => outcomeOf(item, told.get(item.key) ?? null));
    } catch (error) {
      // Another system that does not answer, the database too, does not answer for the half either.
      if (items.length === 1 || (error instanceof TheirError && error.passing)) return items.map((item) => outcomeOf(item, { error }));
      const half = items.length >> 1;
      return [...(await attempt(items.slice(0, half))), ...(await attempt(items.slice(half)))];
    }
  }

  function outcomeOf(item: WorkItem, outcome: BatchOutcome): WorkOutcome {
    if (outcome === null) return { item, at: null, payload: null, error: null };
    if (!('error' in outcome)) return { item, at: outcome.againAt, payload: outcome.payload ?? {}, error: null };
    const { error } = outcome;
    const at = clock.now() + Math.max(backOff(item.attempt), error instanceof TheirError ? (error.retryAfterMs ?? 0) : 0);
    const fields = { kind: item.kind, key: item.key, attempt: item.attempt, nextAt: new Date(at).toISOString() };
    if (error instanceof TheirError || error instanceof UserError) log.warn({ ...fields, err: error.message }, 'work failed and is tried again');
    else log.error({ ...fields, err: error instanceof Error ? error : new OurError(String(error)) }, 'work failed by a mistake of ours and is tried again');
    return { item, at, payload: null, error: String(error) };
  }

  /** The outcome must reach the table, or a living worker would hold the lease for ever. */
  async function untilWritten(outcomes: readonly WorkOutcome[]): Promise<void> {
    for (;;) {
      try {
        return await finishMany(store.db, outcomes);
      } catch (error) {
        if (looking.isStopped) return;
        log.warn({ kind: outcomes[0]?.item.kind, err: String(error) }, 'the outcome of work could not be written; trying again');
        await clock.sleep(databaseRetryMs, stopping.signal).catch(nothing);
      }
    }
  }

  function keepLease(items: readonly WorkItem[]): () => void {
    let cancel = nothing;
    let isOver = false;
    const renewAfter = (askedAt: number): void => {
      if (isOver) return;
      cancel = clock.at(askedAt + leaseMs / 2, () => {
        const now = clock.now();
        const next = (): void => renewAfter(now);
        extendMany(store.db, items, now + leaseMs).then(next, next);
      });
    };
    renewAfter(clock.now());
    return () => {
      isOver = true;
      cancel();
    };
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
