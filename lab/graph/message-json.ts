import type { EmailAddress, MailAttachment, MailMessage } from '../exchange/index.ts';
import { textOf } from '../exchange/index.ts';
import { badRequest } from './errors.ts';
import type { Json } from './json.ts';
import type { Preferences } from './prefer.ts';
import { propertyId, spelled } from './properties.ts';
import { timestamp } from './times.ts';

const previewLength = 255;

function recipient({ name, address }: EmailAddress): Json {
  return { emailAddress: { name, address } };
}

/** HTML unless text was asked for, as with events: Graph turns plain text into HTML on the way out. */
function body({ body: { type, content } }: MailMessage, wanted: 'html' | 'text' | null): Json {
  if (wanted === 'text') return { contentType: 'text', content: textOf({ type, content }) };
  if (type === 'html' || content === '') return { contentType: 'html', content };
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\r?\n/g, '<br>\r\n');
  return { contentType: 'html', content: `<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>${escaped}</body></html>` };
}

/** The whole message as Graph tells it; `internetMessageHeaders` only when it is selected. */
export function messageJson(message: MailMessage, prefer: Preferences): Json {
  const { changeKey, subject, from, sender, to, cc, isRead, isDraft, importance, internetMessageId, categories, receivedAt, sentAt, createdAt, modifiedAt, folderId, attachments } = message;
  return {
    '@odata.etag': `W/"${changeKey}"`, id: prefer.immutableId ? message.id : message.restId, createdDateTime: timestamp(createdAt), lastModifiedDateTime: timestamp(modifiedAt), changeKey, categories,
    receivedDateTime: timestamp(receivedAt), sentDateTime: timestamp(sentAt), hasAttachments: attachments.some(({ isInline }) => !isInline), internetMessageId, subject,
    bodyPreview: textOf(message.body).slice(0, previewLength), importance, parentFolderId: folderId, conversationId: message.id.slice(0, 44), isDeliveryReceiptRequested: null,
    isReadReceiptRequested: false, isRead, isDraft, webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(message.ewsId)}`, inferenceClassification: 'focused',
    body: body(message, prefer.bodyType), sender: recipient(sender), from: recipient(from), toRecipients: to.map(recipient), ccRecipients: cc.map(recipient), bccRecipients: [],
    replyTo: [], flag: { flagStatus: 'notFlagged' },
  };
}

/** What `$select` may name besides. */
export function selectableOfMessage({ headers }: MailMessage): Json {
  return { internetMessageHeaders: headers };
}

export function attachmentJson({ id, name, contentType, isInline, content }: MailAttachment, at: number): Json {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment', '@odata.mediaContentType': contentType, id, lastModifiedDateTime: timestamp(at), name, contentType, size: content.length, isInline,
    contentId: null, contentLocation: null, contentBytes: content.toString('base64'),
  };
}

/** Properties of a message by id; its x-headers are among them, as named strings of PS_INTERNET_HEADERS (MS-OXCMAIL). */
export function messageProperties({ headers, properties }: MailMessage): Map<string, string> {
  return spelled({ ...Object.fromEntries(headers.map(({ name, value }) => [`String {00020386-0000-0000-C000-000000000046} Name ${name}`, value])), ...properties });
}

/** What `$expand` adds: named extended properties, attachments. Throws GraphError for another name. */
export function messageExpansions(message: MailMessage, expand: string | null): Json {
  const added: Json = {};
  for (const part of (expand ?? '').split(/,(?![^(]*\))/).map((each) => each.trim()).filter((each) => each !== '')) {
    const [, name = '', inner = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(part) ?? [];
    if (name.toLowerCase() === 'attachments') {
      added['attachments'] = message.attachments.map((each) => attachmentJson(each, message.modifiedAt));
      continue;
    }
    if (name.toLowerCase() !== 'singlevalueextendedproperties') throw badRequest('BadRequest', `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.message'.`);
    const ids = [...inner.matchAll(/id\s+eq\s+'((?:[^']|'')*)'/gi)].map(([, id = '']) => propertyId(id.replaceAll("''", "'")));
    if (ids.length === 0) throw badRequest('ErrorInvalidUrlQuery', 'Expand of singleValueExtendedProperties needs a filter on id.');
    const properties = messageProperties(message);
    const value = ids.filter((id) => properties.has(id)).map((id) => ({ id, value: properties.get(id) }));
    if (value.length > 0) added['singleValueExtendedProperties'] = value;
  }
  return added;
}
