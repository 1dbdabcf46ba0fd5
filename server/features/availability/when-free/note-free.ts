import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { waitedForAmong } from './rows.ts';

/** Something about them may have changed: whoever waits until they are free is told. Costs one question to the database while nobody waits. */
export async function noteFree(deps: AvailabilityDeps, db: Queries, tenantId: string, personIds: readonly string[], dueAt: number): Promise<void> {
  const waitedFor = await waitedForAmong(db, tenantId, personIds, deps.clock.now());
  await putWork(db, ...waitedFor.map((key) => ({ tenantId, kind: 'availability.free', key, dueAt })));
}
