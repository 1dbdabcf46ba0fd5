import type { Attendee, Draft, EventFields } from './types.ts';
import { storedBody } from './sanitise.ts';
import { ianaZone } from './zones.ts';

/** What Outlook puts into a new appointment. Start and end stand at the epoch: a draft has to give them. */
export function newFields(zone: string): EventFields {
  return {
    subject: '', body: { type: 'html', content: '' }, start: 0, end: 0, zone, isAllDay: false, locations: [], attendees: [], recurrence: null,
    sensitivity: 'normal', showAs: 'busy', importance: 'normal', categories: [], isReminderOn: true, reminderMinutes: 15, responseRequested: true,
    hideAttendees: false, allowNewTimeProposals: true, isOnlineMeeting: false, properties: {}, transactionId: null,
  };
}

/** Fields whose change the attendees are mailed about. Categories, reminders, availability and extended properties are the organizer's own. */
const seenByAttendees = ['subject', 'body', 'start', 'end', 'zone', 'isAllDay', 'locations', 'recurrence', 'sensitivity', 'importance', 'isOnlineMeeting'] as const;

export function changesAttendeesView(before: EventFields, after: EventFields): boolean {
  return seenByAttendees.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function attendeesOf(draft: Draft['attendees'], before: Attendee[], nameOf: (address: string) => string): Attendee[] {
  return (draft ?? []).map((each) => {
    const known = before.find(({ address }) => address.toLowerCase() === each.address.toLowerCase());
    return { type: 'required', response: 'none', respondedAt: null, ...known, ...each, name: each.name || (known?.name ?? nameOf(each.address)) };
  });
}

/** The draft laid over `before`: a new value. The body is stored as Exchange stores it, properties are merged. Throws ExchangeError for an unknown zone. */
export function withDraft(before: EventFields, { id: _id, calendarId: _calendarId, ...draft }: Draft, nameOf: (address: string) => string): EventFields {
  const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as Draft;
  return structuredClone({
    ...before,
    ...given,
    zone: given.zone ? ianaZone(given.zone) : before.zone,
    body: given.body ? storedBody(given.body) : before.body,
    attendees: given.attendees ? attendeesOf(given.attendees, before.attendees, nameOf) : before.attendees,
    properties: { ...before.properties, ...given.properties },
  });
}

/** Only what differs from `base`: the fields of an exception. */
export function difference(base: EventFields, fields: EventFields): Partial<EventFields> {
  const known: Record<string, unknown> = { ...base };
  const changed = Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]));
  return Object.fromEntries(changed);
}
