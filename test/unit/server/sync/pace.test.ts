import assert from 'node:assert/strict';
import { createLagKeeper } from '../../../../server/sync/lag.ts';
import { spread, withinBudget } from '../../../../server/sync/pace.ts';

describe('a backlog', () => {
  it('is done most urgent first, and what does not fit waits', () => {
    assert.deepEqual(withinBudget([3, 1, 2, 5, 4], (item) => item, 3), { now: [1, 2, 3], later: 2 });
    assert.deepEqual(withinBudget([1], (item) => item, 3), { now: [1], later: 0 });
  });

  it('begins spread over time, in order', () => {
    const due = spread(Array.from({ length: 250 }, (_, n) => n), 1_000, 100);
    assert.equal(due[0]?.at, 1_000);
    assert.equal(due[249]?.at, 3_490);
    assert.ok(due.every(({ at }, n) => n === 0 || at >= (due[n - 1]?.at ?? 0)));
    assert.ok([0, 1, 2].every((second) => due.filter(({ at }) => Math.floor((at - 1_000) / 1_000) === second).length <= 100));
  });
});

describe('the lag', () => {
  it('is the age of what has waited longest, by connector', () => {
    const lag = createLagKeeper();
    lag.waits('pbx', 'one', 1_000);
    lag.waits('pbx', 'two', 3_000);
    lag.waits('pbx', 'one', 9_000);
    assert.deepEqual(lag.read(11_000), [{ connector: 'pbx', waiting: 2, lagSeconds: 10 }]);
    lag.settled('pbx', 'one');
    assert.deepEqual(lag.read(11_000), [{ connector: 'pbx', waiting: 1, lagSeconds: 8 }]);
    lag.settled('pbx', 'two');
    assert.deepEqual(lag.read(11_000), [{ connector: 'pbx', waiting: 0, lagSeconds: 0 }]);
  });
});
