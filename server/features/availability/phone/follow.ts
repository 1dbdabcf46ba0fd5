import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { dropEvents, idsBetween } from '../calendar/event-rows.ts';
import { reasons } from '../calendar/heard.ts';

/**
 * Watches somebody's calendar as they want it: with its events, with their times only (P13), or not at all where the calendar does not drive the phone. What another wish had
 * brought here is forgotten; the watch reads anew what is wanted now.
 */
export async function follow(deps: AvailabilityDeps, tx: Queries, tenantId: string, personId: string): Promise<void> {
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  if (!mailbox) return;
  const { followsCalendar, calendarDetail } = await deps.policyOf(tenantId, personId);
  const wanted = followsCalendar ? reasons[calendarDetail] : null;
  const standing = (await deps.calendars.reasonsOf(tenantId, mailbox)).filter((reason) => Object.values<string>(reasons).includes(reason));
  const outdated = standing.filter((reason) => reason !== wanted);
  if (outdated.length > 0) {
    await dropEvents(tx, tenantId, mailbox, await idsBetween(tx, tenantId, mailbox, 0, Date.parse('9999-01-01')));
    await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
  }
  if (wanted) await deps.calendars.watch(tx, tenantId, mailbox, wanted);
  for (const reason of outdated) await deps.calendars.letGo(tx, tenantId, mailbox, reason);
}
