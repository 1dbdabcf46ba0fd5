/**
 * A rehearsal of Exchange's mailboxes: calendars, meetings and their copies with every attendee, mails counted. The lab's Graph and the lab's Outlook page are
 * two doors to it. Item ids may be given in any of their forms (immutable, REST, EWS). Instants are epoch ms UTC; zones are IANA names, or Windows names on the way in.
 */
import type { LabClock } from '../clock.ts';
import type { Answer, Calendar, Change, Draft, ExchangeEvent, Mail, Person, PersonInput } from './types.ts';
import type { MailboxSettings } from './settings.ts';
import type { World } from './store.ts';
import { exceptionAt, touch } from './store.ts';
import { ExchangeError, notFound } from './errors.ts';
import { folderId, immutableId, parseId, restId } from './ids.ts';
import { isOccurrence, occurrencesWithin, viewOf } from './view.ts';
import { createDirectory } from './directory.ts';
import type { Found } from './write.ts';
import { newItem, writeDraft } from './write.ts';
import { sendCancellations, sendUnsent } from './delivery.ts';
import { createMailRoom } from './mail/room.ts';
import type { MailRoom, MessageDraft } from './mail/types.ts';
import { answerMeeting, forwardMeeting } from './answers.ts';

export type * from './types.ts';
export type * from './mail/types.ts';
export type { AutomaticReplies, MailboxSettings, WorkingHours } from './settings.ts';
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
  /** The messages in the mailboxes. */
  readonly mail: MailRoom;
  now(): number;
  addPerson(person: PersonInput): Person;
  person(idOrAddress: string): Person | undefined;
  calendars(mailbox: string): Calendar[];
  addCalendar(mailbox: string, name: string): Calendar;
  settings(mailbox: string): MailboxSettings;
  changeSettings(mailbox: string, changes: Partial<MailboxSettings>): MailboxSettings;
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
  /** A plain mail, outside of any calendar: counted, and laid into the recipient's inbox when that is a mailbox of this exchange. `message`: what it is besides. */
  sendMail(mail: Omit<Mail, 'at' | 'kind' | 'iCalUId'>, message?: MessageDraft): void;
  /** Calls `fn` after every change, in order. Returns a function that stops it. */
  onChange(fn: (change: Change) => void): () => void;
}

function expand(items: Found['item'][], from: number, to: number): ExchangeEvent[] {
  return items.flatMap((item) => occurrencesWithin(item, from, to).map((start) => viewOf(item, start))).toSorted((a, b) => a.start - b.start);
}

