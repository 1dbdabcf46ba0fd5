import type { Calendar } from '../../exchange/index.ts';
import { GraphError } from '../errors.ts';
import type { MailboxCall, MailboxRoute, Permission } from '../types.ts';

/** The ways to a calendar: the mailbox's own, by its short and its long name, and any by id. */
const prefixes = ['', 'calendar/', 'calendars/{calendar}/'];

/** The calendar that the path names; the default one when it names none. Throws GraphError 404. */
export function calendarOf({ world, mailbox, params }: MailboxCall): Calendar {
  const wanted = params['calendar'];
  const found = world.exchange.calendars(mailbox.id).find(({ id, isDefault }) => (wanted === undefined ? isDefault : id === wanted));
  if (!found) throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  return found;
}

/** The same route under every way to a calendar. */
export function underCalendars(method: string, path: string, permission: Permission, handle: MailboxRoute['handle']): MailboxRoute[] {
  return prefixes.map((prefix) => ({ method, path: prefix + path, below: 'mailbox', permission, isOutlook: true, handle }));
}

/** Context fragment of a mailbox's collection. */
export function contextOf({ mailbox }: MailboxCall, collection: string): string {
  return `users('${mailbox.id}')/${collection}`;
}
