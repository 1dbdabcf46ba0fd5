import PostalMime from 'postal-mime';
import type { MailItem, MailPlace } from '../../ports/mail-store.ts';
import type { MessageRow } from './client/connection.ts';

/** Header by which a mail of ours is known; its value is a lookup key. */
export const keyHeader = 'X-Tieline-Voicemail';
/** Header by which Asterisk names the voicemail that its own mail is about. */
export const noticeHeader = 'X-Asterisk-VM-Message-ID';

/** Headers that are read of a message: never its subject, its text, or who it is from. */
export const readHeaders = ['Message-ID', keyHeader, noticeHeader];

/** Long enough for any that is meant seriously; the rest of a hostile one is no use to anybody. */
const longestValue = 1_024;

/** A voicemail's mail in one folder. */
export interface KnownMail {
  uid: number;
  /** Without angle brackets. */
  messageId: string;
  /** The voicemail that the phone system's own mail is about; null when the mail is ours. */
  voicemailId: string | null;
  isRead: boolean;
  /** Marked to be deleted by a program that knows no trash. */
  isMarkedDeleted: boolean;
  /** Gmail: it carries the label of the inbox, or of the folder that mails are put into. */
  isInInbox: boolean;
  /** Gmail's number, kept in every folder; null elsewhere. */
  permanentId: string | null;
  modseq: bigint;
}

/** What may change of a mail while it stays where it is. */
export function marksOf({ flags, labels, modseq }: MessageRow, label = ''): Pick<KnownMail, 'isRead' | 'isMarkedDeleted' | 'isInInbox' | 'modseq'> {
  return { isRead: flags.has('\\Seen'), isMarkedDeleted: flags.has('\\Deleted'), isInInbox: labels !== null && (labels.has('\\Inbox') || labels.has(label)), modseq };
}

/** A row with its headers as a mail of ours; null when it is none. Headers come from strangers: folded, encoded, several times. */
export async function readMail(row: MessageRow, label?: string): Promise<KnownMail | null> {
  if (row.headers === null) return null;
  const { messageId, headers } = await PostalMime.parse(row.headers);
  const value = (name: string): string | null => headers.find(({ key }) => key === name.toLowerCase())?.value.trim().slice(0, longestValue) ?? null;
  const voicemailId = value(noticeHeader);
  if (!messageId || (voicemailId === null && value(keyHeader) === null)) return null;
  return { uid: row.uid, messageId: messageId.trim().replaceAll(/^<|>$/g, '').slice(0, longestValue), voicemailId, permanentId: row.permanentId, ...marksOf(row, label) };
}

/** A folder as far as it matters: where its mails count as being, and what its numbers are worth. */
export interface FolderName {
  path: string;
  place: MailPlace | 'labels';
  /** Where labels stand for folders: the one of the folder that mails are put into. */
  label?: string;
}
export interface FolderPlace extends FolderName { uidValidity: bigint }

/** Id of a mail: Gmail's own number, or the folder's name with the number that holds in it. */
export function idOf({ path, uidValidity }: FolderPlace, { uid, permanentId }: Pick<KnownMail, 'uid' | 'permanentId'>): string {
  return permanentId === null ? `${uidValidity}.${uid}.${path}` : `gm.${permanentId}`;
}

export type ParsedId = { permanentId: string } | { uidValidity: bigint; uid: number; path: string };

/** Null for an id that is none of ours. */
export function parseId(id: string): ParsedId | null {
  const permanent = /^gm\.(\d{1,20})$/.exec(id)?.[1];
  if (permanent !== undefined) return { permanentId: permanent };
  const [, validity, uid, path] = /^(\d{1,10})\.(\d{1,10})\.([\s\S]+)$/.exec(id) ?? [];
  if (validity === undefined || uid === undefined || path === undefined) return null;
  return { uidValidity: BigInt(validity), uid: Number(uid), path };
}

export function toItem(folder: FolderPlace, mail: KnownMail): MailItem {
  const place = mail.isMarkedDeleted ? 'trash' : folder.place === 'labels' ? (mail.isInInbox ? 'inbox' : 'elsewhere') : folder.place;
  return { id: idOf(folder, mail), messageId: mail.messageId, isRead: mail.isRead, place };
}