/** Opens an exchange with a mailbox and a default calendar for each of `people`. */
export function createExchange({ clock, domain, people }: ExchangeOptions): Exchange {
  const directory = createDirectory(() => clock.now());
  const mails: Mail[] = [];
  const watchers = new Set<(change: Change) => void>();
  let changes = 0;

  const world: World = {
    now: () => clock.now(),
    mailbox: directory.mailbox,
    nextChange: () => ++changes,
    publish(item, name, change) {
      const { mailboxId, calendarKey } = item;
      const ids = { id: immutableId(mailboxId, name), restId: restId(mailboxId, calendarKey, name), calendarId: folderId(mailboxId, calendarKey) };
      for (const watcher of watchers) watcher({ mailboxId, ...ids, change, at: clock.now() });
    },
    view: viewOf,
    person: directory.person,
    mail: (mail) => void mails.push({ ...mail, at: clock.now() }),
  };

  const mailRoom = createMailRoom({ now: world.now, nextChange: world.nextChange, newest: () => changes, owner: directory.owner });

  function find(mailbox: string, id: string): Found | undefined {
    const parsed = parseId(id);
    const item = parsed && directory.mailbox(mailbox).items.get(parsed.key);
    if (!item || parsed.mailboxId !== item.mailboxId || (parsed.calendarKey !== null && parsed.calendarKey !== item.calendarKey)) return undefined;
    if (parsed.originalStart !== null && !isOccurrence(item, parsed.originalStart)) return undefined;
    return { item, originalStart: parsed.originalStart };
  }

  function get(mailbox: string, id: string): Found {
    const found = find(mailbox, id);
    if (!found) throw notFound();
    return found;
  }

  function create(mailbox: string, draft: Draft): Found {
    const item = newItem(world, directory.owner(mailbox), directory.calendarKey(mailbox, draft.calendarId), draft);
    directory.mailbox(mailbox).items.set(item.key, item);
    return { item, originalStart: null };
  }

  function save(mailbox: string, draft: Draft, sending: 'none' | 'needed' | 'always'): ExchangeEvent {
    const isNew = draft.id === undefined;
    const found = draft.id === undefined ? create(mailbox, draft) : get(mailbox, draft.id);
    const isNeeded = isNew || writeDraft(world, found, draft);
    if (sending === 'always' || (sending === 'needed' && isNeeded)) sendUnsent({ world, ...found }, sending === 'always');
    touch(world, found.item, found.originalStart, isNew ? 'created' : 'updated');
    return viewOf(found.item, found.originalStart);
  }

  function takeOut(mailbox: string, { item, originalStart }: Found): void {
    if (originalStart === null) directory.mailbox(mailbox).items.delete(item.key);
    else exceptionAt(item, originalStart).isRemoved = true;
    touch(world, item, originalStart, 'deleted');
  }

  function cancel(mailbox: string, id: string, comment = ''): void {
    const found = get(mailbox, id);
    if (!found.item.isOrganizer) throw new ExchangeError('ErrorInvalidRequest', "Your request can't be completed. You need to be an organizer to cancel a meeting.");
    sendCancellations({ world, ...found }, comment);
    takeOut(mailbox, found);
  }

  function moveToCalendar(mailbox: string, id: string, calendarId: string): ExchangeEvent {
    const { item } = get(mailbox, id);
    const target = directory.calendarKey(mailbox, calendarId);
    world.publish(item, { key: item.key, originalStart: null }, 'deleted');
    item.calendarKey = target;
    touch(world, item, null, 'created');
    return viewOf(item, null);
  }

  function respond(mailbox: string, id: string, answer: Answer, options: { comment?: string; sendResponse?: boolean } = {}): void {
    const found = get(mailbox, id);
    answerMeeting(world, found, directory.owner(mailbox).address, answer, options);
    if (answer === 'declined') takeOut(mailbox, found);
    else touch(world, found.item, found.originalStart);
  }

  function itemsOf(mailbox: string, calendarId: string | undefined): Found['item'][] {
    const key = calendarId === undefined ? null : directory.calendarKey(mailbox, calendarId);
    return [...directory.mailbox(mailbox).items.values()].filter((item) => key === null || item.calendarKey === key);
  }

  people.forEach(directory.add);
  return {
    domain,
    people: directory.people,
    mails,
    now: () => clock.now(),
    addPerson: directory.add,
    person: directory.person,
    calendars: directory.calendars,
    addCalendar: directory.addCalendar,
    settings: directory.settings,
    changeSettings: directory.changeSettings,
    list: (mailbox, calendarId) => itemsOf(mailbox, calendarId).map((item) => viewOf(item, null)),
    view: (mailbox, from, to, calendarId) => expand(itemsOf(mailbox, calendarId), from, to),
    occurrences: (mailbox, masterId, from, to) => expand([get(mailbox, masterId).item], from, to),
    read(mailbox, id) {
      const found = find(mailbox, id);
      return found && viewOf(found.item, found.originalStart);
    },
    saveItem: (mailbox, draft) => save(mailbox, draft, 'none'),
    send: (mailbox, draft) => save(mailbox, draft, 'always'),
    update: (mailbox, id, changed) => save(mailbox, { ...changed, id }, 'needed'),
    cancel,
    remove: (mailbox, id) => takeOut(mailbox, get(mailbox, id)),
    move: (mailbox, id, start, end) => save(mailbox, { id, start, end }, 'always'),
    moveToCalendar,
    forward: (mailbox, id, to, comment = '') => forwardMeeting(world, get(mailbox, id), to, comment),
    respond,
    mail: mailRoom,
    sendMail(mail, message = {}) {
      mails.push({ ...mail, kind: 'mail', iCalUId: null, at: clock.now() });
      const to = directory.person(mail.to);
      if (!to) return;
      const from = { name: directory.person(mail.from)?.name ?? mail.from, address: directory.person(mail.from)?.address ?? mail.from };
      mailRoom.arrive(to.id, { subject: mail.subject, body: { type: 'text', content: mail.body }, from, sender: from, to: [{ name: to.name, address: to.address }], ...message });
    },
    onChange(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
