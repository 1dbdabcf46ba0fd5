import type { Attendee, Draft, ItemBody, Place, Recurrence, RecurrencePattern, RecurrenceRange } from '../exchange/index.ts';
import { badRequest } from './errors.ts';
import { field, isRecord, listField, textField } from './json.ts';
import type { Json } from './json.ts';
import { readProperties } from './properties.ts';
import { readDateTimeTimeZone, zoneOf } from './times.ts';

/** Values in the spelling of the model, whatever case a client writes. */
const enums = {
  sensitivity: ['normal', 'personal', 'private', 'confidential'],
  showAs: ['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere'],
  importance: ['low', 'normal', 'high'],
  attendeeType: ['required', 'optional', 'resource'],
  pattern: ['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly'],
  range: ['endDate', 'noEnd', 'numbered'],
  weekday: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  index: ['first', 'second', 'third', 'fourth', 'last'],
} as const;

function enumValue<T extends string>(known: readonly T[], value: unknown): T | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const found = known.find((each) => each.toLowerCase() === text.toLowerCase());
  if (!found) throw badRequest('RequestBodyRead', `Requested value '${text}' was not found.`);
  return found;
}

/** Properties of an event that a client may send; others are refused, as Graph does. Read-only ones are taken and forgotten. */
const known = new Set([
  'subject', 'body', 'start', 'end', 'location', 'locations', 'attendees', 'recurrence', 'sensitivity', 'showas', 'importance', 'categories', 'isallday', 'isreminderon',
  'reminderminutesbeforestart', 'responserequested', 'hideattendees', 'allownewtimeproposals', 'isonlinemeeting', 'onlinemeetingprovider', 'transactionid',
  'singlevalueextendedproperties', 'multivalueextendedproperties', 'extensions', 'attachments', 'id', 'originalstarttimezone', 'originalendtimezone', 'icaluid', 'changekey',
  'createddatetime', 'lastmodifieddatetime', 'hasattachments', 'bodypreview', 'iscancelled', 'isorganizer', 'isdraft', 'seriesmasterid', 'type', 'weblink', 'onlinemeetingurl',
  'onlinemeeting', 'responsestatus', 'organizer', 'originalstart', 'occurrenceid', 'cancelledoccurrences',
]);

function refuseUnknown(body: Json): void {
  const unknown = Object.keys(body).find((name) => !name.includes('@') && !known.has(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest('RequestBodyRead', `The property '${unknown}' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.`);
}

function bodyOf(value: unknown): ItemBody | undefined {
  if (!isRecord(value)) return undefined;
  return { type: textField(value, 'contentType')?.toLowerCase() === 'text' ? 'text' : 'html', content: textField(value, 'content') ?? '' };
}

function place(value: unknown): Place {
  const address = textField(value, 'locationEmailAddress');
  const name = textField(value, 'displayName') ?? '';
  return address ? { name, address } : { name };
}

/** `locations` wins over `location`; an empty name clears. */
function placesOf(body: Json): Place[] | undefined {
  const single = field(body, 'location');
  const list = listField(body, 'locations') ?? (isRecord(single) ? [single] : undefined);
  return list?.map(place).filter(({ name, address }) => name !== '' || address !== undefined);
}

function attendeeOf(value: unknown): Partial<Attendee> & { address: string } {
  const mail = field(value, 'emailAddress');
  const address = textField(mail, 'address');
  if (!address) throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.');
  const name = textField(mail, 'name');
  const type = enumValue(enums.attendeeType, field(value, 'type')) ?? 'required';
  return name === undefined ? { address, type } : { address, type, name };
}

function defined<T extends object>(value: T): T {
  for (const [name, each] of Object.entries(value)) if (each === undefined) Reflect.deleteProperty(value, name);
  return value;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function patternOf(value: unknown): RecurrencePattern {
  const type = enumValue(enums.pattern, field(value, 'type'));
  if (!type) throw badRequest('RequestBodyRead', 'The recurrence pattern has no type.');
  const days = listField(value, 'daysOfWeek')?.map((day) => enumValue(enums.weekday, day)).filter((day) => day !== undefined);
  return defined<RecurrencePattern>({
    type, interval: count(field(value, 'interval')) ?? 1, month: count(field(value, 'month')), dayOfMonth: count(field(value, 'dayOfMonth')), daysOfWeek: days?.length ? days : undefined,
    firstDayOfWeek: enumValue(enums.weekday, field(value, 'firstDayOfWeek')), index: enumValue(enums.index, field(value, 'index')),
  });
}

function rangeOf(value: unknown): RecurrenceRange {
  const type = enumValue(enums.range, field(value, 'type'));
  const startDate = textField(value, 'startDate');
  if (!type || !startDate) throw badRequest('RequestBodyRead', 'The recurrence range needs type and startDate.');
  const zone = textField(value, 'recurrenceTimeZone');
  return defined<RecurrenceRange>({
    type, startDate, endDate: type === 'endDate' ? textField(value, 'endDate') : undefined, numberOfOccurrences: type === 'numbered' ? count(field(value, 'numberOfOccurrences')) : undefined,
    timeZone: zone ? zoneOf(zone) : undefined,
  });
}

function recurrenceOf(value: unknown): Recurrence | null | undefined {
  if (value === undefined || value === null) return value;
  return { pattern: patternOf(field(value, 'pattern')), range: rangeOf(field(value, 'range')) };
}

function flag(body: Json, name: string): boolean | undefined {
  const value = field(body, name);
  return typeof value === 'boolean' ? value : undefined;
}

/** An event of a request body as a draft: only what was sent. Throws GraphError for what Graph refuses. */
export function readEvent(body: unknown): Draft {
  if (!isRecord(body)) throw badRequest('BadRequest', 'Empty Payload. JSON content expected.');
  refuseUnknown(body);
  const start = readDateTimeTimeZone(body, 'start');
  const end = readDateTimeTimeZone(body, 'end');
  const isAllDay = flag(body, 'isAllDay');
  if (isAllDay && [start, end].some((each) => each && !/T00:00:00(\.0+)?$/.test(textField(field(body, each === start ? 'start' : 'end'), 'dateTime') ?? ''))) {
    throw badRequest('ErrorPropertyValidationFailure', 'The Event.Start property for an all-day event needs to be set to midnight.');
  }
  const properties = listField(body, 'singleValueExtendedProperties');
  const reminder = field(body, 'reminderMinutesBeforeStart');
  return defined<Draft>({
    subject: textField(body, 'subject'), body: bodyOf(field(body, 'body')), start: start?.instant, zone: start?.zone ?? end?.zone, end: end?.instant, isAllDay,
    locations: placesOf(body), attendees: listField(body, 'attendees')?.map(attendeeOf), recurrence: recurrenceOf(field(body, 'recurrence')),
    sensitivity: enumValue(enums.sensitivity, field(body, 'sensitivity')), showAs: enumValue(enums.showAs, field(body, 'showAs')), importance: enumValue(enums.importance, field(body, 'importance')),
    categories: listField(body, 'categories')?.map(String), isReminderOn: flag(body, 'isReminderOn'), reminderMinutes: typeof reminder === 'number' ? reminder : undefined,
    responseRequested: flag(body, 'responseRequested'), hideAttendees: flag(body, 'hideAttendees'), allowNewTimeProposals: flag(body, 'allowNewTimeProposals'),
    // Once online, a meeting cannot be made offline again.
    isOnlineMeeting: flag(body, 'isOnlineMeeting') || undefined, properties: properties && readProperties(properties), transactionId: textField(body, 'transactionId'),
  });
}
