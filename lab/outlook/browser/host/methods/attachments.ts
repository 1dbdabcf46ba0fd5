import { HostError, errorCode } from '../errors.ts';
import { officeAttachment } from '../initial-data.ts';
import type { Attachment, OpenItem } from '../item.ts';
import { flag, text } from '../params.ts';
import type { Methods } from './method.ts';
import { onForm, onItem } from './method.ts';

const longestBase64 = 27_892_122;
const longestName = 255;
const types: Record<string, string> = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', txt: 'text/plain', ics: 'text/calendar', wav: 'audio/wav', mp3: 'audio/mpeg', html: 'text/html' };

function typeOf(name: string): string {
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function add(item: OpenItem, attachment: Omit<Attachment, 'id' | 'contentType'>): string {
  const id = crypto.randomUUID();
  item.change({ attachments: [...item.fields.attachments, { id, contentType: typeOf(attachment.name), ...attachment }] }, 'addin');
  return id;
}

function find(item: OpenItem, id: string, code: number): Attachment {
  const found = item.fields.attachments.find((each) => each.id === id);
  if (!found) throw new HostError(code);
  return found;
}

export const attachmentMethods: Methods = {
  16: onForm('ReadWriteItem', ({ item, params }) => {
    return add(item, { name: text(params, 'name', longestName), size: 0, kind: 'file', isInline: flag(params, 'isInline'), content: '', address: text(params, 'uri') });
  }),
  19: onForm('ReadWriteItem', ({ item, params }) => {
    return add(item, { name: text(params, 'name', longestName), size: 0, kind: 'item', isInline: false, content: '', address: text(params, 'itemId') });
  }),
  20: onForm('ReadWriteItem', ({ item, params }) => {
    const { id } = find(item, text(params, 'attachmentIndex'), errorCode.noSuchAttachment);
    item.change({ attachments: item.fields.attachments.filter((each) => each.id !== id) }, 'addin');
  }),
  148: onForm('ReadWriteItem', ({ item, params }) => {
    const content = text(params, 'base64String');
    if (content.length > longestBase64) throw new HostError(errorCode.attachmentTooLarge);
    const size = Math.floor((content.length * 3) / 4);
    return add(item, { name: text(params, 'name', longestName), size, kind: 'file', isInline: flag(params, 'isInline'), content, address: '' });
  }),
  149: onForm('ReadItem', ({ item }) => item.fields.attachments.map(officeAttachment)),
  150: onItem('ReadItem', ({ item, params }) => {
    const { kind, content, address } = find(item, text(params, 'id'), errorCode.invalidAttachmentId);
    return kind === 'cloud' ? { content: address, format: 'url' } : { content, format: 'base64' };
  }),
};
