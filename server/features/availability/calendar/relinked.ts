import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Queries } from '../../../store/schema.ts';
import { putWork, type WorkPut } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { dropDot } from '../phone/target-rows.ts';
import { findPersonState, forgetAbsence } from '../rows.ts';
import { dropEventsOf } from './event-rows.ts';
import { reasons } from './heard.ts';

/**
 * Another mailbox counts as somebody's, or a first one does: in the transaction that says so, the states of the old calendar go, and the work is put that follows the new one. Whoever has no line and was never seen
 * here is left alone: looking at an address makes nobody followed.
 */
export async function mailboxChanged(deps: AvailabilityDeps, tx: Queries, tenantId: string, { personId, was }: { personId: string; was: readonly MailboxRef[] }): Promise<void> {
  const now = deps.clock.now();
  const [lines, known] = [await deps.people.linesOf(tenantId, personId), await findPersonState(tx, tenantId, personId)];
  if (was.length === 0 && lines.length === 0 && known === null) return;
  const work = (kind: string, key: string): WorkPut => ({ tenantId, kind: `availability.${kind}`, key, dueAt: now });
  for (const mailbox of was) {
    await dropEventsOf(tx, tenantId, mailbox);
    for (const reason of Object.values(reasons)) await deps.calendars.letGo(tx, tenantId, mailbox, reason);
  }
  await forgetAbsence(tx, tenantId, personId);
  const wasInCall = await dropDot(tx, tenantId, personId);
  await putWork(
    tx, work('follow', personId), work('person', personId), ...deps.absences.map(({ instance }) => work('absences', instance)),
    // A call that goes on is told in the new name, and no longer in the old one.
    ...(wasInCall ? [work('dot', personId), ...was.map(({ instance, id }) => work('undot', `${instance}/${id}`))] : []),
  );
}
