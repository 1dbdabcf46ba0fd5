import assert from 'node:assert/strict';
import { systemClock, type FollowingClock } from '../../../../server/ports/clock.ts';
import { until } from '../../../support/until.ts';

const start = Date.parse('2026-03-20T08:00:00Z');
const hour = 3_600_000;

function pausedAt(instant: number): FollowingClock {
  const clock = systemClock();
  clock.follow({ offsetMs: 0, pausedAt: instant });
  return clock;
}

describe('the server’s clock', () => {
  it('shows the machine’s time, and the distance or standstill that it is told', () => {
    const clock = systemClock();
    assert.ok(Math.abs(clock.now() - Date.now()) < 1_000);
    clock.follow({ offsetMs: hour, pausedAt: null });
    assert.ok(Math.abs(clock.now() - Date.now() - hour) < 1_000);
    clock.follow({ offsetMs: hour, pausedAt: start });
    assert.equal(clock.now(), start);
  });

  it('rings for who is due though it is turned again at once, in every turn of the event loop', async () => {
    const clock = pausedAt(start);
    const rung = new Set<string>();
    for (const name of ['one', 'other']) void clock.sleep(5).then(() => rung.add(name));
    for (let turn = 0; turn < 20_000 && rung.size < 2; turn++) {
      clock.follow({ offsetMs: 0, pausedAt: start + 5 + turn });
      await new Promise(setImmediate);
    }
    assert.equal(rung.size, 2);
  });

  it('rings in order of the instants, those of one instant in the order in which they were asked for', async () => {
    const clock = pausedAt(start);
    const rung: string[] = [];
    for (const [name, ms] of [['c', 30], ['a', 10], ['b', 20], ['a, later', 10]] as const) clock.at(start + ms, () => rung.push(name));
    clock.follow({ offsetMs: 0, pausedAt: start + hour });
    await until(() => rung.length === 4);
    assert.deepEqual(rung, ['a', 'a, later', 'b', 'c']);
  });

  it('rings once, never too early, and at once for what has passed, even when it stands still', async () => {
    const clock = pausedAt(start);
    let rung = 0;
    clock.at(start + 10, () => (rung += 1));
    clock.follow({ offsetMs: 0, pausedAt: start + 9 });
    await clock.sleep(0);
    assert.equal(rung, 0);
    clock.follow({ offsetMs: 0, pausedAt: start + 10 });
    clock.follow({ offsetMs: 0, pausedAt: start + 11 });
    await until(() => rung > 0);
    await clock.sleep(0);
    assert.equal(rung, 1);
    clock.at(start - hour, () => (rung += 1));
    await until(() => rung === 2);
  });

  it('stands still while the other one does, and goes on with it', async () => {
    const clock = pausedAt(start);
    let isRung = false;
    clock.at(start + 3, () => (isRung = true));
    const began = Date.now();
    await until(() => Date.now() > began + 5);
    assert.equal(isRung, false);
    clock.follow({ offsetMs: start - Date.now(), pausedAt: null });
    await until(() => isRung);
  });

  it('set back, it rings for nobody before the instant comes again, not even for who was due a moment ago', async () => {
    const clock = pausedAt(start);
    let rung = 0;
    clock.at(start + 10, () => (rung += 1));
    clock.follow({ offsetMs: 0, pausedAt: start + 10 });
    clock.follow({ offsetMs: 0, pausedAt: start - hour });
    await clock.sleep(0);
    assert.equal(rung, 0);
    clock.follow({ offsetMs: 0, pausedAt: start + 10 });
    await until(() => rung === 1);
  });

  it('a sleep that is given up is rejected with the reason; an alarm that is cancelled never rings', async () => {
    const clock = pausedAt(start);
    const giveUp = new AbortController();
    const slept = clock.sleep(10, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await assert.rejects(slept, /enough/);
    await assert.rejects(clock.sleep(0, giveUp.signal), /enough/);
    let isRung = false;
    const cancel = clock.at(start + 1, () => (isRung = true));
    clock.follow({ offsetMs: 0, pausedAt: start + hour });
    cancel();
    await clock.sleep(0);
    assert.equal(isRung, false);
  });
});
