import type { MailboxRef } from '../domain/calendar.ts';
import type { MailboxProfile } from './calendar-source.ts';

/**
 * What we ask of a mail system: to keep one mail per voicemail in its owner's mailbox. Instants epoch ms, UTC. Each call ends within the connector's
 * deadline and throws TheirError: 'no-answer' the effect is unknown, read before you repeat; 'gone' the mailbox (moved, removed) or the mail is not
 * there; 'full' the mailbox has no room; 'throttled' with the wait; 'denied' an administrator must act.
 */

/** Where one person's mails are put: their mailbox, and the folder in it. */
export interface MailHome extends MailboxRef {
  /**
   * Names from the mailbox's top with '/' between them; '' or none: the inbox. A first name "Inbox", in any case, means the inbox whatever the owner's language calls it. What is missing is
   * made; where the system refuses that, the inbox takes its place. A folder is what has this name at the moment: one that was renamed is a folder of the owner's from then on.
   */
  folder?: string;
}

/** What it can do at this moment. What is false is never called. */
export interface MailCapabilities {
  /** Tells us of changes (`watch`). Without it mailboxes are looked at again and again. */
  notifications: boolean;
  /** Lists changes since a cursor. Without it `find` is asked about every mail. */
  changes: boolean;
  /** Moves to and from a trash. Without it nothing is deleted in the mailbox. */
  trash: boolean;
  /** A mail keeps its id when it is moved. Where it does not, the new id is returned, or found by the Message-ID. */
  stableIds: boolean;
  /** Finds a mail that was filed in another folder. Without it such a mail counts as missing. */
  findsFiled: boolean;
  /** Puts mails into another folder than the inbox (`MailHome.folder`). */
  folders: boolean;
  /** Has a class for voicemail (its own icon, its own search). */
  voicemailClass: boolean;
  /** A mail that was just delivered or moved is found at the latest after this, ms. 0: at once. */
  visibleWithinMs: number;
  /** Largest attachment, bytes. */
  maxAudioBytes: number;
}

/** `inbox`: in the inbox itself, or in the folder that mails are put into. `elsewhere`: filed by its owner or a rule, still theirs. `trash`: Deleted Items, Trash: the owner threw it away. */
export type MailPlace = 'inbox' | 'elsewhere' | 'trash';

/** One mail as it stands. */
export interface MailItem {
  /** The system's id at this moment: changes with a move where `stableIds` is false. */
  id: string;
  /** Message-ID of RFC 5322 without angle brackets: by this it is found again. */
  messageId: string;
  isRead: boolean;
  place: MailPlace;
}

/** A mail to be made. All texts are finished; the connector escapes what its format needs and refuses nothing for its contents. */
export interface MailDraft {
  /** `<local part>@<domain>` without angle brackets, chosen by us and kept for good. */
  messageId: string;
  /** Shown sender. Both without control characters. */
  from: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** When the voicemail was left: the mail's date. */
  sentAt: number;
  isRead: boolean;
  isUrgent: boolean;
  /** Programs warn before they forward what is `private` or `confidential`. */
  sensitivity?: 'private' | 'confidential';
  /** Becomes voicemail properties where there is a class for it. */
  call: { name: string; number: string; durationSeconds: number };
  /** Value of the header X-Tieline-Voicemail: a lookup key, it says nothing to others. */
  key: string;
  audio: { fileName: string; contentType: string; bytes: Uint8Array } | null;
}

export interface MailChanges {
  /** As each stands now. An item may come twice (the last counts) and may not have changed at all. */
  items: MailItem[];
  /** Ids that are no longer where they were: deleted or moved, nobody says which. Ask `find`. */
  gone: string[];
  /** Give it back next time. Opaque. */
  cursor: string;
  /** True when the cursor was refused and everything was read anew: what is not in `items` was not seen. Ask `find`. */
  wasReset: boolean;
}

export interface MailWatch {
  id: string;
  /** Null: as long as the connector runs. */
  expiresAt: number | null;
}

export interface MailStore {
  readonly instance: string;
  readonly capabilities: MailCapabilities;
  /** By any of its addresses, or by the system's id. Null when there is none. */
  findMailbox(addressOrId: string): Promise<MailboxProfile | null>;

  /**
   * Puts the mail into the home's folder. Safe to repeat: a mail with this Message-ID that is found in the mailbox, wherever it lies, is returned as it
   * stands instead of making another; within `visibleWithinMs` after a 'no-answer' it might not be found, so wait that long before repeating.
   */
  deliver(home: MailHome, draft: MailDraft): Promise<MailItem>;
  /** Where these mails stand, wherever they lie. One that is found nowhere has no item; several copies of one are several items. At most 500 at a time. */
  find(mailbox: MailHome, messageIds: readonly string[]): Promise<MailItem[]>;
  /** Mails that the phone system itself sent about these voicemails (header X-Asterisk-VM-Message-ID), for adoption at first contact. At most 500 at a time. */
  findNotices(mailbox: MailHome, voicemailIds: readonly string[]): Promise<(MailItem & { voicemailId: string })[]>;

  // Writes. Safe to repeat: what is so already is done. Resolve with the mail as it stands afterwards. Throw 'gone' when the id is not known:
  // it may have been moved, ask `find`.

  setRead(mailbox: MailHome, item: MailItem, isRead: boolean): Promise<MailItem>;
  /** To the trash, from where its owner can take it back. Never deletes for good. */
  trash(mailbox: MailHome, item: MailItem): Promise<MailItem>;
  /** From the trash back to the home's folder. */
  restore(home: MailHome, item: MailItem): Promise<MailItem>;

  /**
   * What changed with our mails (those of `deliver`, and adopted ones) since `cursor`, in inbox, trash and the home's folder at least; null: begin now, with no items.
   * Mails of others may be among both: a connector leaves out what it can.
   */
  changes(home: MailHome, cursor: string | null): Promise<MailChanges>;
  /**
   * Asks to be told of changes in the home's folder, which arrive as Wake.mark `mail.changed` with key '<instance>/<mailbox id>'. Renews what is there. May be told late,
   * twice or never.
   */
  watch(home: MailHome): Promise<MailWatch>;
  /** Ends it. One that is not known is ended. */
  unwatch(mailbox: MailboxRef, watchId: string): Promise<void>;
}
