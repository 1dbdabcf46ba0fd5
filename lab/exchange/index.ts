/**
 * A rehearsal of Exchange's mailboxes: calendars, meetings and their copies with every attendee, mails counted. The lab's Graph and the lab's Outlook page are
 * two doors to it. Item ids may be given in any of their forms (immutable, REST, EWS). Instants are epoch ms UTC; zones are IANA names, or Windows names on the way in.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { LabClock } from '../clock.ts';
import type { Answer, Calendar, Change, Draft, EventFields, ExchangeEvent, Mail, Person, PersonInput } from './types.ts';
import type { Item, Mailbox, World } from './store.ts';
import { exceptionAt, touch } from './store.ts';
import { ExchangeError, notFound } from './errors.ts';
import { folderId, immutableId, parseId, restId } from './ids.ts';
import { changesAttendeesView, difference, newFields, withDraft } from './fields.ts';
import { effectiveFields, isOccurrence, occurrencesWithin, viewOf } from './view.ts';
import { invite, mailMeeting, sendCancellations, sendUnsent } from './delivery.ts';
import { newGlobalObjectId } from './global-object-id.ts';
import { ianaZone } from './zones.ts';

export type * from './types.ts';
export { ExchangeError } from './errors.ts';
export { ianaZone, windowsZone } from './zones.ts';
export { ewsToRest, parseId, restToEws } from './ids.ts';
export { textOf } from './sanitise.ts';
export { seriesObjectId } from './global-object-id.ts';

export interface ExchangeOptions { clock: LabClock; domain: string; people: PersonInput[] }

/** The mailbox world. `mailbox` arguments are a person's id or address. Methods that take an id throw ExchangeError `ErrorItemNotFound` when there is no such item. */
export interface Exchange {
  readonly domain: string;
  readonly people: readonly Person[];
  /** Every mail that was sent, oldest first, one per recipient. */
  readonly mails: readonly Mail[];
  now(): number;
  addPerson(person: PersonInput): Person;
  person(idOrAddress: string): Person | undefined;
  calendars(mailbox: string): Calendar[];
  addCalendar(mailbox: string, name: string): Calendar;
  /** Singles and masters, of one calendar or of all. */
  list(mailbox: string, calendarId?: string): ExchangeEvent[];
  /** What happens in [from, to): series expanded, in order of start. */
  view(mailbox: string, from: number, to: number, calendarId?: string): ExchangeEvent[];
  /** Occurrences of one series that overlap [from, to). */
  occurrences(mailbox: string, masterId: string, from: number, to: number): ExchangeEvent[];
  read(mailbox: string, id: string): ExchangeEvent | undefined;
  /** Writes without mailing anybody. With attendees the item is then a draft (isDraft). `id` absent: a new item, which needs start and end. */
  saveItem(mailbox: string, draft: Draft): ExchangeEvent;
  /** Saves and mails: requests to new attendees, updates to the others, cancellations to those taken out. `id` may name an occurrence: only that one is sent. */
  send(mailbox: string, draft: Draft): ExchangeEvent;
  /** Changes an item; the organizer's change is mailed to attendees where they would see it, as Graph does on PATCH. */
  update(mailbox: string, id: string, changes: Draft): ExchangeEvent;
  /** Organizer: cancels the meeting or one occurrence, and mails everybody. Throws ExchangeError on an attendee's copy. */
  cancel(mailbox: string, id: string, comment?: string): void;
  /** Takes the item or one occurrence out of this mailbox and tells nobody. */
  remove(mailbox: string, id: string): void;
  /** Drags to a new time and sends the update. */
  move(mailbox: string, id: string, start: number, end: number): ExchangeEvent;
  /** Puts the item into another calendar of the mailbox: its REST id changes, its immutable id stays. */
  moveToCalendar(mailbox: string, id: string, calendarId: string): ExchangeEvent;
  /** Sends the meeting to more people; they become attendees. */
  forward(mailbox: string, id: string, to: string[], comment?: string): void;
  /** An attendee's answer. A declined meeting leaves the calendar. Throws ExchangeError on the organizer's copy. */
  respond(mailbox: string, id: string, answer: Answer, options?: { comment?: string; sendResponse?: boolean }): void;
  /** A plain mail, outside of any calendar. */
  sendMail(mail: Omit<Mail, 'at' | 'kind' | 'iCalUId'>): void;
  /** Calls `fn` after every change, in order. Returns a function that stops it. */
  onChange(fn: (change: Change) => void): () => void;
}

