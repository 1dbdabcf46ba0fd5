import assert from 'node:assert/strict';
import { createLabClock, type TurnableClock } from '../../../../lab/clock.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { silent } from '../../../../server/ports/log.ts';
import { createBatchWorker, singly, type BatchOutcome, type StraightWork, type WorkBatch } from '../../../../server/store/batch-worker.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { claimWork, putWork } from '../../../../server/store/work.ts';
import { finishMany, putClaimed } from '../../../../server/store/work-many.ts';
import type { Worker } from '../../../../server/store/hands.ts';
import type { WorkObserver } from '../../../../server/store/worker.ts';
import { testStore } from '../../../support/database.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

describe('the worker of batches', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let clock: TurnableClock;
  let workers: Worker[];
  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  after(() => opened.close());
  beforeEach(async () => {
    await store.db.deleteFrom('work').execute();
    clock = createLabClock({ startAt: noon, paused: true });
    workers = [];
  });
  afterEach(async () => {
    for (const worker of workers) await worker.stop();
    clock.stop();
  });

  function work(batch: WorkBatch, more: { observe?: WorkObserver; concurrency?: number; mayDo?: (kind: string) => boolean } = {}): Worker {
    const worker = createBatchWorker({ store, clock, log: silent, batches: { ring: batch }, ...more });
    workers.push(worker);
    worker.start();
    return worker;
  }
  const put = (keys: readonly string[], dueAt = noon): Promise<void> => putWork(store.db, ...keys.map((key) => ({ tenantId: 't', kind: 'ring', key, dueAt })));
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${String(index).padStart(4, '0')}`);
  async function rows(): Promise<string[]> {
    const all = await store.db.selectFrom('work').select(['key', 'attempt', 'due_at', 'last_error', 'lease_owner']).orderBy('key').execute();
    return all.map((row) => `${row.key} ${(row.due_at.getTime() - noon) / minute} min, ${row.attempt} tries, ${row.last_error}, ${row.lease_owner === null ? 'free' : 'held'}`);
  }

  it('does what is due at one instant in few batches, and lets each piece go, come again or fail by itself', async () => {
    const seen: number[] = [];
    await put(names(1_200), noon + minute);
    const worker = work(async (_tenant, keys) => {
      seen.push(keys.length);
      const outcomes: [string, BatchOutcome][] = [['k0003', { againAt: noon + 10 * minute }], ['k0700', { error: new TheirError('pbx', 'refused', 'no such line') }]];
      return new Map(outcomes.filter(([key]) => keys.includes(key)));
    });
    await worker.idle();
    assert.deepEqual(seen, []);
    clock.advance(minute);
    await worker.idle();
    assert.deepEqual(seen.toSorted((a, b) => a - b), [200, 500, 500]);
    const [again = '', failed = '', ...others] = await rows();
    assert.deepEqual([again, others], ['k0003 10 min, 0 tries, null, free', []]);
    assert.match(failed, /^k0700 1\.0\d+ min, 1 tries, TheirError: .*no such line, free$/);
  });

  it('finds the one piece that breaks a batch, and does all others', async () => {
    const done = new Set<string>();
    await put(names(64));
    await work(async (_tenant, keys) => {
      if (keys.includes('k0042')) throw new Error('broken by one');
      for (const key of keys) done.add(key);
      return new Map();
    }).idle();
    assert.equal(done.size, 63);
    assert.match((await rows()).join(), /^k0042 .* 1 tries, Error: broken by one, free$/);
  });

  it('does not ask a system that does not answer again for every half', async () => {
    let asked = 0;
    await put(names(64));
    await work(async () => {
      asked += 1;
      throw new TheirError('database', 'unavailable', 'is away');
    }).idle();
    assert.equal(asked, 1);
    assert.equal((await rows()).length, 64);
  });

  it('works once more on what was put meanwhile, and keeps organisations apart', async () => {
    const seen: string[] = [];
    await put(['a', 'b']);
    await putWork(store.db, { tenantId: 'other', kind: 'ring', key: 'a', dueAt: noon });
    const worker = work(async (tenant, keys) => {
      if (seen.length === 0) await put(['b']);
      seen.push(`${tenant}: ${keys.toSorted().join()}`);
      return new Map([['a', { againAt: noon + minute }]]);
    });
    await worker.idle();
    assert.deepEqual(seen.toSorted(), ['other: a', 't: a,b', 't: b']);
    assert.deepEqual(await rows(), ['a 1 min, 0 tries, null, free', 'a 1 min, 0 tries, null, free']);
  });

  it('shares with another process, does each piece once, and leaves alone what this process may not do', async () => {
    const counts = new Map<string, number>();
    const count: WorkBatch = async (_tenant, keys) => {
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      return new Map();
    };
    await put(names(2_000));
    const idle = work(count, { mayDo: () => false });
    await idle.idle();
    assert.equal(counts.size, 0);
    await Promise.all([work(count).idle(), work(count).idle()]);
    assert.deepEqual([counts.size, Math.max(...counts.values())], [2_000, 1]);
  });

  it('does what a batch leads to before the next batch of its kind', async () => {
    const order: string[] = [];
    await put(names(1_500));
    const worker = createBatchWorker({
      store, clock, log: silent, concurrency: 1,
      batches: {
        answer: async (_tenant, keys) => (order.push(`${keys.length} answered`), new Map()),
        async ring(_tenant, keys) {
          order.push(`${keys.length} rung`);
          await putWork(store.db, ...keys.map((key) => ({ tenantId: 't', kind: 'answer', key, dueAt: noon })));
          return new Map();
        },
      },
    });
    workers.push(worker);
    worker.start();
    await worker.idle();
    assert.deepEqual(order, ['500 rung', '500 answered', '500 rung', '500 answered', '500 rung', '500 answered']);
  });

  it('tells the metrics of every piece, and is what one piece done alone is', async () => {
    const told: string[] = [];
    await put(['a', 'b'], noon - minute);
    const batch: WorkBatch = async (_tenant, keys) => new Map(keys.map((key): [string, BatchOutcome] => [key, key === 'a' ? null : { error: new Error('bad') }]));
    await work(batch, { observe: ({ kind, outcome, lateMs }) => void told.push(`${kind} ${outcome} ${lateMs}`) }).idle();
    assert.deepEqual(told.toSorted(), ['ring done 60000', 'ring failed 60000']);
    const single = singly({ ring: batch })['ring'];
    const item = { tenantId: 't', kind: 'ring', key: 'b', dueAt: noon, payload: {}, attempt: 1, revision: 1, owner: 'o' };
    await assert.rejects(single?.(item) ?? Promise.resolve(), /bad/);
    assert.equal(await single?.({ ...item, key: 'a' }), undefined);
  });

  /** Lets go of all that is due with an even number, and has it answered. */
  const evenOnes: StraightWork = (claim) =>
    store.transaction(async (tx) => {
      const due = await tx.selectFrom('work').select(['key', 'due_at']).where('kind', '=', 'ring').where('lease_until', 'is', null).where('due_at', '<=', new Date(claim.now)).orderBy('key').limit(claim.limit).execute();
      const even = due.filter(({ key }) => Number(key.slice(1)) % 2 === 0);
      for (const { key } of even) await tx.deleteFrom('work').where('kind', '=', 'ring').where('key', '=', key).execute();
      const puts = even.map(({ key }) => ({ tenantId: 't', kind: 'answer', key, dueAt: claim.now }));
      return { done: even.map((row) => row.due_at.getTime()), next: await putClaimed(tx, puts, claim) };
    });

  function straightWorker(work: StraightWork, told: string[]): Worker {
    const say = (name: string): WorkBatch => async (_tenant, keys) => (told.push(`${keys.length} ${name}`), new Map());
    const worker = createBatchWorker({ store, clock, log: silent, concurrency: 1, batches: { answer: say('answered'), ring: say('rung') }, straight: { ring: work }, observe: ({ kind, outcome }) => void (outcome === 'again' && told.push(kind)) });
    workers.push(worker);
    worker.start();
    return worker;
  }

  it('does straight what needs nobody’s hand, does next what that leads to, and claims the rest', async () => {
    const told: string[] = [];
    await put(names(9));
    await straightWorker(evenOnes, told).idle();
    assert.deepEqual([told, await rows()], [['ring', 'ring', 'ring', 'ring', 'ring', '5 answered', '4 rung'], []]);
  });

  it('claims all where a mistake breaks the straight way, and waits where the database is away', async () => {
    const told: string[] = [];
    await put(names(9));
    await straightWorker(() => Promise.reject(new Error('broken by one')), told).idle();
    assert.deepEqual(told, ['9 rung']);
    await workers[0]?.stop();
    await put(names(2));
    let isAway = true;
    const patient = straightWorker((claim) => (isAway ? Promise.reject(new TheirError('database', 'unavailable', 'is away')) : evenOnes(claim)), told);
    isAway = false;
    patient.look();
    await patient.idle();
    assert.deepEqual(told.slice(1), ['ring', '1 answered', '1 rung']);
  });

  it('what is put and claimed at once is nobody else’s; what somebody does already they do once more; what the dead held is found', async () => {
    const claim = { now: noon, leaseMs: minute, owner: 'one' };
    const later = (owner: string, now = noon) => claimWork(store.db, { now, limit: 9, leaseMs: minute, owner, kinds: ['ring'] });
    await put(['a', 'b'], noon);
    const [held] = await later('two');
    await put(['b'], noon + 10 * minute);
    assert.ok(held);
    await finishMany(store.db, [{ item: { ...held, key: 'b' }, at: noon + 10 * minute, payload: null, error: null }]);
    const ours = await putClaimed(store.db, ['c', 'a', 'b'].map((key) => ({ tenantId: 't', kind: 'ring', key, dueAt: noon, payload: { from: 'one' } })), claim);
    assert.deepEqual(ours.map(({ key, attempt, owner, payload }) => [key, attempt, owner, payload]), [['b', 1, 'one', { from: 'one' }], ['c', 1, 'one', { from: 'one' }]], 'a is in somebody’s hands');
    assert.deepEqual(await later('three'), []);
    await finishMany(store.db, [{ item: held, at: null, payload: null, error: null }]);
    assert.deepEqual((await later('three')).map(({ key }) => key), ['a'], 'once more');
    assert.deepEqual((await later('three', noon + minute)).map(({ key, attempt }) => `${key} ${attempt}`).toSorted(), ['b 2', 'c 2']);
    assert.deepEqual(await putClaimed(store.db, [], claim), []);
  });

  it('never waits in a ring with somebody who puts the same keys', async () => {
    const keys = names(200);
    for (let round = 0; round < 5; round++) {
      await put(keys.toReversed());
      const items = await claimWork(store.db, { now: noon, limit: 200, leaseMs: minute, owner: `o${round}`, kinds: ['ring'] });
      await Promise.all([finishMany(store.db, items.toReversed().map((item) => ({ item, at: noon + minute, payload: null, error: null }))), put(keys), put(keys.toReversed())]);
    }
    assert.equal((await rows()).filter((row) => row.endsWith('free')).length, 200);
  });
});
