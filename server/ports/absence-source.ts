import type { MailboxRef } from '../domain/calendar.ts';

/** Automatic replies and zone of a mailbox. Instants epoch ms, UTC. Throws TheirError. */
export interface Absence {
  /** IANA zone in which the mailbox's days lie; null when it names none that is known. */
  zone: string | null;
  /** Null when nothing is sent. `to` is Infinity for "always on". May lie ahead. */
  outOfOffice: { from: number; to: number } | null;
}

export interface AbsenceSource {
  readonly instance: string;
  /** Reads one mailbox: a request each. */
  absence(mailbox: MailboxRef): Promise<Absence>;
  /** Which of these are away by their automatic replies at this moment, in few requests; null where the system cannot tell many at once. */
  whoIsAway(mailboxes: readonly MailboxRef[]): Promise<ReadonlySet<string> | null>;
}
