import type { MailboxRef } from '../domain/calendar.ts';

/** A mailbox as one word: the key of its work. The instance has no slash (config), the rest is the system's own id. */
export function mailboxKey(mailbox: MailboxRef): string {
  return `${mailbox.instance}/${mailbox.id}`;
}

/** The reverse; null for a key that is none. */
export function mailboxOfKey(key: string): MailboxRef | null {
  const slash = key.indexOf('/');
  return slash > 0 && slash < key.length - 1 ? { instance: key.slice(0, slash), id: key.slice(slash + 1) } : null;
}

/** One event of a mailbox as one word, as connectors mark it (ports/calendar-source.ts). */
export function eventKey(mailbox: MailboxRef, eventId: string): string {
  return `${mailboxKey(mailbox)}/${eventId}`;
}

/** The reverse; null for a key that is none. Ids of events have no slash in them. */
export function eventOfKey(key: string): { mailbox: MailboxRef; eventId: string } | null {
  const slash = key.lastIndexOf('/');
  const mailbox = slash > 0 ? mailboxOfKey(key.slice(0, slash)) : null;
  const eventId = key.slice(slash + 1);
  return mailbox && eventId !== '' ? { mailbox, eventId } : null;
}
