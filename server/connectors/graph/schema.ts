import { z } from 'zod';

/**
 * What we read of Graph's answers; everything else in them is dropped here. Texts come from strangers: control characters go (PostgreSQL stores no NUL, and a
 * name may not rewrite the line it stands in), and no text is longer than Outlook lets people write it.
 */

/** Control characters and bidirectional overrides out, one line. */
function line(longest: number): z.ZodType<string> {
  return z.string().nullish().transform((text) => (text ?? '').replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim().slice(0, longest));
}

/** Many lines: only tabs and line ends are left of the control characters. */
const manyLines = z.string().nullish().transform((text) => (text ?? '').replaceAll(/[^\P{Cc}\t\r\n]/gu, ''));

const id = z.string().min(1).max(2_048);
const word = z.string().nullish().transform((text) => (text ?? '').toLowerCase());
const flag = z.boolean().nullish().transform((value) => value ?? false);

const dateTime = z.object({ dateTime: z.string().max(64), timeZone: z.string().max(128).nullish() });
const emailAddress = z.object({ name: line(256), address: line(320).transform((text) => text.toLowerCase()) });
const recipient = z.object({ emailAddress: emailAddress.nullish() });

const recurrence = z.object({
  pattern: z.object({
    type: word,
    interval: z.number().int().min(1).max(1_000).nullish().catch(1),
    daysOfWeek: z.array(word).nullish(),
    firstDayOfWeek: word,
    dayOfMonth: z.number().int().nullish(),
    month: z.number().int().nullish(),
  }),
  range: z.object({ type: word, startDate: z.string().max(32), endDate: z.string().max(32).nullish(), numberOfOccurrences: z.number().int().nullish(), recurrenceTimeZone: z.string().max(128).nullish() }),
});

/** An event in any of the forms that Graph gives: whole, or an occurrence's few fields in a delta. */
export const eventRow = z.object({
  id,
  '@odata.etag': z.string().max(256).nullish(),
  iCalUId: line(1_024),
  type: word,
  seriesMasterId: id.nullish(),
  occurrenceId: z.string().max(4_096).nullish(),
  start: dateTime.nullish(),
  end: dateTime.nullish(),
  originalStart: z.string().max(64).nullish(),
  originalStartTimeZone: z.string().max(128).nullish(),
  isAllDay: flag,
  subject: line(1_024),
  body: z.object({ contentType: word, content: manyLines }).nullish(),
  location: z.object({ displayName: line(2_048) }).nullish(),
  organizer: recipient.nullish(),
  isOrganizer: flag,
  attendees: z.array(recipient.extend({ type: word, status: z.object({ response: word }).nullish() })).max(10_000).nullish(),
  isCancelled: flag,
  isDraft: flag,
  sensitivity: word,
  showAs: word,
  responseStatus: z.object({ response: word }).nullish(),
  categories: z.array(line(255)).max(100).nullish().catch([]),
  isOnlineMeeting: flag,
  recurrence: recurrence.nullish(),
  lastModifiedDateTime: z.string().max(64).nullish(),
});

export type EventRow = z.output<typeof eventRow>;
export type RecurrenceRow = z.output<typeof recurrence>;

/** Fields asked for wherever Graph lets us choose; `originalStart` comes only when it is named. */
export const eventFields = [
  'id', 'iCalUId', 'type', 'seriesMasterId', 'start', 'end', 'originalStart', 'originalStartTimeZone', 'isAllDay', 'subject', 'body', 'location', 'organizer',
  'isOrganizer', 'attendees', 'isCancelled', 'isDraft', 'sensitivity', 'showAs', 'responseStatus', 'categories', 'isOnlineMeeting', 'recurrence', 'lastModifiedDateTime',
].join(',');

/** The same without anything that a person wrote, and without who else is there (P13). */
export const timeFields = [
  'id', 'iCalUId', 'type', 'seriesMasterId', 'start', 'end', 'originalStart', 'originalStartTimeZone', 'isAllDay', 'isOrganizer', 'isCancelled', 'sensitivity', 'showAs', 'responseStatus',
].join(',');

export const userRow = z.object({
  id,
  displayName: line(256),
  mail: z.string().max(320).nullish(),
  proxyAddresses: z.array(z.string().max(512)).nullish(),
});

export type UserRow = z.output<typeof userRow>;

export const userFields = 'id,displayName,mail,proxyAddresses';

export const subscriptionRow = z.object({
  id: z.string().min(1).max(256),
  expirationDateTime: z.string().max(64),
  resource: z.string().max(2_048).nullish(),
  notificationUrl: z.string().max(2_048).nullish(),
});

export type SubscriptionRow = z.output<typeof subscriptionRow>;

/** What Graph sends to our doors. Only what we act on. */
export const notice = z.object({
  clientState: z.string().max(128).nullish(),
  tenantId: z.string().max(64).nullish(),
  changeType: word,
  lifecycleEvent: word,
  resourceData: z.object({ id: z.string().nullish() }).nullish(),
});

export const notices = z.object({ value: z.array(z.unknown()).max(10_000) });
