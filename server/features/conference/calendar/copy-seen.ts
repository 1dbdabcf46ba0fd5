import { eventKey } from '../../../calendars/index.ts';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { putWork } from '../../../store/work.ts';
import type { ConferenceDeps } from '../deps.ts';

/** How long a copied meeting is left in peace, ms: who cuts and pastes has two of them for a moment, and who copies is still writing. Ours. */
export const copySettlesMs = 2 * 60_000;

/** A second living event carries the link of a conference that holds its own event. */
export async function copySeen(deps: ConferenceDeps, tenantId: string, conferenceId: string, event: CalendarEvent): Promise<void> {
  const key = `${conferenceId}/${eventKey(event.mailbox, event.id)}`;
  await putWork(deps.store.db, { tenantId, kind: 'conference.copy', key, dueAt: deps.clock.now() + copySettlesMs, unlessEarlier: true });
}
