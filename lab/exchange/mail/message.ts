import { randomUUID } from 'node:crypto';
import type { Person } from '../types.ts';
import type { AttachmentInput, MessageFields } from './types.ts';

/** What a new message has when its maker says nothing: the owner's draft. */
export function newFields({ name, address }: Person, now: number): MessageFields {
  const self = { name, address };
  return {
    subject: '', body: { type: 'text', content: '' }, from: self, sender: self, to: [], cc: [], isRead: true, isDraft: true, importance: 'normal',
    internetMessageId: `<${randomUUID()}@${address.split('@')[1] ?? 'localhost'}>`, headers: [], properties: {}, categories: [], receivedAt: now, sentAt: now,
  };
}

/** About what the message takes of the mailbox, bytes. */
export function messageSize({ subject, body }: MessageFields, attachments: readonly AttachmentInput[]): number {
  return attachments.reduce((sum, { content }) => sum + content.length, 1_024 + subject.length + body.content.length);
}
