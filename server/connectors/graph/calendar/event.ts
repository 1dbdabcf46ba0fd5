import type { CalendarAttendee, CalendarEvent, CalendarPerson, MailboxRef, Sensitivity, ShowAs } from '../../../domain/calendar.ts';
import { onlyKeyword } from '../../../domain/booking-keyword.ts';
import { onlyJoinLinks } from './private-text.ts';
import { recurrenceEnd } from './recurrence-end.ts';
import type { EventRow } from '../schema.ts';
import { instantOf, onDay, timestampOf } from '../times.ts';
import { ianaZone } from '../../../domain/zones.ts';

/** What an event is read with. */
export interface EventReading {
  mailbox: MailboxRef;
  /** What join links begin with: all that is kept of a private event's texts. */
  joinBase: string;
  /** The booking keyword: kept of a private event's place, too. Null when there is none. */
  keyword: string | null;
}

const sensitivities: Readonly<Record<string, Sensitivity>> = { normal: 'normal', personal: 'personal', private: 'private', confidential: 'confidential' };
const shownAs: Readonly<Record<string, ShowAs>> = { free: 'free', tentative: 'tentative', busy: 'busy', oof: 'oof', workingelsewhere: 'workingElsewhere' };
const kinds: Readonly<Record<string, CalendarEvent['kind']>> = { singleinstance: 'single', occurrence: 'occurrence', exception: 'exception', seriesmaster: 'seriesMaster' };

/** True when a row has all that an event needs; an occurrence in a delta has not. */
export function isWhole(row: EventRow): boolean {
  return row.iCalUId !== '' && row.body != null && row.organizer != null && row.start != null && row.end != null;
}

/** True when the row is part of a series without being its master. */
export function isPart(row: EventRow): boolean {
  return row.seriesMasterId != null && row.type !== 'seriesmaster';
}

/**
 * An event of Graph in our words; null when its times cannot be read. `master` fills what an occurrence's row leaves out.
 * Of a private (or confidential) event only our own join links are kept, in the body, or in the location if they stand there: without them nobody could tell
 * that its conference still stands in the calendar; they name nothing but our own conference. And the booking keyword, which says nothing but that one is wanted. Subject, place and text never come further than this function.
 */
export function toEvent(row: EventRow, { mailbox, joinBase, keyword }: EventReading, master: EventRow | null = null): CalendarEvent | null {
  const told = completed(row, master);
  const timeZone = ianaZone(told.originalStartTimeZone) ?? 'UTC';
  const startsAt = told.start ? instantOf(told.start, told.isAllDay, timeZone) : null;
  const endsAt = told.end ? instantOf(told.end, told.isAllDay, timeZone) : null;
  if (startsAt === null || endsAt === null) return null;
  const kind = kinds[told.type] ?? (told.recurrence ? 'seriesMaster' : told.seriesMasterId ? 'occurrence' : 'single');
  const isSensitive = told.sensitivity === 'private' || told.sensitivity === 'confidential';
  const text = (all: string): string => (isSensitive ? onlyJoinLinks(all, joinBase) : all);
  const place = told.location?.displayName ?? '';
  const isHtml = told.body?.contentType === 'html' && !isSensitive;
  return {
    mailbox,
    id: told.id,
    iCalUId: told.iCalUId,
    kind,
    seriesMasterId: kind === 'occurrence' || kind === 'exception' ? (told.seriesMasterId ?? null) : null,
    startsAt,
    endsAt,
    timeZone,
    originalStart: kind === 'occurrence' || kind === 'exception' ? originalStartOf(told, master, startsAt, timeZone) : null,
    isAllDay: told.isAllDay,
    subject: isSensitive ? '' : told.subject,
    body: { format: isHtml ? 'html' : 'text', content: text(told.body?.content ?? '') },
    location: isSensitive ? [text(place), onlyKeyword(place, keyword)].filter((each) => each !== '').join('; ') : place,
    organizer: person(told.organizer),
    isOrganizer: told.isOrganizer,
    attendees: (told.attendees ?? []).map(attendee),
    isCancelled: told.isCancelled,
    isDraft: told.isDraft,
    isPrivate: isSensitive,
    sensitivity: sensitivities[told.sensitivity] ?? 'normal',
    showAs: shownAs[told.showAs] ?? 'unknown',
    response: told.isOrganizer ? 'organizer' : answerOf(told.responseStatus?.response),
    categories: told.categories ?? [],
    isOnlineMeeting: told.isOnlineMeeting,
    recurrenceEnd: kind === 'seriesMaster' && told.recurrence ? recurrenceEnd(told.recurrence, startsAt, endsAt, timeZone) : null,
    modifiedAt: timestampOf(told.lastModifiedDateTime) ?? 0,
    version: told['@odata.etag'] ?? '',
  };
}

/** An occurrence's row in a delta has ids and times of its own; the rest is its master's. */
function completed(row: EventRow, master: EventRow | null): EventRow {
  if (!master || isWhole(row)) return row;
  const { id, type, seriesMasterId, occurrenceId, start, end, originalStart } = row;
  return { ...master, recurrence: null, id, type, seriesMasterId, occurrenceId, start, end, originalStart, '@odata.etag': row['@odata.etag'] ?? master['@odata.etag'] };
}

/**
 * Where the pattern would have put it: told; or, for one that nobody changed, where it is; or the day in its occurrence id (`OID.<series>.<yyyy-MM-dd>`) at the
 * master's time of day. Null when none of these is known.
 */
function originalStartOf(row: EventRow, master: EventRow | null, startsAt: number, zone: string): number | null {
  const told = timestampOf(row.originalStart);
  if (told !== null) return row.isAllDay ? instantOf({ dateTime: new Date(told).toISOString(), timeZone: 'UTC' }, true, zone) : told;
  if (row.type === 'occurrence') return startsAt;
  const date = /\.(\d{4}-\d{2}-\d{2})$/.exec(row.occurrenceId ?? '')?.[1];
  if (date === undefined || !master?.start) return null;
  const masterZone = ianaZone(master.originalStartTimeZone) ?? 'UTC';
  const masterStart = instantOf(master.start, master.isAllDay, masterZone);
  return masterStart === null ? null : onDay(date, masterStart, masterZone);
}

function person(recipient: { emailAddress?: { name: string; address: string } | null | undefined } | null | undefined): CalendarPerson {
  return { name: recipient?.emailAddress?.name ?? '', address: recipient?.emailAddress?.address ?? '' };
}

const responses: Readonly<Record<string, CalendarAttendee['response']>> = { accepted: 'accepted', declined: 'declined', tentativelyaccepted: 'tentative' };

function answerOf(response: string | undefined): CalendarAttendee['response'] {
  return responses[response ?? ''] ?? 'none';
}

function attendee(row: NonNullable<EventRow['attendees']>[number]): CalendarAttendee {
  const kind = row.type === 'optional' || row.type === 'resource' ? row.type : 'required';
  return { ...person(row), kind, response: answerOf(row.status?.response) };
}
