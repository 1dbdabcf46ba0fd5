import type { MailboxRef } from '../domain/calendar.ts';

/** Somebody who is signed in with an access token of Entra, and that token. Handed on, never stored, never logged. */
export interface OwnSignIn {
  entraTenant: string;
  objectId: string;
  token: () => string;
}

/** Writing into a calendar with its owner's own rights, which come with what they ask and end by themselves within about an hour. */
export interface OnBehalf {
  /** This is their own mailbox, of the tenant that the connector is for. */
  isOwn(mailbox: MailboxRef, person: OwnSignIn): boolean;
  /**
   * Takes up somebody's rights over their own mailbox; from then on this process writes there as them. Safe to repeat.
   * Throws UserError when their organisation does not allow it or they must sign in again, TheirError when the sign-in service cannot be asked.
   */
  takeUp(person: OwnSignIn): Promise<void>;
}
