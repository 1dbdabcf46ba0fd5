import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../lab/clock.ts';
import { semaphore } from '../../../../server/outbound/semaphore.ts';

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('places for calls that go on at a time', () => {
  let clock: TurnableClock;
  beforeEach(() => (clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true })));
  afterEach(() => clock.stop());

  it('one that wants several waits for all of them, holds none meanwhile, and is not overtaken', async () => {
    const doors = semaphore(clock, 4);
    const [a, b] = [await doors.enter(1_000), await doors.enter(1_000)];
    const inside: string[] = [];
    const wide = doors.enter(1_000, undefined, 4).then((release) => (inside.push('wide'), release));
    const narrow = doors.enter(1_000).then((release) => (inside.push('narrow'), release));
    a?.();
    await settled();
    assert.deepEqual(inside, [], 'three are free, four are wanted');
    b?.();
    await settled();
    assert.deepEqual(inside, ['wide']);
    (await wide)?.();
    assert.ok(await narrow);
  });

  it('nobody waits for ever for more places than there are', async () => {
    assert.ok(await semaphore(clock, 2).enter(1_000, undefined, 4));
  });

  it('when the one in front gives up, those behind for whom there is room go in', async () => {
    const doors = semaphore(clock, 2);
    await doors.enter(1_000);
    const wide = doors.enter(50, undefined, 2);
    const narrow = doors.enter(1_000);
    clock.advance(50);
    assert.deepEqual([await wide, typeof (await narrow)], [null, 'function']);
  });
});