interface Found { item: Item; originalStart: number | null }

function personId(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

/** Opens an exchange with a mailbox and a default calendar for each of `people`. Object ids follow from the address, so that a fresh start finds the same people. */
export function createExchange({ clock, domain, people: input }: ExchangeOptions): Exchange {
  const people: Person[] = [];
  const mailboxes = new Map<string, Mailbox>();
  const mails: Mail[] = [];
  const watchers = new Set<(change: Change) => void>();
  let changes = 0;

  function person(idOrAddress: string): Person | undefined {
    const wanted = idOrAddress.toLowerCase();
    return people.find(({ id, address }) => id === wanted || address.toLowerCase() === wanted);
  }

  function owner(mailbox: string): Person {
    const found = person(mailbox);
    if (!found) throw new ExchangeError('ErrorInvalidUser', `The requested user '${mailbox}' is invalid.`);
    return found;
  }

  function mailboxOf(mailbox: string): Mailbox {
    return mailboxes.get(owner(mailbox).id) ?? { calendars: [], items: new Map<string, Item>() };
  }

  function publish(item: Item, name: { key: string; originalStart: number | null }, change: Change['change']): void {
    const { mailboxId, calendarKey } = item;
    const ids = { id: immutableId(mailboxId, name), restId: restId(mailboxId, calendarKey, name), calendarId: folderId(mailboxId, calendarKey) };
    for (const watcher of watchers) watcher({ mailboxId, ...ids, change, at: clock.now() });
  }

  const world: World = {
    now: () => clock.now(),
    mailbox: mailboxOf,
    nextChange: () => ++changes,
    publish,
    view: viewOf,
    person,
    mail: (mail) => void mails.push({ ...mail, at: clock.now() }),
  };

  function nameOf(address: string): string {
    return person(address)?.name ?? address;
  }

  function find(mailbox: string, id: string): Found | undefined {
    const parsed = parseId(id);
    const item = parsed && mailboxOf(mailbox).items.get(parsed.key);
    if (!item || parsed.mailboxId !== item.mailboxId || (parsed.calendarKey !== null && parsed.calendarKey !== item.calendarKey)) return undefined;
    if (parsed.originalStart !== null && !isOccurrence(item, parsed.originalStart)) return undefined;
    return { item, originalStart: parsed.originalStart };
  }

  function get(mailbox: string, id: string): Found {
    const found = find(mailbox, id);
    if (!found) throw notFound();
    return found;
  }

  function addPerson(input: PersonInput): Person {
    const added: Person = { id: personId(input.address), userPurpose: 'user', ...input, timeZone: ianaZone(input.timeZone) };
    people.push(added);
    mailboxes.set(added.id, { calendars: [{ key: randomBytes(16).toString('hex'), name: 'Calendar', isDefault: true }], items: new Map<string, Item>() });
    return added;
  }

  function calendars(mailbox: string): Calendar[] {
    const { id: mailboxId } = owner(mailbox);
    return mailboxOf(mailbox).calendars.map((each) => ({ ...each, mailboxId, id: folderId(mailboxId, each.key) }));
  }

  function calendarKey(mailbox: string, calendarId: string | undefined): string {
    const found = calendars(mailbox).find(({ id, isDefault }) => (calendarId === undefined ? isDefault : id === calendarId));
    if (!found) throw notFound();
    return found.key;
  }

  function create(mailbox: string, draft: Draft): Found {
    const { id: mailboxId, name, address, timeZone } = owner(mailbox);
    if (draft.start === undefined || draft.end === undefined) throw new ExchangeError('ErrorPropertyValidationFailure', 'Start and End are required.');
    const fields = withDraft(newFields(timeZone), draft, nameOf);
    checkTimes(fields);
    const item: Item = {
      key: randomBytes(16).toString('hex'), mailboxId, calendarKey: calendarKey(mailbox, draft.calendarId), globalObjectId: newGlobalObjectId(clock.now()), fields,
      exceptions: new Map(), organizer: { name, address }, isOrganizer: true, isDraft: fields.attendees.length > 0, isCancelled: false,
      response: { response: 'organizer', at: null }, hasUnsentChange: true, invited: new Set(), occurrenceObjectId: null,
      createdAt: clock.now(), modifiedAt: clock.now(), changeNumber: 0,
    };
    mailboxOf(mailbox).items.set(item.key, item);
    return { item, originalStart: null };
  }

  /** Writes the draft into the item or occurrence; says whether attendees would see a difference. */
  function write({ item, originalStart }: Found, draft: Draft): void {
    const before = effectiveFields(item, originalStart);
    const after = withDraft(before, draft, nameOf);
    checkTimes(after);
    const isSeen = changesAttendeesView(before, after);
    const hasPeople = after.attendees.length > 0 || item.invited.size > 0;
    const isUnsent = item.isOrganizer && hasPeople && (isSeen || JSON.stringify(before.attendees) !== JSON.stringify(after.attendees));
    if (originalStart === null) {
      // A new time or pattern of a series forgets its exceptions, as in Exchange.
      if (item.fields.recurrence && (before.start !== after.start || JSON.stringify(before.recurrence) !== JSON.stringify(after.recurrence))) item.exceptions.clear();
      item.fields = after;
      item.hasUnsentChange ||= isSeen;
      item.isDraft ||= isUnsent;
      return;
    }
    const exception = exceptionAt(item, originalStart);
    exception.fields = difference({ ...item.fields, recurrence: null, start: originalStart, end: originalStart + item.fields.end - item.fields.start }, after);
    exception.hasUnsentChange ||= isSeen;
    exception.isDraft ||= isUnsent;
  }

  function save(mailbox: string, draft: Draft, sending: 'none' | 'needed' | 'always'): ExchangeEvent {
    const found = draft.id === undefined ? create(mailbox, draft) : get(mailbox, draft.id);
    const { item, originalStart } = found;
    if (draft.id !== undefined) write(found, draft);
    if (sending !== 'none') sendUnsent({ world, ...found }, sending === 'always');
    touch(world, item, originalStart, draft.id === undefined ? 'created' : 'updated');
    return viewOf(item, originalStart);
  }

  function takeOut(mailbox: string, { item, originalStart }: Found): void {
    if (originalStart === null) mailboxOf(mailbox).items.delete(item.key);
    else exceptionAt(item, originalStart).isRemoved = true;
    touch(world, item, originalStart, 'deleted');
  }

  function cancel(mailbox: string, id: string, comment = ''): void {
    const found = get(mailbox, id);
    if (!found.item.isOrganizer) throw new ExchangeError('ErrorInvalidRequest', 'You need to be an organizer to cancel a meeting.');
    sendCancellations({ world, ...found }, comment);
    takeOut(mailbox, found);
  }

  function moveToCalendar(mailbox: string, id: string, calendarId: string): ExchangeEvent {
    const { item } = get(mailbox, id);
    const target = calendarKey(mailbox, calendarId);
    publish(item, { key: item.key, originalStart: null }, 'deleted');
    item.calendarKey = target;
    touch(world, item, null, 'created');
    return viewOf(item, null);
  }

  function organizersItem(item: Item): Item | undefined {
    const organizer = person(item.organizer.address);
    return organizer && [...mailboxOf(organizer.id).items.values()].find((each) => each.isOrganizer && each.globalObjectId === item.globalObjectId);
  }

  function forward(mailbox: string, id: string, to: string[], comment = ''): void {
    const { item, originalStart } = get(mailbox, id);
    const source = organizersItem(item) ?? item;
    for (const address of to) {
      const { attendees } = effectiveFields(source, originalStart);
      if (!attendees.some((each) => each.address.toLowerCase() === address.toLowerCase())) write({ item: source, originalStart }, { attendees: [...attendees, { address }] });
      invite({ world, item: source, originalStart }, address, 'forward', comment);
      const target = originalStart === null ? source : exceptionAt(source, originalStart);
      target.invited = new Set([...(target.invited ?? source.invited), address.toLowerCase()]);
      target.isDraft = false;
    }
    touch(world, source, originalStart);
  }

  function noteAnswer(item: Item, originalStart: number | null, address: string, response: Answer): void {
    const source = organizersItem(item);
    if (!source) return;
    const fields: EventFields = effectiveFields(source, originalStart);
    const attendees = fields.attendees.map((each) => (each.address.toLowerCase() === address.toLowerCase() ? { ...each, response, respondedAt: clock.now() } : each));
    if (originalStart === null) source.fields = { ...source.fields, attendees };
    else exceptionAt(source, originalStart).fields.attendees = attendees;
    touch(world, source, originalStart);
  }

  function respond(mailbox: string, id: string, answer: Answer, { comment = '', sendResponse = true }: { comment?: string; sendResponse?: boolean } = {}): void {
    const found = get(mailbox, id);
    const { item, originalStart } = found;
    if (item.isOrganizer) throw new ExchangeError('ErrorInvalidRequest', "You can't respond to this meeting because you're the meeting organizer.");
    const response = { response: answer, at: clock.now() };
    const showAs = answer === 'accepted' ? 'busy' : 'tentative';
    if (originalStart === null) {
      item.response = response;
      item.fields = { ...item.fields, showAs };
    } else {
      const exception = exceptionAt(item, originalStart);
      exception.response = response;
      exception.fields.showAs = showAs;
    }
    const { address } = owner(mailbox);
    if (sendResponse) {
      mailMeeting({ world, item, originalStart }, address, item.organizer.address, 'response', comment);
      noteAnswer(item, originalStart, address, answer);
    }
    if (answer === 'declined') takeOut(mailbox, found);
    else touch(world, item, originalStart);
  }

  function view(mailbox: string, from: number, to: number, calendarId?: string): ExchangeEvent[] {
    const key = calendarId === undefined ? null : calendarKey(mailbox, calendarId);
    const items = [...mailboxOf(mailbox).items.values()].filter((item) => key === null || item.calendarKey === key);
    return items.flatMap((item) => occurrencesWithin(item, from, to).map((start) => viewOf(item, start))).toSorted((a, b) => a.start - b.start);
  }

  input.forEach(addPerson);
  return {
    domain,
    people,
    mails,
    now: () => clock.now(),
    addPerson,
    person,
    calendars,
    addCalendar(mailbox, name) {
      const key = randomBytes(16).toString('hex');
      mailboxOf(mailbox).calendars.push({ key, name, isDefault: false });
      return { id: folderId(owner(mailbox).id, key), key, name, isDefault: false, mailboxId: owner(mailbox).id };
    },
    list(mailbox, calendarId) {
      const key = calendarId === undefined ? null : calendarKey(mailbox, calendarId);
      return [...mailboxOf(mailbox).items.values()].filter((item) => key === null || item.calendarKey === key).map((item) => viewOf(item, null));
    },
    view,
    occurrences(mailbox, masterId, from, to) {
      const { item } = get(mailbox, masterId);
      return occurrencesWithin(item, from, to).map((start) => viewOf(item, start)).toSorted((a, b) => a.start - b.start);
    },
    read(mailbox, id) {
      const found = find(mailbox, id);
      return found && viewOf(found.item, found.originalStart);
    },
    saveItem: (mailbox, draft) => save(mailbox, draft, 'none'),
    send: (mailbox, draft) => save(mailbox, draft, 'always'),
    update: (mailbox, id, changes) => save(mailbox, { ...changes, id }, 'needed'),
    cancel,
    remove: (mailbox, id) => takeOut(mailbox, get(mailbox, id)),
    move: (mailbox, id, start, end) => save(mailbox, { id, start, end }, 'always'),
    moveToCalendar,
    forward,
    respond,
    sendMail: (mail) => void mails.push({ ...mail, kind: 'mail', iCalUId: null, at: clock.now() }),
    onChange(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}

function checkTimes({ start, end }: EventFields): void {
  if (!Number.isFinite(start) || !Number.isFinite(end)) throw new ExchangeError('ErrorPropertyValidationFailure', 'Start and End have to be valid times.');
  if (end < start) throw new ExchangeError('ErrorOccurrenceTimeSpanTooBig', 'The end of the event is before its start.');
}
