import assert from 'node:assert/strict';
import { claimWork, dropWork, extendLease, nextDue, putWork, retryWork, workDone, type WorkItem } from '../../../../server/store/work.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { testStore } from '../../../support/database.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;
const kinds = ['ring'];

describe('the work table', () => {
  let store: Store;
  let opened: Awaited<ReturnType<typeof testStore>>;
  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  after(() => opened.close());
  beforeEach(() => store.db.deleteFrom('work').execute());

  function put(key: string, dueAt: number, more: { payload?: unknown; unlessEarlier?: boolean } = {}): Promise<void> {
    return putWork(store.db, { tenantId: 't', kind: 'ring', key, dueAt, ...more });
  }

  function claim(now: number, owner = 'a', limit = 10): Promise<WorkItem[]> {
    return claimWork(store.db, { now, limit, leaseMs: minute, owner, kinds });
  }

  async function claimOne(now: number, owner = 'a'): Promise<WorkItem> {
    const [item] = await claim(now, owner, 1);
    assert.ok(item, 'there is work to claim');
    return item;
  }

  it('gives nothing before its instant, and the longest due first', async () => {
    await put('late', noon);
    await put('early', noon - minute);
    await put('tomorrow', noon + 1);
    assert.deepEqual(await claim(noon - minute - 1), []);
    assert.deepEqual((await claim(noon)).map((item) => item.key), ['early', 'late']);
  });

  it('keeps one row per key: the newest put wins, in instant, payload and count of tries', async () => {
    await put('x', noon, { payload: { n: 1 } });
    await retryWork(store.db, await claimOne(noon), noon + minute, 'no answer');
    await put('x', noon + 5, { payload: { n: 2 } });
    const items = await claim(noon + 5);
    assert.deepEqual(items.map(({ payload, attempt, dueAt }) => ({ payload, attempt, dueAt })), [{ payload: { n: 2 }, attempt: 1, dueAt: noon + 5 }]);
  });

  it('keeps an earlier instant when asked to', async () => {
    await put('x', noon);
    await put('x', noon + minute, { unlessEarlier: true });
    assert.equal((await claimOne(noon)).dueAt, noon);
  });

  it('puts the next round of what is being worked on at its own instant, not at the used up one', async () => {
    await put('x', noon);
    const item = await claimOne(noon);
    await put('x', noon + minute, { unlessEarlier: true });
    assert.equal(await workDone(store.db, item), true);
    assert.deepEqual(await claim(noon), []);
    assert.equal((await claimOne(noon + minute)).attempt, 1);
  });

  it('does not give the same work to two workers', async () => {
    for (let n = 0; n < 20; n++) await put(`k${n}`, noon);
    const shares = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => claim(noon, owner, 10)));
    const keys = shares.flat().map((item) => item.key);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal((await claim(noon, 'e')).length + keys.length, 20);
  });

  it('skips what another transaction is just claiming instead of waiting for it', async () => {
    await put('x', noon);
    await put('y', noon + 1);
    await store.transaction(async (tx) => {
      const first = await claimWork(tx, { now: noon + 1, limit: 1, leaseMs: minute, owner: 'a', kinds });
      assert.deepEqual(first.map((item) => item.key), ['x']);
      assert.deepEqual((await claim(noon + 1, 'b')).map((item) => item.key), ['y']);
    });
  });

  it('gives a dead worker\'s work to another when the lease runs out, but never to the one who holds it', async () => {
    await put('x', noon);
    const dead = await claimOne(noon, 'dead');
    assert.deepEqual(await claim(noon + minute - 1, 'b'), []);
    assert.deepEqual(await claim(noon + minute, 'dead'), []);
    const heir = await claimOne(noon + minute, 'b');
    assert.equal(heir.attempt, 2);
    assert.equal(await workDone(store.db, dead), false, 'the dead may not finish what is not theirs');
    assert.equal(await workDone(store.db, heir), true);
  });

  it('does a dead worker\'s unfinished work even when the next round was put far away, and keeps that round', async () => {
    await put('x', noon);
    await claimOne(noon, 'dead');
    await put('x', noon + 60 * minute, { unlessEarlier: true });
    const heir = await claimOne(noon + minute, 'b');
    await workDone(store.db, heir);
    assert.deepEqual(await claim(noon + 59 * minute, 'b'), []);
    assert.equal((await claim(noon + 60 * minute, 'b')).length, 1);
  });

  it('keeps a lease that is extended', async () => {
    await put('x', noon);
    const item = await claimOne(noon);
    assert.equal(await extendLease(store.db, item, noon + 5 * minute), true);
    assert.deepEqual(await claim(noon + 2 * minute, 'b'), []);
  });

  it('does not lose what is put while the same key is being worked on', async () => {
    await put('x', noon, { payload: { n: 1 } });
    const item = await claimOne(noon);
    await put('x', noon, { payload: { n: 2 } });
    assert.deepEqual(await claim(noon, 'b'), [], 'one at a time per key');
    await workDone(store.db, item);
    assert.deepEqual((await claimOne(noon, 'b')).payload, { n: 2 });
  });

  it('does not let a failed try postpone what was put meanwhile', async () => {
    await put('x', noon);
    const item = await claimOne(noon);
    await put('x', noon + 1);
    await retryWork(store.db, item, noon + 60 * minute, 'no answer');
    assert.equal((await claimOne(noon + 1)).attempt, 1);
  });

  it('is put with the transaction, or not at all', async () => {
    const broken = store.transaction(async (tx) => {
      await putWork(tx, { tenantId: 't', kind: 'ring', key: 'x', dueAt: noon });
      throw new Error('changed my mind');
    });
    await assert.rejects(broken, /changed my mind/);
    assert.deepEqual(await claim(noon), []);
  });

  it('is woken by a put after the commit, not before', async () => {
    const heard: (number | null)[] = [];
    const forget = store.onWork((dueAt) => heard.push(dueAt));
    await store.transaction(async (tx) => {
      await putWork(tx, { tenantId: 't', kind: 'ring', key: 'x', dueAt: noon });
      assert.equal(heard.includes(noon), false);
    });
    assert.equal(heard.includes(noon), true);
    forget();
  });

  it('says when to look again: at the next instant, at the end of somebody\'s lease, or never', async () => {
    assert.equal(await nextDue(store.db, { kinds, owner: 'a' }), null);
    await put('x', noon);
    await put('y', noon + 10 * minute);
    await putWork(store.db, { tenantId: 't', kind: 'other', key: 'z', dueAt: noon - minute });
    assert.equal(await nextDue(store.db, { kinds, owner: 'a' }), noon);
    await claim(noon, 'dead');
    assert.equal(await nextDue(store.db, { kinds, owner: 'a' }), noon + minute);
    assert.equal(await nextDue(store.db, { kinds, owner: 'dead' }), noon + 10 * minute);
  });

  it('can be taken back', async () => {
    await put('x', noon);
    await dropWork(store.db, { tenantId: 't', kind: 'ring', key: 'x' });
    assert.deepEqual(await claim(noon), []);
  });

  it('takes the same keys twice in one put, and two transactions that put them in opposite order', async () => {
    const at = (key: string): { tenantId: string; kind: string; key: string; dueAt: number } => ({ tenantId: 't', kind: 'ring', key, dueAt: noon });
    await putWork(store.db, at('x'), at('x'));
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.transaction(async (tx) => putWork(tx, ...(n % 2 ? [at('x'), at('y')] : [at('y'), at('x')])))),
    );
    assert.equal((await claim(noon)).length, 2);
  });
});
