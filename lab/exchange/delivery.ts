import { randomBytes } from 'node:crypto';
import type { Attendee, EventFields, MailKind, Person } from './types.ts';
import type { Exception, Item, World } from './store.ts';
import { exceptionAt, touch } from './store.ts';
import { storedBody } from './sanitise.ts';
import { effectiveFields } from './view.ts';
import { occurrenceObjectId } from './global-object-id.ts';

/** What one sending is about: a meeting, or (originalStart, epoch ms UTC) one of its occurrences. */
export interface Sending { world: World; item: Item; originalStart: number | null }

/** The copy of the organizer's item in another mailbox; undefined when there is none. */
export function copyIn({ world, item }: Sending, mailboxId: string): Item | undefined {
  return [...world.mailbox(mailboxId).items.values()].find((each) => each.globalObjectId === item.globalObjectId && each.occurrenceObjectId === null);
}

function addressesOf(attendees: Attendee[]): Set<string> {
  return new Set(attendees.map(({ address }) => address.toLowerCase()));
}

/** Fields as an attendee's mailbox gets them: own copy of the body, nothing of the organizer's private marks. */
function copiedFields(fields: Partial<EventFields>, keep: Partial<EventFields>): Partial<EventFields> {
  const { properties: _p, categories: _c, transactionId: _t, isReminderOn: _r, reminderMinutes: _m, showAs: _s, ...seen } = fields;
  const body = seen.body ? { body: storedBody(seen.body, true) } : {};
  return structuredClone({ ...keep, ...seen, ...body });
}

function ownMarks({ properties, categories, transactionId, isReminderOn, reminderMinutes, showAs }: EventFields): Partial<EventFields> {
  return { properties, categories, transactionId, isReminderOn, reminderMinutes, showAs };
}

const unmarked: Partial<EventFields> = { properties: {}, categories: [], transactionId: null, isReminderOn: true, reminderMinutes: 15, showAs: 'tentative' };

function newCopy({ world, item, originalStart }: Sending, person: Person): Item {
  const calendar = world.mailbox(person.id).calendars.find(({ isDefault }) => isDefault);
  return {
    ...item,
    key: randomBytes(16).toString('hex'),
    mailboxId: person.id,
    calendarKey: calendar?.key ?? '',
    exceptions: new Map<number, Exception>(),
    isOrganizer: false,
    isDraft: false,
    hasUnsentChange: false,
    response: { response: 'notResponded', at: null },
    invited: new Set(),
    occurrenceObjectId: originalStart === null ? null : occurrenceObjectId(item.globalObjectId, originalStart, item.fields.zone),
    createdAt: world.now(),
    fields: item.fields,
  };
}

function timeChanged(before: EventFields, after: EventFields): boolean {
  return before.start !== after.start || before.end !== after.end || JSON.stringify(before.recurrence) !== JSON.stringify(after.recurrence);
}

function copyOccurrence(sending: Sending, copy: Item, originalStart: number): void {
  const source = exceptionAt(sending.item, originalStart);
  const target = exceptionAt(copy, originalStart);
  target.fields = copiedFields(source.fields, target.fields);
  target.isCancelled = false;
  target.isRemoved = source.isRemoved;
}

