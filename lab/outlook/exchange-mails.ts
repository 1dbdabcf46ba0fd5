import type { Exchange } from '../exchange/index.ts';
import type { MailMessage } from '../exchange/mail/types.ts';
import type { MailItem, MailLine, OutlookMailbox } from './mailbox.ts';

/** Mails that a list shows. */
const mostLines = 50;
/** Characters of a body that stand under its subject. */
const previewLength = 120;

function previewOf({ body }: MailMessage): string {
  const text = body.type === 'html' ? body.content.replaceAll(/<(style|script)[^]*?<\/\1>|<[^>]*>/gi, ' ').replaceAll('&nbsp;', ' ') : body.content;
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, previewLength);
}

function lineOf(mail: MailMessage): MailLine {
  const { ewsId: id, from, subject, receivedAt, isRead, attachments } = mail;
  return { id, from, subject, preview: previewOf(mail), receivedAt, isRead, hasAttachments: attachments.length > 0 };
}

function itemOf(mail: MailMessage): MailItem {
  const { to, cc, body, internetMessageId, headers, attachments } = mail;
  return {
    ...lineOf(mail), to, cc, body, internetMessageId, headers: headers.map(({ name, value }) => `${name}: ${value}\r\n`).join(''),
    attachments: attachments.map(({ name, contentType, content }) => ({ name, contentType, content: content.toString('base64') })),
  };
}

/** The mails of the lab's exchange, as the Outlook page wants them. */
export function exchangeMails({ mail: room }: Exchange): Pick<OutlookMailbox, 'mails' | 'mail' | 'change'> {
  return {
    mails: async (mailbox, folder) => room.list(mailbox, folder).slice(0, mostLines).map(lineOf),
    async mail(mailbox, id) {
      const found = room.read(mailbox, id);
      return found ? itemOf(found) : null;
    },
    async change(mailbox, id, { isRead, moveTo }) {
      if (isRead !== undefined) room.update(mailbox, id, { isRead });
      if (moveTo !== undefined) room.move(mailbox, id, moveTo);
    },
  };
}
