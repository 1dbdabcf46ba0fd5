import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { withDeadline } from '../../../../server/outbound/deadline.ts';

const start = Date.UTC(2026, 10, 21, 9);

describe('deadline of an outside call', () => {
  const clock = createLabClock({ startAt: start, paused: true });
  const limits = { clock, connector: 'pbx', what: 'AMI Ping', ms: 5_000 };
  after(() => clock.stop());

  it('gives the answer that came in time and forgets its timer', async () => {
    assert.equal(await withDeadline(limits, async () => 7), 7);
  });

  it('ends a call that never answers, names connector, call and time, and tells the call to stop', async () => {
    const told: unknown[] = [];
    const call = withDeadline(limits, (signal) => new Promise(() => signal.addEventListener('abort', () => told.push(signal.reason))));
    clock.advance(4_999);
    await clock.sleep(0);
    assert.equal(told.length, 0);
    clock.advance(1);
    await assert.rejects(call, (error: TheirError) => error.fault === 'no-answer' && error.passing && error.message === '[pbx] AMI Ping gave no answer within 5000 ms');
    assert.ok(told[0] instanceof TheirError);
  });

  it('hands on a failure as it is, also one thrown before the first await', async () => {
    const failure = new Error('refused');
    await assert.rejects(withDeadline(limits, () => Promise.reject(failure)), failure);
    await assert.rejects(withDeadline(limits, () => { throw failure; }), failure);
  });

  it('stops with the reason of the caller who gave up', async () => {
    const stop = new AbortController();
    const call = withDeadline({ ...limits, signal: stop.signal }, () => new Promise(() => undefined));
    stop.abort(new Error('shutting down'));
    await assert.rejects(call, /shutting down/);
    await assert.rejects(withDeadline({ ...limits, signal: stop.signal }, async () => 1), /shutting down/);
  });
});
