import { badRequest } from '../errors.ts';
import { field, listField, textField } from '../json.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { readNewMessage } from '../message-input.ts';
import { recipients } from './answers.ts';

/** One mail to each recipient; 202, whatever becomes of it. */
function sendMail(call: MailboxCall): Reply {
  const message = field(call.body, 'message');
  const to = ['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) => recipients(listField(message, name) ?? []));
  if (to.length === 0) throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.');
  const { isDraft: _isDraft, isRead: _isRead, from: _from, sender: _sender, receivedAt: _receivedAt, sentAt: _sentAt, to: _to, cc: _cc, ...kept } = readNewMessage(message);
  for (const address of to) call.world.exchange.sendMail({ from: call.mailbox.address, to: address, subject: textField(message, 'subject') ?? '', body: textField(field(message, 'body'), 'content') ?? '' }, kept);
  return { status: 202 };
}

export const mailRoutes: MailboxRoute[] = [{ method: 'POST', path: 'sendMail', below: 'mailbox', permission: 'Mail.Send', isOutlook: true, handle: sendMail }];
