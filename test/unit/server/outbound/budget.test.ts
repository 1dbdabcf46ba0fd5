import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createLabClock } from '../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../lab/clock.ts';
import type { TheirError } from '../../../../server/domain/errors.ts';
import { createBudget } from '../../../../server/outbound/budget.ts';
import type { Limit } from '../../../../server/outbound/budget.ts';
import { tokenBucket } from '../../../../server/outbound/token-bucket.ts';

const twoAtATime: Limit = { name: 'mailbox concurrency', per: 'key', concurrent: 2, source: 'test' };

/** Calls that stay open until they are let go, in the order in which they began. */
function openCalls(): { begin: (name: string) => () => Promise<string>; began: string[]; end: (name: string) => void } {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    began,
    begin: (name) => () => {
      began.push(name);
      return new Promise((resolve) => ends.set(name, () => resolve(name)));
    },
    end: (name) => ends.get(name)?.(),
  };
}

describe('budget towards another system', () => {
  let clock: TurnableClock;
  beforeEach(() => (clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true })));
  afterEach(() => clock.stop());

  /** Everything that is due has happened. */
  async function ticks(): Promise<void> {
    await clock.sleep(0);
    await new Promise(setImmediate);
  }

  it('lets no more calls of one key run at once than allowed, in the order of asking, and other keys pass', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [twoAtATime], longestWaitMs: 60_000 });
    const calls = openCalls();
    const done = ['a', 'b', 'c', 'd'].map((name) => budget.run('ann', calls.begin(name)));
    void budget.run('bob', calls.begin('other'));
    await ticks();
    assert.deepEqual(calls.began.toSorted(), ['a', 'b', 'other']);
    calls.end('b');
    await done[1];
    await ticks();
    assert.equal(calls.began.at(-1), 'c');
    calls.end('a');
    await done[0];
    await ticks();
    assert.equal(calls.began.at(-1), 'd');
  });

  it('frees the place of a call that failed', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [{ ...twoAtATime, concurrent: 1 }], longestWaitMs: 1_000 });
    await assert.rejects(budget.run('ann', () => Promise.reject(new Error('no'))), /no/);
    assert.equal(await budget.run('ann', async () => 'free'), 'free');
  });

  it('refuses without calling when no place comes free in time, and says when to come back', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [{ ...twoAtATime, concurrent: 1 }], longestWaitMs: 1_000 });
    const calls = openCalls();
    void budget.run('ann', calls.begin('long'));
    await ticks();
    const late = budget.run('ann', calls.begin('late'));
    await ticks();
    clock.advance(1_000);
    await assert.rejects(late, (error: TheirError) => error.fault === 'throttled' && error.retryAfterMs === 1_000 && /mailbox concurrency/.test(error.message));
    assert.deepEqual(calls.began, ['long']);
  });

  it('gives up waiting when the caller does, without losing a place', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [{ ...twoAtATime, concurrent: 1 }], longestWaitMs: 60_000 });
    const calls = openCalls();
    const first = budget.run('ann', calls.begin('first'));
    await ticks();
    const stop = new AbortController();
    const second = budget.run('ann', calls.begin('second'), { signal: stop.signal });
    const third = budget.run('ann', calls.begin('third'));
    await ticks();
    stop.abort(new Error('gone'));
    await assert.rejects(second, /gone/);
    calls.end('first');
    await first;
    await ticks();
    assert.deepEqual(calls.began, ['first', 'third']);
    calls.end('third');
    await third;
  });

  it('stays away for as long as they asked, for that key only', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [twoAtATime], longestWaitMs: 10_000 });
    const calls = openCalls();
    budget.holdOff('ann', 3_000);
    void budget.run('ann', calls.begin('ann'));
    void budget.run('bob', calls.begin('bob'));
    await ticks();
    clock.advance(2_999);
    await ticks();
    assert.deepEqual(calls.began, ['bob']);
    clock.advance(1);
    await ticks();
    assert.deepEqual(calls.began, ['bob', 'ann']);
    budget.holdOff('ann', 20_000);
    await assert.rejects(budget.run('ann', calls.begin('later')), (error: TheirError) => error.retryAfterMs === 20_000);
  });

  it('spends a rate first come, first served, and refuses what would wait too long', async () => {
    const limits: Limit[] = [{ name: 'requests', per: 'all', rate: { amount: 10, perMs: 10_000, burst: 2 }, source: 'test' }];
    const budget = createBudget({ clock, connector: 'graph', limits, longestWaitMs: 3_000 });
    const calls = openCalls();
    const outcomes = ['a', 'b', 'c', 'd'].map((name) => budget.run(name, calls.begin(name)));
    await ticks();
    assert.deepEqual(calls.began, ['a', 'b']);
    await assert.rejects(budget.run('e', calls.begin('e')), (error: TheirError) => error.fault === 'throttled' && (error.retryAfterMs ?? 0) > 3_000);
    clock.advance(1_112);
    await ticks();
    assert.deepEqual(calls.began, ['a', 'b', 'c']);
    clock.advance(1_112);
    await ticks();
    assert.deepEqual(calls.began, ['a', 'b', 'c', 'd']);
    for (const name of calls.began) calls.end(name);
    await Promise.all(outcomes);
  });

  it('does not spend what was waited for in vain', async () => {
    const limits: Limit[] = [{ name: 'requests', per: 'all', rate: { amount: 10, perMs: 10_000, burst: 1 }, source: 'test' }];
    const budget = createBudget({ clock, connector: 'graph', limits, longestWaitMs: 60_000 });
    const calls = openCalls();
    const first = budget.run('a', calls.begin('a'));
    const stop = new AbortController();
    const given = Array.from({ length: 5 }, () => budget.run('b', calls.begin('b'), { signal: stop.signal }));
    await ticks();
    stop.abort(new Error('gone'));
    for (const each of given) await assert.rejects(each, /gone/);
    const next = budget.run('c', calls.begin('c'));
    await ticks();
    clock.advance(1_000);
    await ticks();
    assert.deepEqual(calls.began, ['a', 'c']);
    for (const name of calls.began) calls.end(name);
    await Promise.all([first, next]);
  });

  it('never spends more than the amount in any stretch, wherever the stretch begins', () => {
    const gaps = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 120 });
    fc.assert(fc.property(fc.integer({ min: 3, max: 20 }), fc.integer({ min: 3, max: 20 }), gaps, (amount, burst, asks) => {
      let now = 0;
      const bucket = tokenBucket({ ...clock, now: () => now }, { amount, perMs: 1_000, burst });
      const used: { at: number; cost: number }[] = [];
      for (const [gap, cost] of asks) {
        now += gap;
        const wait = bucket.take(cost, 5_000);
        if (wait !== null) used.push({ at: now + wait, cost });
      }
      for (const { at } of used) {
        const spent = used.filter((each) => each.at >= at && each.at < at + 1_000).reduce((sum, each) => sum + each.cost, 0);
        assert.ok(spent <= amount, `${spent} of ${amount} from ${at}`);
      }
    }), { examples: [[3, 3, [[0, 3], [289, 2], [337, 3], [26, 1], [94, 1], [254, 1], [0, 1]]]] });
  });

  it('neither gains nor loses when the clock is set back', () => {
    let now = 10_000;
    const bucket = tokenBucket({ ...clock, now: () => now }, { amount: 10, perMs: 1_000, burst: 1 });
    assert.equal(bucket.take(1, 0), 0);
    now = 0;
    assert.equal(bucket.take(1, 1_000), 100);
  });

  it('forgets idle keys, never busy ones', async () => {
    const budget = createBudget({ clock, connector: 'graph', limits: [{ ...twoAtATime, concurrent: 1 }], longestWaitMs: 1_000 });
    const calls = openCalls();
    void budget.run('busy', calls.begin('busy'));
    await ticks();
    for (let i = 0; i < 2_500; i++) await budget.run(`key ${i}`, async () => i);
    const second = budget.run('busy', calls.begin('second'));
    await ticks();
    assert.deepEqual(calls.began, ['busy']);
    calls.end('busy');
    await ticks();
    calls.end('second');
    assert.equal(await second, 'second');
  });
});
