import type { Guest, SeriesClock } from '../../invitation/lint/types.ts';
import { officeCall } from './call.ts';
import type { Answer } from './call.ts';
import { needItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** What Outlook itself knows that the rules for invites look at (invitation/lint/). */
export interface Surroundings {
  location: string;
  guests: Guest[];
  rooms: string[];
  series: SeriesClock | undefined;
}

/** A field that cannot be read says nothing: no rule may hold an invite up because Outlook did not answer. */
function field<T>(name: string, none: T, start: (done: (answer: Answer<T>) => void) => void): Promise<T> {
  return officeCall<T>(name, start).catch(function unknown() {
    return none;
  });
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).trim().toLowerCase();
}

function isSameHouse(one: string, other: string): boolean {
  if (one === '' || other === '' || one === other) return true;
  return one.slice(-other.length - 1) === `.${other}` || other.slice(-one.length - 1) === `.${one}`;
}

/** Exchange knows who is outside, and an organisation may have many domains; where it does not say, the domain decides. */
function isOutside(person: Office.EmailAddressDetails, own: string): boolean {
  // The values of Office.MailboxEnums.RecipientType.
  const type: string = person.recipientType;
  if (type === 'externalUser') return true;
  if (type === 'user' || type === 'distributionList') return false;
  return !isSameHouse(domainOf(person.emailAddress), own);
}

function guestsOf(lists: readonly Office.EmailAddressDetails[][]): Guest[] {
  const own = domainOf(Office.context.mailbox.userProfile.emailAddress);
  const guests: Guest[] = [];
  for (const list of lists) {
    for (const person of list) {
      if (typeof person.emailAddress !== 'string') continue;
      guests.push({ address: person.emailAddress, outside: isOutside(person, own) });
    }
  }
  return guests;
}

function roomsOf(places: readonly Office.LocationDetails[]): string[] {
  const rooms: string[] = [];
  for (const place of places) {
    if (place.locationIdentifier.type === 'room') rooms.push(place.displayName);
  }
  return rooms;
}

/** Twice a year clocks change; looking at every month of so many finds each change, also of a series without end. */
const MONTHS_AHEAD = 13;

/** The machine's own offset at the start and in each month until `end` (epoch ms), minutes behind UTC. */
function offsetsUntil(start: Date, end: number): number[] {
  const offsets = [start.getTimezoneOffset()];
  for (let month = 1; month <= MONTHS_AHEAD; month += 1) {
    const later = new Date(start.getTime());
    later.setMonth(later.getMonth() + month);
    if (later.getTime() > end) break;
    offsets.push(later.getTimezoneOffset());
  }
  if (isFinite(end)) offsets.push(new Date(end).getTimezoneOffset());
  return offsets;
}

/** An occurrence has no zone of its own: it repeats as its series does, and is asked about there. */
function isOccurrence(seriesId: string | null | undefined): boolean {
  return typeof seriesId === 'string' && seriesId !== '';
}

function seriesOf(recurrence: Office.Recurrence | null, start: Date | undefined): SeriesClock | undefined {
  if (recurrence === null || start === undefined || recurrence.recurrenceTimeZone === undefined) return undefined;
  let end = Infinity;
  // "2027-03-31", or nothing for a series without end.
  const last = recurrence.seriesTime.getEndDate();
  if (typeof last === 'string' && !isNaN(Date.parse(last))) end = Date.parse(last);
  return { zone: recurrence.recurrenceTimeZone.name, ownOffsets: offsetsUntil(new Date(start), end) };
}

/** Reads an appointment that is being written. What an older Outlook does not know is left out. */
export function readSurroundings(): Promise<Surroundings> {
  const item = needItem();
  let recurrence: Promise<Office.Recurrence | null> = Promise.resolve(null);
  if (hasMailbox('1.7') && !isOccurrence(item.seriesId)) recurrence = field<Office.Recurrence | null>('recurrence.getAsync', null, (done) => item.recurrence.getAsync(done));
  let places: Promise<Office.LocationDetails[]> = Promise.resolve([]);
  if (hasMailbox('1.8')) places = field<Office.LocationDetails[]>('enhancedLocation.getAsync', [], (done) => item.enhancedLocation.getAsync(done));
  return Promise.all([
    field<string | undefined>('location.getAsync', undefined, (done) => item.location.getAsync(done)),
    field<Office.EmailAddressDetails[]>('requiredAttendees.getAsync', [], (done) => item.requiredAttendees.getAsync(done)),
    field<Office.EmailAddressDetails[]>('optionalAttendees.getAsync', [], (done) => item.optionalAttendees.getAsync(done)),
    places,
    recurrence,
    field<Date | undefined>('start.getAsync', undefined, (done) => item.start.getAsync(done)),
  ]).then(function collect(values) {
    const guests = guestsOf([values[1], values[2]]);
    const series = seriesOf(values[4], values[5]);
    // Of a line that cannot be read nobody knows whether a room finds the link in it.
    if (values[0] === undefined) return { location: '', guests, rooms: [], series };
    return { location: values[0], guests, rooms: roomsOf(values[3]), series };
  });
}
