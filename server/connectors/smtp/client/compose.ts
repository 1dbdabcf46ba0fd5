import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { MailPerson, OutgoingMail } from '../../../ports/mail-sender.ts';

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

function person({ name, address }: MailPerson): { name: string; address: string } {
  return { name: oneLine(name), address: address.replaceAll(/[\s<>",;]/g, '') };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
