/** What we ask of a system that sends mails for us. */

export interface MailPerson {
  /** Hostile text; connectors make one line of it. */
  name: string;
  address: string;
}

export interface OutgoingMail {
  /** Ours, without angle brackets: by it a mail is found again, and told from its twin. */
  messageId: string;
  to: MailPerson;
  /** Whose name stands before the sender's address. */
  fromName: string;
  replyTo: MailPerson | null;
  subject: string;
  text: string;
  /** The same as HTML, finished and escaped. */
  html?: string;
  /** With `text` these are all that the mail carries. */
  attachments?: readonly { fileName: string; contentType: string; bytes: Uint8Array }[];
  isUrgent?: boolean;
  /** Programs warn before they forward what is `private` or `confidential`. */
  sensitivity?: 'private' | 'confidential';
  /** An invitation that calendars understand (RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL'; ics: string };
}

export interface MailSender {
  /** Connector instance. */
  readonly instance: string;
  /** The address that mails come from. */
  readonly from: string;
  /**
   * Hands one mail to one person over, at most once. Resolves when the server has taken it. Throws TheirError: 'no-answer' when it may have been taken all the
   * same, so that it must not be repeated without asking; 'unavailable' and 'throttled' when it certainly was not; 'refused' and 'denied' when it never will.
   */
  send(mail: OutgoingMail): Promise<void>;
}
