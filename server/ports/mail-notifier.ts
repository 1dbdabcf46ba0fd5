import type { MailPerson } from './mail-sender.ts';
import type { MailDraft } from './mail-store.ts';

/**
 * What we ask of a mail system where we may not look into people's mailboxes: to send the mail about a voicemail, and no more. What becomes of it afterwards nobody
 * tells us, so nothing that is done to it reaches the phone.
 */
export interface MailNotifier {
  /** Connector instance. */
  readonly instance: string;
  /** Largest attachment, bytes. */
  readonly maxAudioBytes: number;
  /** Why mails that are only sent come into the inbox, whatever folder was chosen for them, and what an administrator can do about it. */
  readonly noFolders: { reason: string; remedy: string };
  /**
   * Hands the mail to its owner's mail system. `draft.isRead` and `draft.sentAt` are the receiving system's business, and of `draft.from` only the name counts: the
   * address is the sender's own. Resolves when it was taken. Throws TheirError: 'no-answer' when it may have been taken all the same; any other fault when it certainly was
   * not: 'unavailable' and 'throttled' pass, 'refused' (the address, or the size) and 'denied' do not.
   */
  notify(to: MailPerson, draft: MailDraft): Promise<void>;
}
