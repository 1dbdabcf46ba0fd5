import assert from 'node:assert/strict';
import { createLabClock, type ClockState, type TurnableClock } from '../../../lab/clock.ts';
import { until } from '../../support/until.ts';

const start = Date.parse('2026-03-20T08:00:00Z');
const hour = 3_600_000;

describe('the lab’s clock', () => {
  let clock: TurnableClock;
  beforeEach(() => {
    clock = createLabClock({ startAt: start, paused: true });
  });
  afterEach(() => clock.stop());

  it('wakes who is due though two loops turn it at the same time: a turn begins no timer anew', async () => {
    const { setTimeout: setReal, clearTimeout: clearReal } = globalThis;
    const pending = new Map<object, () => void>();
    let begun = 0;
    globalThis.setTimeout = ((fn: () => void) => {
      const timer = { unref: () => timer };
      pending.set(timer, fn);
      begun += 1;
      return timer;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((timer: object) => pending.delete(timer)) as unknown as typeof clearTimeout;
    try {
      const woken: string[] = [];
      for (const name of ['one', 'other']) clock.at(start + 5, () => woken.push(name));
      clock.advance(5);
      for (let turn = 0; turn < 100; turn++) clock.advance(1);
      clock.at(start + hour, () => undefined)();
      assert.deepEqual([begun, pending.size], [1, 1]);
      for (const fn of pending.values()) fn();
      assert.deepEqual(woken, ['one', 'other']);
    } finally {
      Object.assign(globalThis, { setTimeout: setReal, clearTimeout: clearReal });
    }
  });

  it('wakes sleepers in order of their instants, those of one instant in the order in which they lay down', async () => {
    const woken: string[] = [];
    for (const [name, ms] of [['c', 30], ['a', 10], ['b', 20], ['a, later', 10]] as const) clock.at(start + ms, () => woken.push(name));
    clock.advance(hour);
    await until(() => woken.length === 4);
    assert.deepEqual(woken, ['a', 'a, later', 'b', 'c']);
  });

  it('wakes nobody too early, and nobody while the caller of advance is still speaking', async () => {
    let isWoken = false;
    clock.at(start + 10, () => (isWoken = true));
    clock.advance(9);
    await clock.sleep(0);
    assert.equal(isWoken, false);
    clock.advance(1);
    assert.equal(isWoken, false);
    await until(() => isWoken);
  });

  it('one that fails does not keep the others asleep', async () => {
    const failures: unknown[] = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => failures.push(error));
    try {
      let isWoken = false;
      clock.at(start + 1, () => { throw new Error('mine'); });
      clock.at(start + 2, () => (isWoken = true));
      clock.advance(2);
      await until(() => isWoken);
      assert.equal(failures.length, 1);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of listeners) process.on('uncaughtException', listener);
    }
  });

  it('stands still while it is paused, and goes on from there', async () => {
    const running = createLabClock({ startAt: start });
    running.pause();
    const stood = running.now();
    let isWoken = false;
    running.at(stood + 3, () => (isWoken = true));
    const began = Date.now();
    await until(() => Date.now() > began + 5);
    assert.deepEqual([running.now(), isWoken], [stood, false]);
    running.resume();
    await until(() => isWoken);
    assert.ok(running.now() >= stood + 3 && running.now() < stood + hour);
    running.stop();
  });

  it('set back, it wakes nobody before the instant comes again, not even who was due a moment ago', async () => {
    let woken = 0;
    clock.at(start + 10, () => (woken += 1));
    clock.advance(10);
    clock.set(start - hour);
    await clock.sleep(0);
    assert.deepEqual([clock.now(), woken], [start - hour, 0]);
    clock.advance(hour + 10);
    await until(() => woken > 0);
    await clock.sleep(0);
    assert.equal(woken, 1);
  });

  it('a sleep that is given up is rejected with the reason, and one that was given up before never begins', async () => {
    const giveUp = new AbortController();
    const slept = clock.sleep(10, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await assert.rejects(slept, /enough/);
    await assert.rejects(clock.sleep(0, giveUp.signal), /enough/);
    const other = new AbortController();
    const awake = clock.sleep(1, other.signal);
    clock.advance(1);
    await awake;
    other.abort(new Error('too late'));
  });

  it('tells everybody of each turn, with the state that another clock can follow', () => {
    const told: ClockState[] = [];
    const stop = clock.onTurn((state) => told.push(state));
    clock.advance(hour);
    clock.resume();
    clock.pause();
    stop();
    clock.advance(hour);
    assert.equal(told.length, 3);
    assert.equal(told[0]?.pausedAt, start + hour);
    assert.equal(told[1]?.pausedAt, null);
    assert.ok(Math.abs(Date.now() + (told[1]?.offsetMs ?? 0) - (start + hour)) < 60_000);
  });

  it('stopped, it forgets everybody, also who is due; whoever lies down later is woken again', async () => {
    const woken: string[] = [];
    clock.at(start + 1, () => woken.push('due'));
    clock.at(start + hour, () => woken.push('later'));
    clock.advance(1);
    clock.stop();
    clock.advance(2 * hour);
    clock.at(clock.now(), () => woken.push('new'));
    await until(() => woken.length > 0);
    assert.deepEqual(woken, ['new']);
  });
});
