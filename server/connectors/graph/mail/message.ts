import type { MailDraft } from '../../../ports/mail-store.ts';
import { keyProperty } from './rows.ts';
import { isoOf } from '../times.ts';

/** Graph takes files up to 3 MB within a message (learn.microsoft.com/graph/outlook-large-attachments); base64 makes a third more of them, and a request ends at 4 MB. */
export const largestInline = 2_900_000;

/**
 * Class of a message that was left after a call (MS-OXOUM 2.2.1): its own icon in classic Outlook, its own search ("kind:voicemail"), and rules of Exchange know it.
 */
const voicemailClass = 'IPM.Note.Microsoft.Voicemail.UM.CA';

/** PidTagMessageFlags without UNSENT: only in the call that creates it can a message be made no draft (graph.md §7). */
const notUnsent = '4';

/** Property tags of MS-OXOUM: what Outlook shows of the call. */
function callProperties({ call, audio }: MailDraft): { id: string; value: string }[] {
  return [
    { id: 'Integer 0x6801', value: String(Math.max(0, Math.round(call.durationSeconds))) },
    { id: 'String 0x6802', value: call.number },
    { id: 'String 0x6803', value: call.name },
    { id: 'String 0x6805', value: audio?.fileName ?? '' },
  ];
}

/** PidTagSensitivity (MS-OXCMSG 2.2.1.13): 2 private, 3 company confidential. */
function sensitivity(draft: MailDraft): { id: string; value: string }[] {
  return draft.sensitivity === undefined ? [] : [{ id: 'Integer 0x0036', value: { private: '2', confidential: '3' }[draft.sensitivity] }];
}

/** The body of the creating call. `to`: the owner, null when the directory does not say. The sound is in it when it is small enough. */
export function messageBody(draft: MailDraft, to: { name: string; address: string } | null): Record<string, unknown> {
  const { messageId, from, subject, html, sentAt, isRead, isUrgent, key, audio } = draft;
  const sender = { emailAddress: { name: from.name, address: from.address } };
  const properties = [
    { id: 'Integer 0x0E07', value: notUnsent },
    { id: 'String 0x001A', value: voicemailClass },
    // When it was left; otherwise Outlook would show when we delivered it.
    { id: 'SystemTime 0x0E06', value: isoOf(sentAt) },
    { id: 'SystemTime 0x0039', value: isoOf(sentAt) },
    ...sensitivity(draft),
    { id: keyProperty, value: key },
    ...callProperties(draft),
  ];
  return {
    subject,
    body: { contentType: 'html', content: html },
    from: sender,
    sender,
    ...(to === null ? {} : { toRecipients: [{ emailAddress: to }] }),
    isRead,
    importance: isUrgent ? 'high' : 'normal',
    internetMessageId: `<${messageId}>`,
    internetMessageHeaders: [{ name: 'X-Tieline-Voicemail', value: key }],
    singleValueExtendedProperties: properties.filter(({ value }) => value !== ''),
    ...(audio !== null && isInline(draft) ? { attachments: [attachmentOf(audio)] } : {}),
  };
}

/** A mail to be sent, not put into a mailbox: from whom it is and when it was left are in its text. */
export function noticeBody(draft: MailDraft, to: { name: string; address: string }): Record<string, unknown> {
  const { messageId, subject, html, isUrgent, key, audio } = draft;
  return {
    subject,
    body: { contentType: 'html', content: html },
    toRecipients: [{ emailAddress: to }],
    importance: isUrgent ? 'high' : 'normal',
    internetMessageId: `<${messageId}>`,
    internetMessageHeaders: [{ name: 'X-Tieline-Voicemail', value: key }],
    ...(draft.sensitivity === undefined ? {} : { singleValueExtendedProperties: sensitivity(draft) }),
    ...(audio === null ? {} : { attachments: [attachmentOf(audio)] }),
  };
}

function attachmentOf({ fileName, contentType, bytes }: NonNullable<MailDraft['audio']>): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.fileAttachment', name: fileName, contentType, contentBytes: Buffer.from(bytes).toString('base64') };
}

/** The sound goes within the message, or there is none. */
export function isInline({ audio }: MailDraft): boolean {
  return audio === null || audio.bytes.length <= largestInline;
}
