import assert from 'node:assert/strict';
import type { GraphCall } from '../../../../../server/connectors/graph/client/call.ts';
import { createWorkloads } from '../../../../../server/connectors/graph/client/budgets.ts';
import { graphConfig } from '../../../../../server/connectors/graph/index.ts';
import type { Clock } from '../../../../../server/ports/clock.ts';

const config = graphConfig.parse({ type: 'graph', instance: 'm365', tenantId: '11111111-1111-4111-8111-111111111111', clientId: '22222222-2222-4222-8222-222222222222', clientSecretEnv: 'SECRET', notificationUrl: 'https://tieline.contoso.test/hooks/m365' });

/** How long a network may hold a call up, ms. */
const lateMs = 1_000;

/** A clock that goes from sleeper to sleeper, so that no instant is missed. */
function leapingClock(): Clock & { leap(): void } {
  let now = Date.UTC(2026, 10, 21, 9);
  const sleepers = new Map<() => void, number>();
  function at(instant: number, fn: () => void): () => void {
    sleepers.set(fn, instant);
    return () => void sleepers.delete(fn);
  }
  return {
    now: () => now, at,
    sleep: (ms) => new Promise((resolve) => at(now + ms, resolve)),
    leap() {
      now = Math.max(now, Math.min(...sleepers.values()));
      for (const [fn, instant] of sleepers) {
        if (instant > now) continue;
        sleepers.delete(fn);
        fn();
      }
    },
  };
}

/** When those who always want more may send, in one window and a half. */
async function sendings(use: GraphCall['budget'], windowMs: number): Promise<number[]> {
  const clock = leapingClock();
  const budgets = createWorkloads({ config, clock });
  const until = clock.now() + 1.5 * windowMs;
  const sent: number[] = [];
  async function greedy(): Promise<void> {
    while (clock.now() < until) await budgets.run(use, async () => void sent.push(clock.now()), { cost: 1 });
  }
  const state = { isOver: false };
  const all = Promise.all(Array.from({ length: 8 }, greedy)).finally(() => (state.isOver = true));
  const leaping = (async () => {
    while (!state.isOver) {
      await new Promise(setImmediate);
      clock.leap();
    }
  })();
  await Promise.all([all, leaping]);
  return sent;
}

/** The most that can arrive in one window when those sent before it may come as late as that. */
function mostArriving(sent: readonly number[], windowMs: number): number {
  let [most, first] = [0, 0];
  for (const [last, at] of sent.entries()) {
    while (at - (sent[first] ?? at) >= windowMs + lateMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('graph: the budget of one mailbox', () => {
  it('never more than Graph grants arrive in any ten minutes, though each call may come up to a second late, and little is left unused', async () => {
    const windowMs = 600_000;
    const most = mostArriving(await sendings({ workload: 'mailbox', mailbox: 'ada' }, windowMs), windowMs);
    // learn.microsoft.com/graph/throttling-limits.
    assert.ok(most <= 10_000, `${most} of 10,000`);
    assert.ok(most > 9_000, `${most} of 10,000`);
  });
});
