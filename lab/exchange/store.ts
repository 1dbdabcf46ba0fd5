import type { Change, EmailAddress, EventFields, ExchangeEvent, Mail, Person, ResponseType } from './types.ts';
import type { ItemName } from './ids.ts';

/** One occurrence that differs from its series: changed fields, or taken out. */
export interface Exception {
  fields: Partial<EventFields>;
  isRemoved: boolean;
  isCancelled: boolean;
  isDraft: boolean;
  hasUnsentChange: boolean;
  /** Addresses that were sent this occurrence; null while they are those of the series. */
  invited: Set<string> | null;
  response: { response: ResponseType; at: number | null } | null;
  changeNumber: number;
  modifiedAt: number;
}

/** A single event or a series as the store keeps it. Occurrences are computed. */
export interface Item {
  key: string;
  mailboxId: string;
  calendarKey: string;
  globalObjectId: string;
  fields: EventFields;
  /** By original start, epoch ms UTC. */
  exceptions: Map<number, Exception>;
  organizer: EmailAddress;
  isOrganizer: boolean;
  isDraft: boolean;
  isCancelled: boolean;
  response: { response: ResponseType; at: number | null };
  /** True while something that attendees see was changed and not sent; without it an update that adds people mails only those. */
  hasUnsentChange: boolean;
  /** Addresses that were sent this meeting, in lower case. */
  invited: Set<string>;
  /** Set for a copy of one single occurrence: an attendee of that occurrence only. */
  occurrenceObjectId: string | null;
  createdAt: number;
  modifiedAt: number;
  changeNumber: number;
}

export interface StoredCalendar { key: string; name: string; isDefault: boolean }
export interface Mailbox { calendars: StoredCalendar[]; items: Map<string, Item> }

/** What the parts of the exchange share. */
export interface World {
  now(): number;
  mailbox(mailboxId: string): Mailbox;
  /** A number that grows with every write. */
  nextChange(): number;
  publish(item: Item, name: ItemName, change: Change['change']): void;
  view(item: Item, originalStart: number | null): ExchangeEvent;
  person(idOrAddress: string): Person | undefined;
  mail(mail: Omit<Mail, 'at'>): void;
}

/** The exception of `originalStart`, made when there is none yet. */
export function exceptionAt(item: Item, originalStart: number): Exception {
  const known = item.exceptions.get(originalStart);
  if (known) return known;
  const exception: Exception = { fields: {}, isRemoved: false, isCancelled: false, isDraft: false, hasUnsentChange: false, invited: null, response: null, changeNumber: 0, modifiedAt: item.modifiedAt };
  item.exceptions.set(originalStart, exception);
  return exception;
}

/** Marks the item (and one occurrence) as changed now, and tells the watchers. */
export function touch(world: World, item: Item, originalStart: number | null, change: Change['change'] = 'updated'): void {
  item.changeNumber = world.nextChange();
  item.modifiedAt = world.now();
  const exception = originalStart === null ? undefined : item.exceptions.get(originalStart);
  if (exception) {
    exception.changeNumber = item.changeNumber;
    exception.modifiedAt = item.modifiedAt;
    world.publish(item, { key: item.key, originalStart }, exception.isRemoved ? 'deleted' : change);
    if (change !== 'created') world.publish(item, { key: item.key, originalStart: null }, 'updated');
    return;
  }
  world.publish(item, { key: item.key, originalStart: null }, change);
}
