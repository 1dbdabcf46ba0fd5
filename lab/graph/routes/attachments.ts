import { badRequest } from '../errors.ts';
import { field, textField } from '../json.ts';
import { attachmentJson } from '../message-json.ts';
import { readAttachment } from '../message-input.ts';
import { pageOf } from '../page.ts';
import { timestamp } from '../times.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { contextOf } from './calendar-scope.ts';
import { messageOf, underFolders } from './messages.ts';

/** An upload session takes files from 3 to 150 MB and lives a few hours (outlook-large-attachments). */
const largestUpload = 150 * 1024 * 1024;
const sessionMs = 3 * 3_600_000;

function list(call: MailboxCall): Reply {
  const message = messageOf(call);
  return pageOf(call, contextOf(call, `messages('${message.id}')/attachments`), message.attachments.map((each) => attachmentJson(each, message.modifiedAt)), call.world.defaultPageSize);
}

function add(call: MailboxCall): Reply {
  const added = call.world.exchange.mail.attach(call.mailbox.id, messageOf(call).id, readAttachment(call.body));
  return { status: 201, body: { '@odata.context': `${call.base}/$metadata#attachments/$entity`, ...attachmentJson(added, call.world.clock.now()) } };
}

/** The address for the slices is at another service, and carries its own proof: it wants no token of ours. */
function openSession(call: MailboxCall): Reply {
  const { world, mailbox, base } = call;
  const item = field(call.body, 'AttachmentItem');
  const size = field(item, 'size');
  const name = textField(item, 'name');
  if (textField(item, 'attachmentType')?.toLowerCase() !== 'file' || typeof size !== 'number' || !name) throw badRequest('ErrorInvalidRequest', 'AttachmentItem needs attachmentType, name and size.');
  if (size > largestUpload) throw badRequest('ErrorAttachmentSizeLimitExceeded', 'The size of the attachment exceeds the maximum allowable limit.');
  const expiresAt = world.clock.now() + sessionMs;
  const token = world.uploads.open({ mailboxId: mailbox.id, messageId: messageOf(call).id, name, contentType: textField(item, 'contentType') ?? 'application/octet-stream', size, expiresAt });
  const uploadUrl = `${new URL(base).origin}${world.uploads.path}/${token}`;
  return { status: 201, body: { '@odata.context': `${base}/$metadata#microsoft.graph.uploadSession`, uploadUrl, expirationDateTime: timestamp(expiresAt), nextExpectedRanges: ['0-'] } };
}

export const attachmentRoutes: MailboxRoute[] = [
  ...underFolders('GET', 'messages/{message}/attachments', 'Mail.Read', list),
  ...underFolders('POST', 'messages/{message}/attachments', 'Mail.ReadWrite', add),
  ...underFolders('POST', 'messages/{message}/attachments/createUploadSession', 'Mail.ReadWrite', openSession),
];