/** Lays the meeting, or one occurrence, into the mailbox of `person`. */
function deliver(sending: Sending, person: Person): void {
  const { world, item, originalStart } = sending;
  const known = copyIn(sending, person.id);
  if (known && originalStart !== null) {
    copyOccurrence(sending, known, originalStart);
    return touch(world, known, originalStart);
  }
  const wanted = occurrenceObjectId(item.globalObjectId, originalStart ?? 0, item.fields.zone);
  const { items } = world.mailbox(person.id);
  const copy = known ?? [...items.values()].find((each) => each.occurrenceObjectId === wanted) ?? newCopy(sending, person);
  const isNew = !items.has(copy.key);
  const fields = effectiveFields(item, originalStart);
  if (isNew || timeChanged(copy.fields, fields)) {
    copy.response = { response: 'notResponded', at: null };
    copy.fields = { ...copy.fields, showAs: 'tentative' };
  }
  copy.fields = { ...fields, ...copiedFields(fields, isNew ? unmarked : ownMarks(copy.fields)) };
  copy.isCancelled = false;
  if (originalStart === null) {
    copy.exceptions = new Map([...copy.exceptions].filter(([start]) => item.exceptions.has(start)));
    for (const start of item.exceptions.keys()) copyOccurrence(sending, copy, start);
  }
  items.set(copy.key, copy);
  touch(world, copy, null, isNew ? 'created' : 'updated');
}

/** Marks the copy of `person` as cancelled. Exchange leaves it in the calendar, free and with "Canceled:" before its subject. */
function deliverCancellation(sending: Sending, person: Person): void {
  const { world, originalStart } = sending;
  const copy = copyIn(sending, person.id);
  if (!copy) return;
  const { subject } = effectiveFields(copy, originalStart);
  const marks = { subject: subject.startsWith('Canceled: ') ? subject : `Canceled: ${subject}`, showAs: 'free' } as const;
  if (originalStart === null) {
    copy.fields = { ...copy.fields, ...marks };
    copy.isCancelled = true;
    return touch(world, copy, null);
  }
  const exception = exceptionAt(copy, originalStart);
  exception.fields = { ...exception.fields, ...marks };
  exception.isCancelled = true;
  touch(world, copy, originalStart);
}

export function mailMeeting({ world, item, originalStart }: Sending, from: string, to: string, kind: MailKind, text = ''): void {
  const { subject } = effectiveFields(item, originalStart);
  const shown = kind === 'cancel' ? `Canceled: ${subject}` : subject;
  world.mail({ from, to, subject: shown, kind, iCalUId: world.view(item, originalStart).iCalUId, body: text });
}

/** Delivers to `address`: a copy when it is a mailbox of this exchange, and one mail in any case. */
export function invite(sending: Sending, address: string, kind: 'request' | 'update' | 'cancel' | 'forward', text = ''): void {
  const person = sending.world.person(address);
  mailMeeting(sending, sending.item.organizer.address, address, kind, text);
  if (!person || person.address.toLowerCase() === sending.item.organizer.address.toLowerCase()) return;
  if (kind === 'cancel') deliverCancellation(sending, person);
  else deliver(sending, person);
}

/**
 * Sends what is unsent: a request to those who are new, an update to the others when they would see a difference (or `always`), a cancellation to those who were
 * taken out. Clears isDraft. Does nothing on an attendee's copy.
 */
export function sendUnsent(sending: Sending, always: boolean): void {
  const { item, originalStart } = sending;
  if (!item.isOrganizer) return;
  const { attendees } = effectiveFields(item, originalStart);
  const target = originalStart === null ? item : exceptionAt(item, originalStart);
  const before = target.invited ?? item.invited;
  const now = addressesOf(attendees);
  for (const address of before) if (!now.has(address)) invite(sending, address, 'cancel');
  const isSame = [...now].every((address) => before.has(address)) && before.size === now.size;
  for (const { address } of attendees) {
    if (!before.has(address.toLowerCase())) invite(sending, address, 'request');
    else if (target.hasUnsentChange || (always && isSame)) invite(sending, address, 'update');
  }
  target.invited = now;
  target.isDraft = false;
  target.hasUnsentChange = false;
}

/** Tells every attendee that the meeting, or one occurrence, is off. `comment` is plain text. */
export function sendCancellations(sending: Sending, comment: string): void {
  const { item, originalStart } = sending;
  const target = originalStart === null ? undefined : item.exceptions.get(originalStart);
  for (const address of target?.invited ?? item.invited) invite(sending, address, 'cancel', comment);
}
