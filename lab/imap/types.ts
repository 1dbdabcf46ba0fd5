/** What a stand-in of an IMAP server can be told to be. Names are those that a CAPABILITY answer has. */
export interface ImapManner {
  condstore: boolean;
  qresync: boolean;
  idle: boolean;
  move: boolean;
  uidPlus: boolean;
  specialUse: boolean;
  /** Gmail's extensions and its way with folders: labels on one message, All Mail, Trash. */
  gmail: boolean;
  mechanisms: readonly ('XOAUTH2' | 'OAUTHBEARER' | 'PLAIN')[];
  /** Connections of one login at a time. */
  mostConnections: number;
  /** Until an idling client hears of a change, ms: Dovecot's own delay is half a second. */
  notifyMs: number;
}

/** A message's content, common to all folders that show it. Instants epoch ms UTC. */
export interface Content {
  raw: Buffer;
  flags: Set<string>;
  internalDate: number;
  /** Number that a message keeps for good (X-GM-MSGID). */
  permanentId: bigint;
}

/** A message in one folder. */
export interface Entry { uid: number; modseq: number; content: Content }

export type FolderUse = '\\Inbox' | '\\All' | '\\Trash' | '\\Junk' | '\\Sent' | '\\Drafts' | '\\Archive';

export interface Folder {
  path: string;
  use: FolderUse | null;
  uidValidity: number;
  uidNext: number;
  highestModseq: number;
  /** By UID, in rising order. */
  entries: Map<number, Entry>;
  /** What left, with the modseq of its leaving. */
  vanished: { uid: number; modseq: number }[];
}

export interface FolderEvent { path: string; kind: 'came' | 'changed' | 'left'; uid: number }

/** One login's folders. Deeds of a person are the same as those of a client. */
export interface Account {
  login: string;
  folders: Map<string, Folder>;
  folder(path: string): Folder | undefined;
  create(path: string, use?: FolderUse | null): Folder;
  rename(path: string, to: string): void;
  /** Bytes of the largest mail that is taken (Dovecot's quota_max_mail_size); null: any. */
  largest: number | null;
  /** Throws 'OVERQUOTA' when there is no room, 'LIMIT' for one that is too large. */
  append(path: string, raw: Buffer, options?: { flags?: Iterable<string>; internalDate?: number }): Entry;
  flag(path: string, uid: number, change: { add?: Iterable<string>; remove?: Iterable<string>; set?: Iterable<string> }): void;
  /** New UIDs by old ones. */
  move(path: string, uids: readonly number[], to: string): Map<number, number>;
  copy(path: string, uids: readonly number[], to: string): Map<number, number>;
  expunge(path: string, uids: readonly number[]): void;
  /** The folder's UIDs mean nothing any more: what a restored backup does. */
  renumber(path: string): void;
  /** Bytes that fit in; null for no end. */
  quota: number | null;
  onEvent(fn: (event: FolderEvent) => void): () => void;
}
