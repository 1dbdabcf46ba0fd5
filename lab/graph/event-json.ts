import { DateTime } from 'luxon';
import type { Attendee, Exchange, ExchangeEvent, Place, Recurrence, ResponseType } from '../exchange/index.ts';
import { ewsToRest, textOf } from '../exchange/index.ts';
import type { Json } from './json.ts';
import type { Preferences } from './prefer.ts';
import { dateTimeTimeZone, floatingDay, timestamp, toldZone } from './times.ts';

const never = '0001-01-01T00:00:00Z';

function status(response: ResponseType, at: number | null): Json {
  return { response, time: at === null ? never : timestamp(at) };
}

function attendee({ type, name, address, response, respondedAt }: Attendee): Json {
  return { type, status: status(response, respondedAt), emailAddress: { name, address } };
}

function location({ name, address }: Place): Json {
  const common = { displayName: name, locationType: address === undefined ? 'default' : 'conferenceRoom', uniqueId: address ?? name, uniqueIdType: address === undefined ? 'private' : 'directory' };
  return address === undefined ? common : { ...common, locationUri: address, locationEmailAddress: address };
}

function recurrence({ pattern, range }: Recurrence, zone: string): Json {
  return {
    pattern: { month: 0, dayOfMonth: 0, daysOfWeek: [], firstDayOfWeek: 'sunday', index: 'first', ...pattern },
    range: { type: range.type, startDate: range.startDate, endDate: range.endDate ?? '0001-01-01', recurrenceTimeZone: toldZone(range.timeZone ?? zone), numberOfOccurrences: range.numberOfOccurrences ?? 0 },
  };
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\r?\n/g, '<br>\r\n');
}

/** HTML unless text was asked for: Graph turns plain text into HTML on the way out. */
function body({ body: { type, content, unsafe } }: ExchangeEvent, { bodyType: wanted, allowsUnsafeHtml }: Preferences): Json {
  if (allowsUnsafeHtml && unsafe !== undefined) return { contentType: 'html', content: unsafe };
  if (wanted === 'text') return { contentType: 'text', content: textOf({ type, content }) };
  if (type === 'html' || content === '') return { contentType: 'html', content };
  return { contentType: 'html', content: `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${escapeText(content)}\r\n</body>\r\n</html>\r\n` };
}

/** Characters that `bodyPreview` shows. */
const previewLength = 255;

/** `OID.<series>.<yyyy-MM-dd>`: the id by which a series names an occurrence. The date is that of its original start in the series' zone. */
export function occurrenceId(seriesId: string, originalStart: number, zone: string): string {
  return `OID.${seriesId}.${DateTime.fromMillis(originalStart, { zone }).toISODate() ?? ''}`;
}

/** Ids of an event in the form that the caller prefers. */
export function idsOf(event: ExchangeEvent, exchange: Exchange, { immutableId }: Preferences): { id: string; seriesMasterId: string | null } {
  if (immutableId) return { id: event.id, seriesMasterId: event.seriesMasterId };
  const series = event.seriesMasterId === null ? undefined : exchange.read(event.mailboxId, event.seriesMasterId);
  return { id: event.restId, seriesMasterId: series?.restId ?? null };
}

export function etag({ changeKey }: ExchangeEvent): string {
  return `W/"${changeKey}"`;
}

/** Start and end; all-day ones float. */
export function timesOf({ start, end, zone, isAllDay }: ExchangeEvent, { timeZone }: Preferences): { start: Json; end: Json } {
  const told = (instant: number): Json => (isAllDay ? floatingDay(instant, zone, timeZone) : dateTimeTimeZone(instant, timeZone));
  return { start: told(start), end: told(end) };
}

/** The whole event as Graph tells it. Two members appear only when `$select` names them, as at Graph: see `selectable`. */
export function eventJson(event: ExchangeEvent, exchange: Exchange, prefer: Preferences): Json {
  const { id, seriesMasterId } = idsOf(event, exchange, prefer);
  const zone = toldZone(event.zone);
  return {
    '@odata.etag': etag(event), id, createdDateTime: timestamp(event.createdAt), lastModifiedDateTime: timestamp(event.modifiedAt), changeKey: event.changeKey,
    categories: event.categories, transactionId: event.transactionId, originalStartTimeZone: zone, originalEndTimeZone: zone, iCalUId: event.iCalUId,
    reminderMinutesBeforeStart: event.reminderMinutes, isReminderOn: event.isReminderOn, hasAttachments: false, subject: event.subject,
    bodyPreview: textOf(event.body).slice(0, previewLength), importance: event.importance, sensitivity: event.sensitivity, isAllDay: event.isAllDay,
    isCancelled: event.isCancelled, isOrganizer: event.isOrganizer, responseRequested: event.responseRequested, seriesMasterId, showAs: event.showAs, type: event.type,
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(ewsToRest(event.restId))}&exvsurl=1&path=/calendar/item`, onlineMeetingUrl: null,
    isOnlineMeeting: event.isOnlineMeeting, onlineMeetingProvider: event.isOnlineMeeting ? 'teamsForBusiness' : 'unknown', allowNewTimeProposals: event.allowNewTimeProposals,
    occurrenceId: seriesMasterId === null || event.originalStart === null ? null : occurrenceId(seriesMasterId, event.originalStart, event.zone),
    isDraft: event.isDraft, hideAttendees: event.hideAttendees, responseStatus: status(event.response.response, event.response.at),
    body: body(event, prefer), ...timesOf(event, prefer),
    location: event.locations[0] ? { ...location(event.locations[0]), displayName: event.locations.map(({ name }) => name).join('; ') } : { displayName: '', locationType: 'default', uniqueIdType: 'unknown', address: {}, coordinates: {} },
    locations: event.locations.map(location), recurrence: event.recurrence ? recurrence(event.recurrence, event.zone) : null,
    attendees: event.attendees.map(attendee), organizer: { emailAddress: event.organizer },
    onlineMeeting: event.isOnlineMeeting ? { joinUrl: `https://teams.microsoft.com/l/meetup-join/${event.iCalUId}` } : null,
  };
}

/** Members that Graph tells only when `$select` names them. */
export function selectable(event: ExchangeEvent, exchange: Exchange, prefer: Preferences): Json {
  const { id } = idsOf(event, exchange, prefer);
  return {
    originalStart: event.originalStart === null ? null : timestamp(event.originalStart),
    cancelledOccurrences: event.removedStarts.map((start) => occurrenceId(id, start, event.zone)),
  };
}

/** The stub that calendarView/delta gives for an occurrence without changes of its own (microsoft-graph-docs issue 7632). */
export function occurrenceStub(event: ExchangeEvent, exchange: Exchange, prefer: Preferences): Json {
  const { id, seriesMasterId } = idsOf(event, exchange, prefer);
  return { '@odata.type': '#microsoft.graph.event', '@odata.etag': etag(event), seriesMasterId, type: event.type, ...timesOf(event, prefer), id };
}
