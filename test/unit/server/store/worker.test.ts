import assert from 'node:assert/strict';
import { createLabClock, type TurnableClock } from '../../../../lab/clock.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { silent, type Log } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
import type { Worker } from '../../../../server/store/hands.ts';
import { backOff } from '../../../../server/store/try-again.ts';
import { createWorker, type WorkHandler, type WorkObserver } from '../../../../server/store/worker.ts';
import { claimWork, putWork } from '../../../../server/store/work.ts';
import { testStore } from '../../../support/database.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

/** Resolves when `done` holds, looked at whenever something happens here. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setImmediate(resolve));
}

function nothing(): void {}

describe('the worker', () => {
  let store: Store;
  let opened: Awaited<ReturnType<typeof testStore>>;
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

  function work(ring: WorkHandler, more: { observe?: WorkObserver; concurrency?: number; leaseMs?: number; log?: Log } = {}): Worker {
    const worker = createWorker({ store, clock, log: silent, handlers: { ring }, ...more });
    workers.push(worker);
    worker.start();
    return worker;
  }

  function put(key: string, dueAt: number): Promise<void> {
    return putWork(store.db, { tenantId: 't', kind: 'ring', key, dueAt });
  }

  async function rows(): Promise<{ key: string; attempt: number; due_at: Date; last_error: string | null; lease_owner: string | null }[]> {
    return store.db.selectFrom('work').select(['key', 'attempt', 'due_at', 'last_error', 'lease_owner']).orderBy('key').execute();
  }

  it('does at its instant what was put before, and what is put while it waits, and forgets it then', async () => {
    const done: string[] = [];
    await put('early', noon + minute);
    const worker = work(async ({ key }) => void done.push(key));
    await worker.idle();
    await put('earlier', noon + minute / 2);
    await worker.idle();
    assert.deepEqual(done, []);
    clock.advance(minute / 2);
    await until(() => done.length === 1);
    clock.advance(minute / 2);
    await until(() => done.length === 2);
    await worker.idle();
    assert.deepEqual(done, ['earlier', 'early']);
    assert.deepEqual(await rows(), []);
  });

  it('tries again later what failed, with the reason beside it, and later still the second time', async () => {
    const tries: number[] = [];
    const worker = work(async ({ attempt }) => {
      tries.push(attempt);
      throw new Error('no answer');
    });
    await put('x', noon);
    await until(() => tries.length === 1);
    await worker.idle();
    const [first] = await rows();
    assert.equal(first?.last_error, 'Error: no answer');
    assert.equal(first?.lease_owner, null);
    const wait = Number(first?.due_at) - noon;
    assert.ok(wait >= 500 && wait <= 1_000, String(wait));
    clock.advance(wait);
    await until(() => tries.length === 2);
    await worker.idle();
    assert.ok(Number((await rows())[0]?.due_at) - clock.now() >= 1_000);
    assert.deepEqual(tries, [1, 2]);
  });

  it('does not come back before another system wants it', async () => {
    const worker = work(async () => Promise.reject(new TheirError('graph', 'throttled', '429', { retryAfterMs: 10 * minute })));
    await put('x', noon);
    await until(async () => (await rows())[0]?.last_error !== null);
    await worker.idle();
    assert.equal(Number((await rows())[0]?.due_at), noon + 10 * minute);
  });

  it('keeps the row for another round when the handler says so, and counts no failure', async () => {
    let runs = 0;
    const worker = work(async ({ attempt }) => {
      assert.equal(attempt, 1);
      runs += 1;
      return { againAt: clock.now() + minute };
    });
    await put('x', noon);
    await until(() => runs === 1);
    await worker.idle();
    clock.advance(minute);
    await until(() => runs === 2);
    await worker.idle();
    assert.equal(Number((await rows())[0]?.due_at), noon + 2 * minute);
  });

  it('works on one key one at a time, and on it again when it was put meanwhile', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    let release = nothing;
    work(async () => {
      running += 1;
      most = Math.max(most, running);
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
      running -= 1;
    });
    await put('x', noon);
    await until(() => runs === 1);
    await put('x', noon);
    await put('x', noon);
    release();
    await until(async () => (await rows()).length === 0);
    assert.deepEqual([most, runs], [1, 2]);
  });

  it('works on no more at a time than it may, and on all in the end', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    for (let n = 0; n < 30; n++) await put(`k${n}`, noon);
    work(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      runs += 1;
    }, { concurrency: 4 });
    await until(() => runs === 30);
    assert.equal(most, 4);
  });

  it('shares work with other workers, and does each piece once', async () => {
    const done: string[] = [];
    for (let n = 0; n < 40; n++) await put(`k${n}`, noon);
    for (let n = 0; n < 3; n++) work(async ({ key }) => void done.push(key), { concurrency: 3 });
    await until(async () => (await rows()).length === 0);
    assert.equal(done.length, 40);
    assert.equal(new Set(done).size, 40);
  });

  it('takes over what a dead worker had begun, when its lease runs out', async () => {
    await put('x', noon);
    await claimWork(store.db, { now: noon, limit: 1, leaseMs: minute, owner: 'dead', kinds: ['ring'] });
    const done: number[] = [];
    const worker = work(async ({ attempt }) => void done.push(attempt));
    await worker.idle();
    assert.deepEqual(done, []);
    clock.advance(minute);
    await until(() => done.length === 1);
    assert.deepEqual(done, [2]);
  });

  it('keeps its lease while it works, however long that takes', async () => {
    let release = nothing;
    let runs = 0;
    const slow: WorkHandler = async () => {
      runs += 1;
      await new Promise<void>((resolve) => (release = resolve));
    };
    work(slow, { leaseMs: minute });
    await put('x', noon);
    await until(() => runs === 1);
    for (let n = 0; n < 4; n++) {
      const before = clock.now();
      clock.advance(minute / 2);
      await until(async () => {
        const row = await store.db.selectFrom('work').select('lease_until').executeTakeFirstOrThrow();
        return Number(row.lease_until) >= before + minute / 2 + minute;
      });
    }
    assert.deepEqual(await claimWork(store.db, { now: clock.now(), limit: 1, leaseMs: minute, owner: 'other', kinds: ['ring'] }), []);
    release();
    await until(async () => (await rows()).length === 0);
    assert.equal(runs, 1);
  });

  it('finishes what it is doing before it stops, and takes nothing new', async () => {
    let release = nothing;
    const done: string[] = [];
    const worker = work(async ({ key }) => {
      await new Promise<void>((resolve) => (release = resolve));
      done.push(key);
    });
    await put('x', noon);
    // Its lease stands in the table a moment before it begins.
    await until(() => release !== nothing);
    const stopped = worker.stop();
    await put('y', noon);
    release();
    await stopped;
    assert.deepEqual(done, ['x']);
    assert.deepEqual((await rows()).map((row) => row.key), ['y']);
  });

  it('tells the metrics how every attempt went and how late it was', async () => {
    const seen: Parameters<WorkObserver>[0][] = [];
    await put('x', noon - 5_000);
    const worker = work(async ({ attempt }) => (attempt === 1 ? Promise.reject(new Error('x')) : undefined), { observe: (fact) => void seen.push(fact) });
    await until(() => seen.length === 1);
    await worker.idle();
    clock.advance(minute);
    await until(() => seen.length === 2);
    assert.deepEqual(seen.map(({ kind, outcome }) => `${kind} ${outcome}`), ['ring failed', 'ring done']);
    assert.equal(seen[0]?.lateMs, 5_000);
  });

  it('logs our own mistakes as errors with their stack, and others\' as warnings without', async () => {
    const told: string[] = [];
    const log: Log = { ...silent, warn: (fields) => void told.push(`warn ${JSON.stringify(fields)}`), error: (fields) => void told.push(`error ${'err' in fields && fields.err instanceof Error}`) };
    const worker = work(async ({ key }) => Promise.reject(key === 'ours' ? new Error('x') : new TheirError('pbx', 'no-answer', 'silence')), { log });
    await put('ours', noon);
    await until(() => told.length === 1);
    await put('theirs', noon);
    await until(() => told.length === 2);
    await worker.idle();
    assert.equal(told[0], 'error true');
    assert.match(told[1] ?? '', /^warn .*"attempt":1.*silence/);
  });
});

describe('the back-off', () => {
  it('doubles from a second to a quarter of an hour, half of it by chance', () => {
    assert.deepEqual([1, 2, 3, 30].map((attempt) => backOff(attempt, 1)), [1_000, 2_000, 4_000, 900_000]);
    assert.deepEqual([1, 30].map((attempt) => backOff(attempt, 0)), [500, 450_000]);
  });
});
