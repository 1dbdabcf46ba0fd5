import { TheirError } from '../domain/errors.ts';
import { createHands, defaultLeaseMs, type Worker } from './hands.ts';
import { tryAgainAt } from './try-again.ts';
import { claimWork, type Claim, type WorkItem } from './work.ts';
import { extendMany, finishMany, type WorkOutcome } from './work-many.ts';
import type { WorkerOptions, WorkHandlers } from './worker.ts';

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
/** What `StraightWork` needs to claim what it leads to. */
export interface StraightClaim extends Omit<Claim, 'kinds'> {
  /** This worker does that kind at this moment. */
  does(kind: string): boolean;
}

/**
 * Does the longest due pieces of a kind by statements alone, in one transaction, as far as that is all they need: nobody has to hold them meanwhile. Looks at so many of them as the claim's limit says, and leaves
 * the rest to be claimed. Answers when those that it did were due (epoch ms), and what they lead to, put and claimed for this worker in that transaction (`putClaimed`): that is done next, without being looked for.
 */
export type StraightWork = (claim: StraightClaim) => Promise<{ done: readonly number[]; next: readonly WorkItem[] }>;

/** By kind, the most urgent first: what a batch of one kind leads to is done before the next batch of a later kind begins. */
export type WorkBatches = Readonly<Record<string, WorkBatch>>;

/** Pieces in one batch: beyond some hundreds the statements get no cheaper a piece, and the first phone would wait for the last. Measured (bench/boundary.ts). */
const mostAtOnce = 500;
/** Batches side by side: while some wait for the database or a phone system, another thinks. */
const batchesAtATime = 3;

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
export function createBatchWorker({ batches, straight = {}, store, clock, log, mayDo = () => true, concurrency = batchesAtATime, leaseMs = defaultLeaseMs, observe }: Omit<WorkerOptions, 'handlers'> & { batches: WorkBatches; straight?: Readonly<Record<string, StraightWork>> }): Worker {
  const allKinds = Object.keys(batches);
  const kindsNow = (): string[] => allKinds.filter(mayDo);
  const hands = createHands({ store, clock, log, concurrency, leaseMs, kindsNow, takeDue });

  async function takeDue(): Promise<void> {
    for (const kind of kindsNow()) {
      await takeStraight(kind);
      while (hands.free > 0) {
        const items = await claimWork(store.db, { now: clock.now(), limit: mostAtOnce, leaseMs, owner: hands.owner, kinds: [kind] });
        if (items.length > 0) hands.begin(perform(items));
        if (items.length < mostAtOnce) break;
      }
    }
  }

  async function takeStraight(kind: string): Promise<void> {
    const work = straight[kind];
    if (!work) return;
    while (hands.free > 0) {
      const began = clock.now();
      const { done, next } = await work({ now: began, limit: mostAtOnce, leaseMs, owner: hands.owner, does: (other) => kindsNow().includes(other) }).catch((error: unknown) => {
        if (error instanceof TheirError) throw error;
        // One piece has it, whatever it is: claimed, that piece is found.
        log.error({ kind, err: error }, 'work could not be done straight and is claimed');
        return { done: [], next: [] };
      });
      for (const dueAt of done) observe?.({ kind, outcome: 'again', tookMs: clock.now() - began, lateMs: began - dueAt });
      if (next.length > 0) hands.begin(perform(next));
      // The others among those that it looked at stand in its way until they are claimed.
      if (done.length < mostAtOnce / 2) return;
    }
  }

  async function perform(items: readonly WorkItem[]): Promise<void> {
    const began = clock.now();
    const stopExtending = hands.keepLease((until) => extendMany(store.db, items, until));
    const tenants = new Map<string, WorkItem[]>();
    for (const item of items) tenants.set(item.tenantId, [...(tenants.get(item.tenantId) ?? []), item]);
    const outcomes = (await Promise.all([...tenants.values()].map(attempt))).flat();
    const tookMs = clock.now() - began;
    for (const { item, at, error } of outcomes) observe?.({ kind: item.kind, outcome: error !== null ? 'failed' : at === null ? 'done' : 'again', tookMs, lateMs: began - item.dueAt });
    await hands.untilWritten(outcomes[0]?.item.kind, () => finishMany(store.db, outcomes));
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
    return { item, at: tryAgainAt(log, item, error, clock.now()), payload: null, error: String(error) };
  }

  return hands;
}
