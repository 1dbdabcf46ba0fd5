import assert from 'node:assert/strict';
import { createWorkloads } from '../../../../../server/connectors/graph/client/budgets.ts';
import { graphConfig } from '../../../../../server/connectors/graph/config.ts';
import type { Clock } from '../../../../../server/ports/clock.ts';
import { clientId, startAt, tenantId } from './scripted.ts';

/** What Graph grants an app in one tenant, in any stretch of so long (learn.microsoft.com/graph/throttling-limits, 2026-09). */
const granted = [
  { workload: 'subscriptions', calls: 1_000, perMs: 20_000 },
  { workload: 'presence', calls: 1_500, perMs: 30_000 },
] as const;

/** How much later than others a call may arrive, ms. */
const lateMs = 1_000;

/** A clock that goes from one alarm to the next, however far that is. */
function leapingClock(): Clock & { leapTo(instant: number): Promise<void> } {
  let now = startAt;
  const alarms = new Set<{ instant: number; fn: () => void }>();
  function at(instant: number, fn: () => void): () => void {
    const alarm = { instant, fn };
    alarms.add(alarm);
    return () => alarms.delete(alarm);
  }
  return {
    at,
    now: () => now,
    sleep: (ms) => new Promise((resolve) => void at(now + ms, resolve)),
    async leapTo(end) {
      const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      for (await settled(); alarms.size > 0; await settled()) {
        const next = [...alarms].reduce((least, { instant }) => Math.min(least, instant), Infinity);
        if (next > end) break;
        now = Math.max(now, next);
        for (const alarm of alarms) if (alarm.instant <= now && alarms.delete(alarm)) alarm.fn();
      }
      now = end;
    },
  };
}

/** Most that can come together in a stretch: what was sent in it, and what was sent up to a second before and held up until it began. */
function mostTogether(sentAt: readonly number[], perMs: number): number {
  let [most, first] = [0, 0];
  for (const [last, at] of sentAt.entries()) {
    while ((sentAt[first] ?? at) <= at - perMs - lateMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('graph: budgets', () => {
  for (const { workload, calls, perMs } of granted) {
    it(`${workload}: never more than Graph grants in any stretch, although calls arrive up to a second later than they were sent`, async () => {
      const clock = leapingClock();
      const workloads = createWorkloads({ config: graphConfig.parse({ type: 'graph', instance: 'm365', tenantId, clientId, clientSecretEnv: 'SECRET' }), clock });
      const sentAt: number[] = [];
      // More than can be sent, all at once; then rests of several lengths, after each of which the budget has something for a burst.
      const crowd = calls * 1.2;
      for (const restMs of [1_000, perMs, 0]) {
        const asked = Array.from({ length: crowd }, () => workloads.run({ workload }, async () => void sentAt.push(clock.now()), { cost: 1 }));
        await clock.leapTo(clock.now() + 2 * perMs);
        await Promise.all(asked);
        await clock.leapTo(clock.now() + restMs);
      }
      assert.equal(sentAt.length, 3 * crowd);
      const most = mostTogether(sentAt, perMs);
      assert.ok(most <= calls, `${most} can arrive in ${perMs / 1_000} s, ${calls} are granted`);
      assert.ok(most >= 0.9 * calls, `only ${most} of ${calls} that are granted are used`);
    });
  }
});
