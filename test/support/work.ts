import type { Clock } from '../../server/ports/clock.ts';
import type { StraightWork } from '../../server/store/batch-worker.ts';
import type { Store } from '../../server/store/connect.ts';
import { claimWork, retryWork, workDone } from '../../server/store/work.ts';
import type { WorkHandlers } from '../../server/store/worker.ts';

/** Does all work that is due, again and again until none is, without a worker's timers; first what can be done straight. Work that fails waits a second. Returns the failures. */
export async function workUntilQuiet(store: Store, clock: Clock, handlers: WorkHandlers, straight: readonly StraightWork[] = []): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let round = 0; round < 50; round++) {
    const claim = { now: clock.now(), limit: 50, leaseMs: 60_000, owner: `round-${round}-${failures.length}` };
    const next = await Promise.all(straight.map((work) => work({ ...claim, does: (kind) => kind in handlers }).catch((error: unknown) => (failures.push(error), { next: [] }))));
    const items = [...next.flatMap((each) => each.next), ...(await claimWork(store.db, { ...claim, kinds: Object.keys(handlers) }))];
    if (items.length === 0) return failures;
    for (const item of items) {
      try {
        const again = await handlers[item.kind]?.(item);
        if (again) await retryWork(store.db, item, again.againAt, null, again.payload);
        else await workDone(store.db, item);
      } catch (error) {
        failures.push(error);
        await retryWork(store.db, item, clock.now() + 1_000, String(error));
      }
    }
  }
  throw new Error('work never ends');
}
