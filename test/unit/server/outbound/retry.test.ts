import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createLabClock } from '../../../../lab/clock.ts';
import { TheirError, UserError } from '../../../../server/domain/errors.ts';
import type { TheirFault } from '../../../../server/domain/errors.ts';
import { pauseBefore, shortRetry, withRetry } from '../../../../server/outbound/retry.ts';
import type { Repeat } from '../../../../server/outbound/retry.ts';

function failing(fault: TheirFault, retryAfterMs?: number): TheirError {
  return new TheirError('graph', fault, 'no', retryAfterMs === undefined ? {} : { retryAfterMs });
}

describe('retry', () => {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const pauses: number[] = [];
  after(() => clock.stop());
  beforeEach(() => pauses.splice(0));

  function onRetry(_: TheirError, __: number, pauseMs: number): void {
    pauses.push(pauseMs);
    setImmediate(() => clock.advance(pauseMs));
  }

  async function tries(repeat: Repeat, outcomes: (Error | string)[], random = () => 0.5): Promise<{ value?: string; error?: unknown; calls: number }> {
    let calls = 0;
    try {
      const value = await withRetry({ clock, policy: shortRetry, repeat, random, onRetry }, async () => {
        const outcome = outcomes[calls++] ?? 'beyond the script';
        if (outcome instanceof Error) throw outcome;
        return outcome;
      });
      return { value, calls };
    } catch (error) {
      return { error, calls };
    }
  }

  it('repeats a passing failure until it succeeds, with growing pauses', async () => {
    assert.deepEqual(await tries('always', [failing('no-answer'), failing('unavailable'), 'done']), { value: 'done', calls: 3 });
    assert.deepEqual(pauses, [125, 250]);
  });

  it('gives up after the last attempt with the last error', async () => {
    const last = failing('unavailable');
    assert.deepEqual(await tries('always', [failing('no-answer'), failing('no-answer'), last, 'too late']), { error: last, calls: 3 });
  });

  it('never repeats what will not pass by itself', async () => {
    for (const fault of ['denied', 'gone', 'refused', 'unreadable'] as const) assert.equal((await tries('always', [failing(fault), 'x'])).calls, 1, fault);
    assert.equal((await tries('always', [new UserError(400, { code: 'x', message: 'x' }), 'x'])).calls, 1);
  });

  it('does nothing twice that may not be done twice', async () => {
    assert.equal((await tries('never', [failing('throttled'), 'x'])).calls, 1);
    assert.equal((await tries('if-refused', [failing('no-answer'), 'x'])).calls, 1);
    assert.equal((await tries('if-refused', [failing('throttled'), 'x'])).value, 'x');
  });

  it('waits at least as long as they asked, and hands on a wait that is too long', async () => {
    assert.equal((await tries('always', [failing('throttled', 3_000), 'x'])).value, 'x');
    assert.deepEqual(pauses, [3_125]);
    const tooLong = failing('throttled', 600_000);
    assert.deepEqual(await tries('always', [tooLong, 'x']), { error: tooLong, calls: 1 });
  });

  it('stops waiting when the caller gives up', async () => {
    const stop = new AbortController();
    const call = withRetry({ clock, policy: shortRetry, repeat: 'always', random: () => 0.9, signal: stop.signal }, () => Promise.reject(failing('no-answer')));
    setImmediate(() => stop.abort(new Error('shutting down')));
    await assert.rejects(call, /shutting down/);
  });

  it('draws each pause from the whole range under the ceiling, whatever the attempt', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(10_000), (attempt, draw, asked) => {
      const pause = pauseBefore(shortRetry, attempt, () => draw, asked);
      assert.ok(pause >= asked && pause < asked + Math.min(shortRetry.longestDelayMs, 250 * 2 ** (attempt - 1)));
    }));
  });
});
