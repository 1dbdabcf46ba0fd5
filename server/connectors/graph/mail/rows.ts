import { z } from 'zod';
import type { MailItem, MailPlace } from '../../../ports/mail-store.ts';

/** Property of a message that holds our lookup key, in the set of named properties that any program may use. The header of the same meaning is for people who look. */
export const keyProperty = 'String {00020329-0000-0000-C000-000000000046} Name TielineVoicemail';

/** Where Exchange keeps the header by which Asterisk names a voicemail (MS-OXCMAIL: x-headers become named strings of PS_INTERNET_HEADERS). */
export const noticeProperty = 'String {00020386-0000-0000-C000-000000000046} Name X-Asterisk-VM-Message-ID';

const named = z.array(z.object({ id: z.string().max(512), value: z.string().max(4_096).nullish() })).nullish();

/** What we read of a message: never its subject, its text, or who it is from. */
export const messageRow = z.object({
  id: z.string().min(1).max(2_048),
  internetMessageId: z.string().max(4_096).nullish(),
  isRead: z.boolean().nullish(),
  parentFolderId: z.string().max(2_048).nullish(),
  hasAttachments: z.boolean().nullish(),
  singleValueExtendedProperties: named,
});

export type MessageRow = z.output<typeof messageRow>;

export const messageFields = 'id,internetMessageId,isRead,parentFolderId,hasAttachments';

/** Both marks of a voicemail's mail: ours, and the phone system's own. */
export const marksExpanded = `singleValueExtendedProperties($filter=id eq '${keyProperty}' or id eq '${noticeProperty}')`;

/** True when the row carries one of the marks. */
export function isVoicemail({ singleValueExtendedProperties }: MessageRow): boolean {
  return (singleValueExtendedProperties ?? []).length > 0;
}

/** The voicemail that the phone system's own mail is about; null when it is none. Property ids come back in Graph's own spelling. */
export function noticeOf({ singleValueExtendedProperties }: MessageRow): string | null {
  const found = (singleValueExtendedProperties ?? []).find(({ id }) => id.toLowerCase() === noticeProperty.toLowerCase());
  return found?.value ?? null;
}

/** Ids of the folders that mean something to us. Their names belong to the owner, and so does their language. */
export interface KnownFolders { inbox: string; trash: string; /** Where mails are put, unless it is the inbox. */ home?: string | undefined }

function placeOf(folderId: string | null | undefined, { inbox, trash, home }: KnownFolders): MailPlace {
  if (folderId === inbox || (home !== undefined && folderId === home)) return 'inbox';
  return folderId === trash ? 'trash' : 'elsewhere';
}

/** A row as the port tells it. */
export function toItem(row: MessageRow, folders: KnownFolders): MailItem {
  return itemIn(placeOf(row.parentFolderId, folders), row);
}

/** A row of which it is known where it lies. */
export function itemIn(place: MailPlace, row: MessageRow): MailItem {
  return { id: row.id, messageId: withoutBrackets(row.internetMessageId ?? ''), isRead: row.isRead ?? false, place };
}

function withoutBrackets(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

/** A text as a filter quotes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
