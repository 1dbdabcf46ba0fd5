import type { MailPlace, MailStore } from '../../server/ports/mail-store.ts';
import type { WakeKey } from '../../server/ports/wake.ts';

/** A mail system with somebody at their mailbox, whatever it is made of. */
export interface MailWorld {
  store: MailStore;
  /** Of the one person; any spelling of upper and lower case must do. */
  address: string;
  /** What the owner does with a mail that they see: named by Message-ID. `destroy`: deleted for good, past the trash. */
  read(messageId: string, isRead: boolean): Promise<void>;
  move(messageId: string, place: MailPlace): Promise<void>;
  destroy(messageId: string): Promise<void>;
  /** A mail that the phone system itself sent about a voicemail, with the header X-Asterisk-VM-Message-ID. Resolves with its Message-ID. */
  notice(voicemailId: string): Promise<string>;
  /** What the mailbox shows of a mail, as another program sees it. */
  look(messageId: string): Promise<{ subject: string; from: string; isUrgent: boolean; attachments: { name: string; size: number }[] } | null>;
  /** The mailbox has no more room, until the returned function makes some; null where that cannot be brought about. */
  fill(): Promise<(() => Promise<void>) | null>;
  /** The next write is done and its answer is lost; null where that cannot be brought about. */
  loseAnswer(): Promise<true | null>;
  /** Cursors given so far are refused. Null where the system has none that it forgets. */
  forget(): Promise<true | null>;
  /** Nobody answers any more, until the returned function brings it back. */
  cut(): Promise<() => Promise<void>>;
  /** Wakes since the last call. */
  told(): Promise<WakeKey[]>;
  /** Path of the folder in which the owner sees a mail, as `MailHome.folder` writes it; 'INBOX' for the inbox. */
  folderOf(messageId: string): Promise<string>;
  /** The owner gives a folder of theirs another name. */
  renameFolder(from: string, to: string): Promise<void>;
  /** Waits for an outcome, letting time pass. */
  through<T>(outcome: Promise<T>): Promise<T>;
  /** Waits until it holds, letting time pass. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}
