import type { InviteFacts } from '../../contract/conference/conference.ts';
import { officeCall } from './call.ts';
import type { Answer } from './call.ts';
import { needItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** The server takes no more (contract/conference/conference.ts). */
const MOST_ATTENDEES = 500;

/** One field of the invite; a field that cannot be read is left out rather than the whole commit. */
function field<T>(name: string, start: (done: (answer: Answer<T>) => void) => void): Promise<T | undefined> {
  return officeCall<T>(name, start).catch(function unknown() {
    return undefined;
  });
}

/** Meetings that were made from a mail have people without a name or address in classic Outlook. */
function clip(text: string | undefined, length: number): string {
  if (text === undefined) return '';
  return text.slice(0, length);
}

interface Attendee {
  name: string;
  address: string;
}

function people(...lists: (readonly Office.EmailAddressDetails[] | undefined)[]): Attendee[] {
  const found: Attendee[] = [];
  for (const list of lists) {
    if (list === undefined) continue;
    for (const person of list) {
      found.push({ name: clip(person.displayName, 255), address: clip(person.emailAddress, 320) });
    }
  }
  return found.slice(0, MOST_ATTENDEES);
}

/**
 * The zone that the person's Outlook is set to, by Microsoft's name; else the IANA name of the zone this machine is in; undefined where neither is known
 * (classic Outlook's event runtime). The server knows both kinds.
 */
export function ownZone(): string | undefined {
  const set = Office.context.mailbox.userProfile.timeZone;
  if (typeof set === 'string' && set !== '') return set;
  if (typeof Intl === 'undefined' || typeof Intl.DateTimeFormat !== 'function') return undefined;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (typeof zone !== 'string' || zone === '') return undefined;
  return zone;
}

function setText(facts: InviteFacts, name: 'startsAt' | 'endsAt', value: Date | undefined): void {
  if (value !== undefined) facts[name] = new Date(value).toISOString();
}

/** What the invite says now: subject, times, attendees, series, private or not. Read from an appointment that is being written. */
export function inviteFacts(): Promise<InviteFacts> {
  const item = needItem();
  let recurrence: Promise<Office.Recurrence | null | undefined> = Promise.resolve(undefined);
  if (hasMailbox('1.7')) recurrence = field<Office.Recurrence | null>('recurrence.getAsync', (done) => item.recurrence.getAsync(done));
  let sensitivity: Promise<Office.MailboxEnums.AppointmentSensitivityType | undefined> = Promise.resolve(undefined);
  if (hasMailbox('1.14')) sensitivity = field('sensitivity.getAsync', (done) => item.sensitivity.getAsync(done));
  return Promise.all([
    field<string>('subject.getAsync', (done) => item.subject.getAsync(done)),
    field<Date>('start.getAsync', (done) => item.start.getAsync(done)),
    field<Date>('end.getAsync', (done) => item.end.getAsync(done)),
    field<Office.EmailAddressDetails[]>('requiredAttendees.getAsync', (done) => item.requiredAttendees.getAsync(done)),
    field<Office.EmailAddressDetails[]>('optionalAttendees.getAsync', (done) => item.optionalAttendees.getAsync(done)),
    recurrence,
    sensitivity,
  ]).then(function collect(values) {
    const facts: InviteFacts = { attendees: people(values[3], values[4]) };
    if (values[0] !== undefined) facts.subject = values[0].slice(0, 255);
    setText(facts, 'startsAt', values[1]);
    setText(facts, 'endsAt', values[2]);
    const zone = ownZone();
    if (zone !== undefined) facts.timeZone = zone;
    // `recurrence` of a single appointment is null; of an instance of a series it is the series'.
    if (values[5] !== undefined) facts.isSeries = values[5] !== null;
    const types = Office.MailboxEnums.AppointmentSensitivityType;
    if (values[6] !== undefined) facts.isPrivate = values[6] === types.Private || values[6] === types.Confidential;
    return facts;
  });
}
