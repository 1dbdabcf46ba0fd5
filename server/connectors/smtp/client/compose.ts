import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { MailPerson, OutgoingMail } from '../../../ports/mail-sender.ts';
import type { MailDraft } from '../../../ports/mail-store.ts';

/** The mail as bytes (RFC 5322, 2045, 6047). Nothing in a name, a subject or a text becomes a header of its own. `now`: epoch ms, UTC. */
export async function compose(mail: OutgoingMail, from: string, now: number): Promise<Buffer> {
  const { calendar } = mail;
  return new MailComposer({
    messageId: `<${mail.messageId.replaceAll(/[^\w.@-]/g, '')}>`,
    date: new Date(now),
    from: person({ name: mail.fromName, address: from }),
    to: person(mail.to),
    ...(mail.replyTo ? { replyTo: person(mail.replyTo) } : {}),
    subject: oneLine(mail.subject),
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    attachments: (mail.attachments ?? []).map(({ fileName, contentType, bytes }) => ({ filename: oneLine(fileName), contentType, content: Buffer.from(bytes) })),
    // Nobody's absence note need come back to us (RFC 3834), and no mailing list need answer.
    headers: { 'Auto-Submitted': 'auto-generated', ...(mail.isUrgent ? { Importance: 'high', 'X-Priority': '1' } : {}), ...sensitivityHeader(mail.sensitivity) },
    // Files and addresses in the parts are never read: every part is given as text.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(calendar ? { icalEvent: { method: calendar.method.toLowerCase(), content: calendar.ics, filename: 'invite.ics' } } : {}),
  }).compile().build();
}

/** RFC 4021, section 2.1.59. */
function sensitivityHeader(sensitivity: OutgoingMail['sensitivity']): Record<string, string> {
  return sensitivity === undefined ? {} : { Sensitivity: sensitivity === 'private' ? 'Private' : 'Company-Confidential' };
}

/**
 * A voicemail's mail as bytes. Besides our own header it carries those that MS-OXOUM 2.2.5 gives to voicemail, which Exchange and some programs read. Its date is when
 * it is sent: a mail that says it is days old looks forged. `now`: epoch ms, UTC.
 */
export async function composeVoicemail(draft: MailDraft, to: MailPerson, from: string, now: number): Promise<Buffer> {
  const { call, key, audio, isUrgent } = draft;
  return new MailComposer({
    messageId: `<${draft.messageId.replaceAll(/[^\w.@-]/g, '')}>`, date: new Date(now), from: person({ name: draft.from.name, address: from }), to: person(to), subject: oneLine(draft.subject), text: draft.text, html: draft.html,
    headers: {
      'Auto-Submitted': 'auto-generated', ...(isUrgent ? { Importance: 'high', 'X-Priority': '1' } : {}), ...sensitivityHeader(draft.sensitivity), 'X-Tieline-Voicemail': oneLine(key), 'Content-Class': 'voice-ca',
      'X-CallingTelephoneNumber': oneLine(call.number), 'X-VoiceMessageDuration': String(Math.max(0, Math.round(call.durationSeconds))), 'X-VoiceMessageSenderName': oneLine(call.name),
    },
    attachments: audio === null ? [] : [{ filename: oneLine(audio.fileName), contentType: audio.contentType, content: Buffer.from(audio.bytes) }],
    disableFileAccess: true, disableUrlAccess: true,
  }).compile().build();
}

function person({ name, address }: MailPerson): { name: string; address: string } {
  return { name: oneLine(name), address: address.replaceAll(/[\s<>",;]/g, '') };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
