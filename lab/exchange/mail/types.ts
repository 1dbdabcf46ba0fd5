import type { EmailAddress, ItemBody } from '../types.ts';

/** Folders that every mailbox has, by the names that Graph gives them. */
export type WellKnownFolder = 'msgfolderroot' | 'inbox' | 'drafts' | 'sentitems' | 'deleteditems' | 'junkemail' | 'outbox' | 'archive' | 'recoverableitemsdeletions';

/** One mail folder. `id` stands while the folder lives, whatever it is called. */
export interface MailFolder { id: string; key: string; wellKnownName: WellKnownFolder | null; displayName: string; parentKey: string | null; mailboxId: string }

/** A file in a message. */
export interface MailAttachment { id: string; name: string; contentType: string; isInline: boolean; content: Buffer }
export type AttachmentInput = Omit<MailAttachment, 'id'>;

/** What a client may write. Instants epoch ms UTC. */
export interface MessageFields {
  subject: string;
  body: ItemBody;
  from: EmailAddress;
  sender: EmailAddress;
  to: EmailAddress[];
  cc: EmailAddress[];
  isRead: boolean;
  /** Not sent: what a client creates is a draft unless it says otherwise. */
  isDraft: boolean;
  importance: 'low' | 'normal' | 'high';
  /** With its angle brackets. Nothing keeps two messages from having the same. */
  internetMessageId: string;
  headers: { name: string; value: string }[];
  /** Extended properties by id, e.g. `String 0x001A`. */
  properties: Record<string, string>;
  categories: string[];
  receivedAt: number;
  sentAt: number;
}

/** A client's wish: what is left out gets Outlook's default, or keeps its value. */
export interface MessageDraft extends Partial<MessageFields> { attachments?: AttachmentInput[] }

/** One message as a client sees it. */
export interface MailMessage extends MessageFields {
  /** Immutable id: stands while the message stays in the mailbox. */
  id: string;
  /** Changes with the folder. */
  restId: string;
  ewsId: string;
  mailboxId: string;
  folderId: string;
  attachments: readonly MailAttachment[];
  createdAt: number;
  modifiedAt: number;
  changeKey: string;
  /** Grows with every write of the whole exchange. */
  changeNumber: number;
}

/** A message came into, changed in, or left a folder. A move is told as `deleted` of the old and `created` of the new folder. */
export interface MailChange { mailboxId: string; folderId: string; id: string; restId: string; changeKey: string | null; change: 'created' | 'updated' | 'deleted'; at: number }

/** A message left a folder: what a client that follows the folder is told. */
export interface Departure { changeNumber: number; id: string; restId: string }

/** A rule of the owner's: new messages whose subject or sender contains the text go elsewhere on arrival. */
export interface InboxRule { contains: string; moveTo: string; markRead?: boolean }

/**
 * Mails in mailboxes. `mailbox` is a person's id or address; a folder is named by its id or well-known name; a message by any of its ids.
 * Throws ExchangeError: `ErrorItemNotFound`, `ErrorFolderNotFound`, `ErrorInvalidUser`, `ErrorQuotaExceeded`, `ErrorFolderExists`, `ErrorInvalidFolderName`.
 */
export interface MailRoom {
  folders(mailbox: string): MailFolder[];
  folder(mailbox: string, idOrName: string): MailFolder;
  addFolder(mailbox: string, name: string, parent?: string): MailFolder;
  renameFolder(mailbox: string, idOrName: string, name: string): MailFolder;
  /** With all that lies in it; to `deleteditems` when it is thrown away. */
  moveFolder(mailbox: string, idOrName: string, to: string): MailFolder;
  /** Messages of one folder, or of all that a person sees; newest first. */
  list(mailbox: string, folder?: string): MailMessage[];
  count(mailbox: string, folder: string): { total: number; unread: number };
  read(mailbox: string, id: string): MailMessage | undefined;
  /** Puts a message into a folder as a client does: no rule is asked. */
  create(mailbox: string, folder: string, draft: MessageDraft): MailMessage;
  /** A mail arrives from outside: rules are asked, it is no draft. */
  arrive(mailbox: string, draft: MessageDraft): MailMessage;
  update(mailbox: string, id: string, changes: Partial<MessageFields>): MailMessage;
  move(mailbox: string, id: string, folder: string): MailMessage;
  copy(mailbox: string, id: string, folder: string): MailMessage;
  attach(mailbox: string, id: string, attachment: AttachmentInput): MailAttachment;
  /** To Deleted Items; from there out of sight. */
  remove(mailbox: string, id: string): void;
  /** Out of the owner's reach. */
  destroy(mailbox: string, id: string): void;
  /** A retention policy at work: messages received before `before` (epoch ms UTC) are gone for good, with no stop in Deleted Items. How many. */
  purge(mailbox: string, before: number, folder?: string): number;
  /** Auto-archive at work: the message goes into another mailbox, and with it its id. */
  archiveAway(mailbox: string, id: string): void;
  addRule(mailbox: string, rule: InboxRule): void;
  /** Bytes that the mailbox may hold; null for no end. */
  quota(mailbox: string, bytes: number | null): void;
  /** What left the folder after `changeNumber`. */
  departures(mailbox: string, folder: string, changeNumber: number): Departure[];
  /** Number of the newest change. */
  newest(): number;
  /** Calls `fn` after every change, in order. Returns a function that stops it. */
  onChange(fn: (change: MailChange) => void): () => void;
}
