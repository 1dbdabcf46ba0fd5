import { OurError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailDraft, MailItem, MailPlace } from '../../ports/mail-store.ts';

/** Mailboxes and the people who use them. */

/** A mail as it lies in a mailbox. */
export interface MemoryMail extends MailItem {
  /** Never changes, wherever it is moved: only tests know it. */
  copy: string;
  subject: string;
  /** Path of the folder that it was put into; '' for the inbox. Says nothing once it was filed or thrown away. */
  folder: string;
  /** What it was made from; null for one that the phone system sent by itself. */
  draft: MailDraft | null;
  /** Voicemail that a notice of the phone system is about. */
  noticeOf: string | null;
  /** Found from then on, epoch ms. */
  visibleAt: number;
  /** Of its last change. */
  position: number;
}

export interface MemoryMailboxes {
  add(mailboxId: string): void;
  mails(mailboxId: string): MemoryMail[];
  find(mailboxId: string, copy: string): MemoryMail | undefined;
  make(mailboxId: string, mail: { messageId: string; subject: string; isRead: boolean; draft: MailDraft | null; noticeOf?: string; folder?: string }, visibleAt: number): MemoryMail;
  setRead(mailboxId: string, copy: string, isRead: boolean): void;
  /** Between inbox (or the folder that mails are put into), trash and a folder of the owner's own. */
  move(mailboxId: string, copy: string, place: MailPlace, folder?: string): void;
  /** A folder gets another name: what lies in it is filed from then on. */
  renameFolder(mailboxId: string, folder: string): void;
  /** For good: retention, "empty the trash", shift and delete. */
  destroy(mailboxId: string, copy: string): void;
  /** The mailbox is moved to another server: all is there, under another id. */
  moveMailbox(from: string, to: string): void;
  since(mailboxId: string, position: number): { items: MemoryMail[]; gone: string[]; position: number };
  has(mailboxId: string): boolean;
}

/** `onChange` is told of every change of a mailbox. With `stableIds` a mail keeps its id when it is moved. */
export function createMemoryMailboxes(clock: Clock, stableIds: boolean, onChange: (mailboxId: string) => void): MemoryMailboxes {
  const all = new Map<string, { mails: Map<string, MemoryMail>; gone: { id: string; position: number }[] }>();
  let position = 0;
  let made = 0;

  function mailbox(id: string) {
    const found = all.get(id);
    if (!found) throw new OurError(`there is no mailbox ${id}`);
    return found;
  }

  function change(mailboxId: string, copy: string, fields: Partial<MemoryMail>): void {
    const { mails, gone } = mailbox(mailboxId);
    const before = mails.get(copy);
    if (!before) throw new OurError(`there is no mail ${copy}`);
    position += 1;
    const after = { ...before, ...fields, position };
    mails.set(copy, after);
    if (after.id !== before.id) gone.push({ id: before.id, position });
    onChange(mailboxId);
  }

  return {
    add: (id) => void all.set(id, { mails: new Map(), gone: [] }),
    has: (id) => all.has(id),
    mails: (id) => [...mailbox(id).mails.values()],
    find: (id, copy) => mailbox(id).mails.get(copy),
    make(mailboxId, mail, visibleAt) {
      position += 1;
      made += 1;
      const copy = `mail-${made}`;
      const item: MemoryMail = { noticeOf: null, folder: '', ...mail, copy, id: `${copy}.1`, place: 'inbox', visibleAt, position };
      mailbox(mailboxId).mails.set(copy, item);
      onChange(mailboxId);
      return item;
    },
    setRead: (mailboxId, copy, isRead) => change(mailboxId, copy, { isRead }),
    move(mailboxId, copy, place, folder = '') {
      const before = mailbox(mailboxId).mails.get(copy);
      if (before?.place === place) return;
      change(mailboxId, copy, { place, folder, ...(stableIds ? {} : { id: `${copy}.${position + 2}` }) });
    },
    renameFolder(mailboxId, folder) {
      for (const mail of mailbox(mailboxId).mails.values()) if (mail.place === 'inbox' && mail.folder === folder) this.move(mailboxId, mail.copy, 'elsewhere');
    },
    destroy(mailboxId, copy) {
      const { mails, gone } = mailbox(mailboxId);
      const before = mails.get(copy);
      if (!before) return;
      position += 1;
      mails.delete(copy);
      gone.push({ id: before.id, position });
      onChange(mailboxId);
    },
    moveMailbox(from, to) {
      const { mails } = mailbox(from);
      all.delete(from);
      position += 1;
      all.set(to, { gone: [], mails: new Map([...mails].map(([copy, mail]) => [copy, { ...mail, id: `${copy}.${position}.moved`, position, visibleAt: clock.now() }])) });
    },
    since(mailboxId, since) {
      const { mails, gone } = mailbox(mailboxId);
      return {
        items: [...mails.values()].filter((mail) => mail.position > since).toSorted((a, b) => a.position - b.position),
        gone: gone.filter((each) => each.position > since).map(({ id }) => id),
        position,
      };
    },
  };
}
