import type { CalendarEvent } from '../../domain/calendar.ts';
import type { Conference, MeetingFacts } from './conference.ts';
import type { Happening } from './machine.ts';
import { seriesKey } from '../../domain/series-key.ts';

/**
 * What one reading of the calendar means for a conference. Pure: field by field, the newer change wins; time, subject and privacy belong to the calendar,
 * codes, passcode, lobby and language to the conference, so an edit of one never undoes an edit of the other (features.md A.3, 7).
 */
export type Reading =
  /** Nothing to learn: older than what we know, an unsent draft, or somebody else's copy. */
  | { kind: 'nothing'; reason: 'stale' | 'draft' | 'not-the-organizer' | 'other-mailbox' }
  /** A second living event carries this conference's link: a copied meeting. The first stays untouched. */
  | { kind: 'copy' }
  /** The calendar says that its own event is somebody else's now. */
  | { kind: 'new-organizer' }
  | { kind: 'happening'; happening: Happening; facts: MeetingFacts | null; binding: EventBinding | null };

/** How we find the event again. */
export interface EventBinding {
  eventId: string;
  eventVersion: string;
  eventModifiedAt: number | null;
  seriesKey: string;
}

/** `hasLink`: the conference's link stands in the body or the location of `event`. */
export function readCalendar(conference: Conference, event: CalendarEvent, hasLink: boolean): Reading {
  if (!conference.mailbox || conference.mailbox.instance !== event.mailbox.instance || conference.mailbox.id !== event.mailbox.id) {
    const isTheirOwn = hasLink && event.isOrganizer && conference.mailbox !== null && isLiving(event) && !conference.isStanding;
    return isTheirOwn && conference.eventId !== null ? { kind: 'copy' } : { kind: 'nothing', reason: 'other-mailbox' };
  }
  if (!event.isOrganizer) return conference.eventId === event.id && isLiving(event) ? { kind: 'new-organizer' } : { kind: 'nothing', reason: 'not-the-organizer' };
  const isBound = conference.eventId === event.id || conference.seriesKey === seriesKey(event.iCalUId);
  if (!isBound && !hasLink) return { kind: 'nothing', reason: 'stale' };
  if (!isBound && conference.eventId !== null && holdsItsEvent(conference)) return isLiving(event) ? { kind: 'copy' } : { kind: 'nothing', reason: 'draft' };
  if (isOlder(event, conference)) return { kind: 'nothing', reason: 'stale' };
  if (event.isCancelled) return { kind: 'happening', happening: 'cancelled-in-calendar', facts: null, binding: null };
  if (event.isDraft) return { kind: 'nothing', reason: 'draft' };
  const isOldNews = conference.confirmBy !== null && conference.eventVersion === event.version;
  if (isOldNews) return { kind: 'nothing', reason: 'stale' };
  if (!hasLink) return { kind: 'happening', happening: 'block-removed', facts: null, binding: null };
  return { kind: 'happening', happening: 'seen', facts: factsOf(event), binding: bindingOf(event) };
}

/**
 * Two readings of one event may come home in the wrong order: two processes, or a sweep and a notice. The calendar's own stamps decide, so no clock of ours is in it and
 * skew cannot matter. Equal stamps (they may be as coarse as a second) count as new: an old reading under the same stamp is mended by the next one, a new one must not be missed.
 */
function isOlder(event: CalendarEvent, { eventId, eventModifiedAt }: Conference): boolean {
  return eventId === event.id && eventModifiedAt !== null && event.modifiedAt > 0 && event.modifiedAt < eventModifiedAt;
}

function isLiving({ isCancelled, isDraft }: CalendarEvent): boolean {
  return !isCancelled && !isDraft;
}

/** A conference that was never sent, or whose event is gone, may take the event that now carries its link. */
function holdsItsEvent(conference: Conference): boolean {
  return conference.state === 'scheduled' || conference.state === 'live' || conference.state === 'ended';
}

function bindingOf(event: CalendarEvent): EventBinding {
  return { eventId: event.id, eventVersion: event.version, eventModifiedAt: event.modifiedAt > 0 ? event.modifiedAt : null, seriesKey: seriesKey(event.iCalUId) };
}

/** The fields that belong to the calendar. A private meeting's subject is never kept (promise 5). */
export function factsOf(event: CalendarEvent): MeetingFacts {
  const isSeries = event.kind === 'seriesMaster';
  return {
    subject: event.isPrivate ? null : event.subject,
    isPrivate: event.isPrivate,
    isSeries,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    closesAt: isSeries ? event.recurrenceEnd : event.endsAt,
  };
}
