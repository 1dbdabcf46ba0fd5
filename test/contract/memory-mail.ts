import { createLabClock } from '../../lab/clock.ts';
import { createMemoryMailStore, type MemoryMail } from '../../server/connectors/memory/index.ts';
import type { MailCapabilities } from '../../server/ports/mail-store.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { MailWorld } from './mail-store.ts';

const ada = { id: 'mailbox-ada', addresses: ['ada@contoso.test'], displayName: 'Ada Berger' };

/** The reference, with somebody at their mailbox. */
export async function memoryMailWorld(capabilities: Partial<MailCapabilities> = {}): Promise<MailWorld> {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const marked: WakeKey[] = [];
  const memory = createMemoryMailStore({ instance: 'memory', clock, mailboxes: [ada], capabilities, wake: { mark: async (keys) => void marked.push(...keys) } });

  function mail(messageId: string): MemoryMail {
    const found = memory.mailboxes.mails(ada.id).find((each) => each.messageId === messageId);
    if (!found) throw new Error(`there is no mail ${messageId}`);
    return found;
  }

  return {
    store: memory.port,
    address: 'Ada@contoso.test',
    read: async (messageId, isRead) => memory.mailboxes.setRead(ada.id, mail(messageId).copy, isRead),
    move: async (messageId, place) => memory.mailboxes.move(ada.id, mail(messageId).copy, place),
    destroy: async (messageId) => memory.mailboxes.destroy(ada.id, mail(messageId).copy),
    async notice(voicemailId) {
      const messageId = `asterisk-${voicemailId}@pbx.test`;
      memory.mailboxes.make(ada.id, { messageId, subject: 'New message', isRead: false, draft: null, noticeOf: voicemailId }, clock.now());
      return messageId;
    },
    async look(messageId) {
      const { subject, draft } = mail(messageId);
      const attachments = draft?.audio ? [{ name: draft.audio.fileName, size: draft.audio.bytes.length }] : [];
      return { subject, from: draft?.from.name ?? '', isUrgent: draft?.isUrgent ?? false, attachments };
    },
    async fill() {
      memory.isFull = true;
      return async () => void (memory.isFull = false);
    },
    async loseAnswer() {
      memory.faults.loseAnswers = 1;
      return true;
    },
    async forget() {
      memory.forget();
      return true;
    },
    async cut() {
      memory.faults.isAway = true;
      return async () => void (memory.faults.isAway = false);
    },
    async folderOf(messageId) {
      const { folder } = mail(messageId);
      const [first = '', ...rest] = folder.split('/');
      return (first.toUpperCase() === 'INBOX' || first === '' ? ['INBOX', ...rest] : [first, ...rest]).join('/');
    },
    renameFolder: async (from) => memory.mailboxes.renameFolder(ada.id, from),
    told: async () => marked.splice(0),
    through: (outcome) => outcome,
    async until(what, holds) {
      for (let left = 20; left > 0; left--) {
        if (await holds()) return;
        clock.advance(1_000);
      }
      throw new Error(`never happened: ${what}`);
    },
    stop: async () => clock.stop(),
  };
}
