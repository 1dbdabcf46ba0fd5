import type { MailboxRef } from '../domain/calendar.ts';

/**
 * Another system's own mark that somebody is on the phone: the coloured dot beside their name in Outlook and Teams. Only calls are told: what the calendar
 * says, that system knows by itself (one owner per fact, A045). Throws TheirError.
 */
export interface CallDots {
  readonly instance: string;
  /** Whether the person was ever seen there: somebody who never used it is left alone. */
  isSeen(person: MailboxRef): Promise<boolean>;
  /** "In a call", until it is cleared or this long has passed. Safe to repeat: the newest stands. */
  inCall(person: MailboxRef, forMs: number): Promise<void>;
  /** The call is over. What is cleared already is done. With `thenAvailable` the person shows available for five minutes instead of being nobody's. */
  callOver(person: MailboxRef, thenAvailable: boolean): Promise<void>;
}
