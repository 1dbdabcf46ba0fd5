import assert from 'node:assert/strict';
import { createHostHealth } from '../../../../lab/graph/notify/host-health.ts';

function after(slow: number, tookMs: number, total = 100): { state: string; later: string } {
  let now = 0;
  const health = createHostHealth(() => now);
  for (let count = 0; count < total; count++) health.note('host', count < slow ? tookMs : 5);
  const state = health.state('host');
  now += 10 * 60_000;
  return { state, later: health.state('host') };
}

describe('lab graph: how a slow host is treated', () => {
  it('over a tenth slower than 3 s: delayed for ten minutes; over 15 % slower than 10 s: discarded for ten minutes', () => {
    assert.deepEqual(after(11, 3_000), { state: 'slow', later: 'good' });
    assert.deepEqual(after(10, 3_000), { state: 'good', later: 'good' });
    assert.deepEqual(after(16, 10_000), { state: 'drop', later: 'good' });
    assert.deepEqual(after(15, 10_000), { state: 'slow', later: 'good' });
  });

  it('fewer than a hundred answers are not judged', () => assert.equal(after(99, 10_000, 99).state, 'good'));
});
