import type { CalendarEvent } from '../../../domain/calendar.ts';
import { changeConference } from '../apply.ts';
import { watchReason, type Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';

/**
 * The event that a conference is bound to says that somebody else organizes it now: the conference goes with it, codes and all. Believed only because it is the bound event
 * itself, in the calendar that we read, that says so: nobody can take a conference over by copying its link. An organizer whom we do not know changes nothing.
 * Whoever booked it did so for the organizer of before: they have no more say in it than anybody else, until the new one gives them a part.
 */
export async function organizerChanged(deps: ConferenceDeps, { tenantId, id, ownerAddress }: Conference, event: CalendarEvent): Promise<void> {
  if (event.organizer.address === '' || event.organizer.address === ownerAddress.toLowerCase()) return;
  const owner = await deps.personByAddress(tenantId, event.organizer.address);
  const mailbox = owner ? await deps.mailboxOf(tenantId, owner.personId) : null;
  if (!owner || !mailbox) {
    deps.log.warn({ conferenceId: id }, 'the meeting of a conference has an organizer whom nobody here knows');
    return;
  }
  await deps.store.transaction((tx) => deps.calendars.watch(tx, tenantId, mailbox, watchReason));
  await changeConference(deps, 'seen.write', tenantId, id, (before) =>
    before.eventId === event.id
      ? { why: 'organizer-changed', fields: { ownerId: owner.personId, bookerId: owner.personId, ownerName: owner.name, ownerAddress: owner.address, mailbox: { instance: mailbox.instance, id: mailbox.id }, eventId: null, eventVersion: null, eventModifiedAt: null } }
      : null,
  );
}
