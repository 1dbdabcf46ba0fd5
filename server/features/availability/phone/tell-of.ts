import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { noteFree } from '../when-free/note-free.ts';

/** These people's states are others than phones and panes show: puts the work that tells them, in the transaction that writes the states. */
export async function tellOf(deps: AvailabilityDeps, tx: Queries, tenantId: string, told: readonly { personId: string; isSpoken: boolean }[], now: number): Promise<void> {
  if (told.length === 0) return;
  await putWork(tx, ...told.flatMap(({ personId, isSpoken }) => ['availability.show', ...(isSpoken ? ['availability.greeting'] : [])].map((kind) => ({ tenantId, kind, key: personId, dueAt: now }))));
  deps.live.announce(tx, tenantId, ...told.map(({ personId }) => `availability:${personId}`));
  await noteFree(deps, tx, tenantId, told.map(({ personId }) => personId), now);
}
