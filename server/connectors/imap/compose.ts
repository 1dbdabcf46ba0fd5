import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailDraft } from '../../ports/mail-store.ts';
import { keyHeader } from './mail.ts';

/** Control characters have no place in a header; the library would fold some of them and keep others. */
function line(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

/**
 * The draft as a message of RFC 5322. Besides our own header it carries those that MS-OXOUM 2.2.5 gives to voicemail, which Exchange and some programs read.
 * `to`: the owner's address.
 */
export async function compose(draft: MailDraft, to: string): Promise<Buffer> {
  const { messageId, from, subject, text, html, sentAt, isUrgent, sensitivity, call, key, audio } = draft;
  const composer = new MailComposer({
    messageId: `<${messageId}>`, date: new Date(sentAt), from: { name: line(from.name), address: from.address }, to, subject: line(subject), text, html,
    headers: {
      ...(isUrgent ? { Importance: 'high', 'X-Priority': '1' } : {}), ...(sensitivity === undefined ? {} : { Sensitivity: sensitivity === 'private' ? 'Private' : 'Company-Confidential' }),
      [keyHeader]: line(key), 'Content-Class': 'voice-ca', 'X-CallingTelephoneNumber': line(call.number), 'X-VoiceMessageDuration': String(Math.max(0, Math.round(call.durationSeconds))), 'X-VoiceMessageSenderName': line(call.name),
    },
    attachments: audio === null ? [] : [{ filename: line(audio.fileName), contentType: audio.contentType, content: Buffer.from(audio.bytes) }],
    // Texts are finished: nothing in them is a file or an address that the composer shall fetch.
    disableFileAccess: true, disableUrlAccess: true,
  });
  return composer.compile().build();
}
