import type { Together } from '../../../../contract/people/people.ts';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import type { AvailabilityDeps } from '../deps.ts';

/** How far ahead the next meeting of two people is looked for: a week, as far as "next" still means something. */
const aheadMs = 7 * 24 * 60 * 60_000;

/**
 * The next meeting in which both are. It is read in the viewer's own calendar and in no other: nobody learns of a meeting that they are not in. Kept nowhere. Null where there is none,
 * no calendar, or one of which only times may be read. Throws TheirError.
 */
export async function nextTogether(deps: AvailabilityDeps, tenantId: string, viewer: string, address: string): Promise<Together | null> {
  const [mailbox, policy] = await Promise.all([deps.people.mailboxOf(tenantId, viewer), deps.policyOf(tenantId, viewer)]);
  if (!mailbox || policy.calendarDetail === 'times') return null;
  const now = deps.clock.now();
  return firstWith(await deps.calendars.source(mailbox.instance).between(mailbox, { from: now, to: now + aheadMs }), address, now);
}

/** Of the viewer's own events. Pure. */
export function firstWith(events: readonly CalendarEvent[], address: string, now: number): Together | null {
  const both = events
    .filter((event) => event.kind !== 'seriesMaster' && !event.isCancelled && !event.isDraft && event.response !== 'declined' && event.endsAt > now && peopleIn(event).has(address))
    .toSorted((a, b) => a.startsAt - b.startsAt);
  const [first] = both;
  if (!first) return null;
  return {
    startsAt: new Date(first.startsAt).toISOString(), endsAt: new Date(first.endsAt).toISOString(),
    // Private ones come without; the viewer knows what it is.
    subject: first.isPrivate || first.subject.trim() === '' ? null : first.subject,
    others: peopleIn(first).size - 1,
  };
}

/** Everybody who is invited or invites, the viewer too; rooms are nobody. */
function peopleIn({ organizer, attendees }: CalendarEvent): Set<string> {
  return new Set([organizer.address, ...attendees.flatMap((each) => (each.kind === 'resource' || each.response === 'declined' ? [] : each.address))].filter((each) => each !== ''));
}
