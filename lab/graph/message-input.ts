import type { AttachmentInput, EmailAddress, MessageDraft } from '../exchange/index.ts';
import { GraphError, badRequest } from './errors.ts';
import { field, listField, textField } from './json.ts';
import { readProperties, spelled } from './properties.ts';

/** Graph takes files up to 3 MB within a message; larger ones by an upload session (outlook-large-attachments). */
const largestInline = 3 * 1024 * 1024;
const mostHeaders = 5;
/** PidTagMessageFlags: a message with this bit was not sent. */
const unsent = 0x8;
const tags = { flags: 'Integer 0x0e07', delivered: 'SystemTime 0x0e06', submitted: 'SystemTime 0x0039' } as const;

function person(value: unknown, name: string): EmailAddress | undefined {
  const address = textField(field(field(value, name), 'emailAddress'), 'address');
  return address === undefined ? undefined : { address, name: textField(field(field(value, name), 'emailAddress'), 'name') ?? address };
}

function people(value: unknown, name: string): EmailAddress[] | undefined {
  return listField(value, name)?.map((each) => {
    const found = person({ each }, 'each');
    if (!found) throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.');
    return found;
  });
}

/** At most five, `x-` names only; an empty list is refused, too. */
export function readHeaders(body: unknown): { name: string; value: string }[] | undefined {
  const list = listField(body, 'internetMessageHeaders');
  if (!list) return undefined;
  if (list.length === 0 || list.length > mostHeaders || list.some((each) => !/^x-/i.test(textField(each, 'name') ?? ''))) {
    throw badRequest('InvalidInternetMessageHeaderCollection', 'Up to five headers, whose names begin with x-, may be given.');
  }
  return list.map((each) => ({ name: textField(each, 'name') ?? '', value: textField(each, 'value') ?? '' }));
}

/** One file of a body. Throws GraphError for a type that is not taken and for a file over 3 MB. */
export function readAttachment(value: unknown): AttachmentInput {
  if (!/#?microsoft\.graph\.fileAttachment$/i.test(textField(value, '@odata.type') ?? '')) throw badRequest('ErrorInvalidRequest', "The attachment's type is not supported.");
  const content = Buffer.from(textField(value, 'contentBytes') ?? '', 'base64');
  if (content.length > largestInline) throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.');
  return { name: textField(value, 'name') ?? '', contentType: textField(value, 'contentType') ?? 'application/octet-stream', isInline: field(value, 'isInline') === true, content };
}

function instant(text: string | undefined): number | undefined {
  const read = Date.parse(text ?? '');
  return Number.isFinite(read) ? read : undefined;
}

function defined(values: MessageDraft): MessageDraft {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const importances = ['low', 'normal', 'high'] as const;

function common(body: unknown): MessageDraft {
  const content = field(body, 'body');
  const isText = textField(content, 'contentType')?.toLowerCase() === 'text';
  const isRead = field(body, 'isRead');
  return {
    subject: textField(body, 'subject'), ...(content === undefined ? {} : { body: { type: isText ? 'text' : 'html', content: textField(content, 'content') ?? '' } }),
    ...(typeof isRead === 'boolean' ? { isRead } : {}), importance: importances.find((each) => each === textField(body, 'importance')?.toLowerCase()), categories: listField(body, 'categories')?.map(String), to: people(body, 'toRecipients'), cc: people(body, 'ccRecipients'),
  };
}

/**
 * A new message. It is a draft unless the message flags (0x0E07) of this very call lack the UNSENT bit; its dates are those of 0x0E06 and 0x0039, else now
 * (graph.md §7).
 */
export function readNewMessage(body: unknown): MessageDraft {
  const properties = readProperties(listField(body, 'singleValueExtendedProperties') ?? []);
  const known = spelled(properties);
  const flags = known.get(tags.flags);
  const from = person(body, 'from');
  return defined({
    ...common(body), from, sender: person(body, 'sender') ?? from, properties, headers: readHeaders(body), isDraft: flags === undefined || (Number(flags) & unsent) !== 0,
    internetMessageId: textField(body, 'internetMessageId'), receivedAt: instant(known.get(tags.delivered)), sentAt: instant(known.get(tags.submitted)),
    attachments: (listField(body, 'attachments') ?? []).map(readAttachment),
  });
}

/** Changes of a PATCH. Of what was sent, only marks can be changed; the message flags cannot at all. */
export function readMessageChanges(body: unknown, isDraft: boolean): MessageDraft {
  const properties = readProperties(listField(body, 'singleValueExtendedProperties') ?? []);
  if (spelled(properties).has(tags.flags)) throw badRequest('ErrorInvalidPropertySet', 'The property PidTagMessageFlags can only be set when the item is created.');
  const { isRead, categories, importance, ...content } = defined(common(body));
  if (!isDraft && Object.keys(content).length > 0) throw badRequest('ErrorInvalidPropertySet', 'Only drafts can be changed in this way.');
  return defined({ ...content, isRead, categories, importance, properties });
}
