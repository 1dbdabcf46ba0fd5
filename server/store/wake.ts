import type { Clock } from '../ports/clock.ts';
import type { Wake } from '../ports/wake.ts';
import type { Store } from './connect.ts';
import { putWork } from './work.ts';

/** Marks work as due now, in one insert. */
export function createWake(store: Store, tenantId: string, clock: Clock): Wake {
  return {
    mark: (keys) => putWork(store.db, ...keys.map(({ kind, key }) => ({ tenantId, kind, key, dueAt: clock.now() }))),
  };
}
