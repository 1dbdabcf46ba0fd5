import type { StraightClaim } from '../../../store/batch-worker.ts';
import type { Queries } from '../../../store/schema.ts';
import { putClaimed } from '../../../store/work-many.ts';
import { putWork, type WorkItem } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { noteFree } from '../when-free/note-free.ts';

const show = 'availability.show';

/**
 * These people's states are others than phones and panes show: puts the work that tells them, in the transaction that writes the states. With the claim of a worker that may tell phones, that work is the worker's,
 * and returned, to be done as soon as the transaction stands.
 */
export async function tellOf(deps: AvailabilityDeps, tx: Queries, tenantId: string, told: readonly { personId: string; isSpoken: boolean }[], now: number, claim?: StraightClaim): Promise<WorkItem[]> {
  if (told.length === 0) return [];
  const put = (kind: string) => ({ personId }: { personId: string }) => ({ tenantId, kind, key: personId, dueAt: now });
  const isClaimed = claim?.does(show) ?? false;
  await putWork(tx, ...(isClaimed ? [] : told.map(put(show))), ...told.filter(({ isSpoken }) => isSpoken).map(put('availability.greeting')));
  const next = claim && isClaimed ? await putClaimed(tx, told.map(put(show)), claim) : [];
  deps.live.announce(tx, tenantId, ...told.map(({ personId }) => `availability:${personId}`));
  await noteFree(deps, tx, tenantId, told.map(({ personId }) => personId), now);
  return next;
}
