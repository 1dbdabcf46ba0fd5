import type { MailboxRef } from '../domain/calendar.ts';

/** What another system says of somebody. */
export interface PresenceElsewhere {
  availability: 'available' | 'away' | 'busy' | 'doNotDisturb';
  isInCall: boolean;
}

/** A system with a presence of its own: people who are signed in there can be seen although no phone system knows them. Throws TheirError. */
export interface PresenceReader {
  readonly instance: string;
  /** In few requests. Whoever is offline there, or was never seen, is not in it; null where we may not ask. */
  presences(people: readonly MailboxRef[]): Promise<ReadonlyMap<string, PresenceElsewhere> | null>;
}
