import { createHash, randomBytes } from 'node:crypto';
import type { Calendar, Person, PersonInput } from './types.ts';
import type { Item, Mailbox } from './store.ts';
import type { MailboxSettings } from './settings.ts';
import { newSettings } from './settings.ts';
import { ExchangeError, notFound } from './errors.ts';
import { folderId } from './ids.ts';
import { ianaZone } from './zones.ts';

/** The people, their mailboxes and calendars. `mailbox` arguments are a person's id or address. */
export interface Directory {
  readonly people: Person[];
  add: (person: PersonInput) => Person;
  person: (idOrAddress: string) => Person | undefined;
  /** Throws ExchangeError `ErrorInvalidUser`. */
  owner: (mailbox: string) => Person;
  mailbox: (mailbox: string) => Mailbox;
  calendars: (mailbox: string) => Calendar[];
  addCalendar: (mailbox: string, name: string) => Calendar;
  /** The key of a calendar; of the default one for undefined. Throws ExchangeError `ErrorItemNotFound`. */
  calendarKey: (mailbox: string, calendarId: string | undefined) => string;
  settings: (mailbox: string) => MailboxSettings;
  changeSettings: (mailbox: string, changes: Partial<MailboxSettings>) => MailboxSettings;
}

function newKey(): string {
  return randomBytes(16).toString('hex');
}

/** Object ids follow from the address, so that a fresh start finds the same people. */
function personId(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

export function createDirectory(now: () => number): Directory {
  const people: Person[] = [];
  const byName = new Map<string, Person>();
  const mailboxes = new Map<string, Mailbox>();
  const settings = new Map<string, MailboxSettings>();

  function person(idOrAddress: string): Person | undefined {
    return byName.get(idOrAddress.toLowerCase());
  }

  function owner(mailbox: string): Person {
    const found = person(mailbox);
    if (!found) throw new ExchangeError('ErrorInvalidUser', `The requested user '${mailbox}' is invalid.`);
    return found;
  }

  function mailbox(name: string): Mailbox {
    const { id } = owner(name);
    const known = mailboxes.get(id) ?? { calendars: [{ key: newKey(), name: 'Calendar', isDefault: true }], items: new Map<string, Item>() };
    mailboxes.set(id, known);
    return known;
  }

  function calendars(name: string): Calendar[] {
    const { id: mailboxId } = owner(name);
    return mailbox(name).calendars.map((each) => ({ ...each, mailboxId, id: folderId(mailboxId, each.key) }));
  }

  function settingsOf(name: string): MailboxSettings {
    const found = owner(name);
    const known = settings.get(found.id) ?? newSettings(found, now());
    settings.set(found.id, known);
    return known;
  }

  return {
    people,
    person,
    owner,
    mailbox,
    calendars,
    add(input) {
      const added: Person = { id: personId(input.address), userPurpose: 'user', ...input, timeZone: ianaZone(input.timeZone) };
      people.push(added);
      byName.set(added.id, added).set(added.address.toLowerCase(), added);
      return added;
    },
    addCalendar(name, title) {
      const { id: mailboxId } = owner(name);
      const key = newKey();
      mailbox(name).calendars.push({ key, name: title, isDefault: false });
      return { id: folderId(mailboxId, key), key, name: title, isDefault: false, mailboxId };
    },
    calendarKey(name, calendarId) {
      const found = calendars(name).find(({ id, isDefault }) => (calendarId === undefined ? isDefault : id === calendarId));
      if (!found) throw notFound();
      return found.key;
    },
    settings: (name) => structuredClone(settingsOf(name)),
    changeSettings(name, changes) {
      const changed = { ...settingsOf(name), ...structuredClone(changes) };
      settings.set(owner(name).id, changed);
      return structuredClone(changed);
    },
  };
}
