import type { MailboxRef } from '../../domain/calendar.ts';
import { TheirError } from '../../domain/errors.ts';
import type { MailboxProfile } from '../../ports/calendar-source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailCapabilities, MailHome, MailItem, MailStore } from '../../ports/mail-store.ts';
import type { Wake } from '../../ports/wake.ts';
import { faultGate, type MemoryFaults } from './faults.ts';
import { createMemoryMailboxes, type MemoryMail, type MemoryMailboxes } from './mailboxes.ts';

/** A mail system that is nothing but its promises: the reference that every other one is held against, and the one that random histories drive. */
export interface MemoryMailStore {
  readonly port: MailStore;
  /** What people do with their mails. */
  readonly mailboxes: MemoryMailboxes;
  readonly faults: MemoryFaults;
  /** No mailbox has room. */
  isFull: boolean;
  /** Notices from now on: told, not told, or each told twice. */
  notices: 'told' | 'lost' | 'twice';
  /** Cursors given so far are refused: everything is read anew. */
  forget(): void;
  /** Watches are gone, and nobody says so. */
  loseWatches(): void;
}

export interface MemoryMailOptions {
  instance: string;
  clock: Clock;
  wake: Wake;
  mailboxes: readonly Omit<MailboxProfile, 'instance'>[];
  capabilities?: Partial<MailCapabilities>;
}

const everything: MailCapabilities = {
  notifications: true, changes: true, trash: true, stableIds: true, findsFiled: true, folders: true, voicemailClass: true, visibleWithinMs: 0, maxAudioBytes: 150_000_000,
};

export function createMemoryMailStore({ instance, clock, wake, mailboxes: profiles, capabilities: some = {} }: MemoryMailOptions): MemoryMailStore {
  const capabilities = { ...everything, ...some };
  const gate = faultGate(instance);
  const watched = new Set<string>();
  let generation = 1;

  const mailboxes = createMemoryMailboxes(clock, capabilities.stableIds, (mailboxId) => {
    if (gate.faults.isAway || !watched.has(mailboxId) || memory.notices === 'lost') return;
    // Whoever is told reads again anyway: a notice that cannot be kept is one that was lost.
    for (let left = memory.notices === 'twice' ? 2 : 1; left > 0; left--) wake.mark([{ kind: 'mail.changed', key: `${instance}/${mailboxId}` }]).catch(() => undefined);
  });
  for (const { id } of profiles) mailboxes.add(id);

  function asked({ id }: MailboxRef): string {
    gate.ask();
    if (!mailboxes.has(id)) throw new TheirError(instance, 'gone', `has no mailbox ${id}`);
    return id;
  }

  function folderOf({ folder = '' }: MailHome): string {
    return capabilities.folders ? folder : '';
  }

  function told({ id, messageId, isRead, place }: MemoryMail): MailItem {
    return { id, messageId, isRead, place };
  }

  /** What a search shows: not what came a moment ago, and nothing filed where it cannot look there. */
  function visible(mailboxId: string): MemoryMail[] {
    return mailboxes.mails(mailboxId).filter((mail) => mail.visibleAt <= clock.now() && (capabilities.findsFiled || mail.place !== 'elsewhere'));
  }

  function write(mailbox: MailboxRef, item: MailItem, effect: (mailboxId: string, copy: string) => void, isDone: (mail: MemoryMail) => boolean): MailItem {
    const mailboxId = asked(mailbox);
    const found = mailboxes.mails(mailboxId).find(({ id }) => id === item.id);
    if (!found) throw new TheirError(instance, 'gone', 'this mail is not known under this id');
    if (!isDone(found)) gate.write(() => effect(mailboxId, found.copy));
    const after = mailboxes.find(mailboxId, found.copy);
    if (!after || !isDone(after)) throw new TheirError(instance, 'unavailable', 'said that it was done, and it was not');
    return told(after);
  }

  const port: MailStore = {
    instance,
    capabilities,
    async findMailbox(addressOrId) {
      gate.ask();
      const wanted = addressOrId.trim().toLowerCase();
      const found = profiles.find(({ id, addresses }) => id === wanted || addresses.includes(wanted));
      return found ? { ...found, instance } : null;
    },
    async deliver(home, draft) {
      const mailboxId = asked(home);
      const known = visible(mailboxId).find(({ messageId }) => messageId === draft.messageId);
      if (known) return told(known);
      if (memory.isFull) throw new TheirError(instance, 'full', 'this mailbox has no room', { remedy: 'Its owner must delete something, or its quota must be raised.' });
      const made: MemoryMail[] = [];
      gate.write(() => void made.push(mailboxes.make(mailboxId, { messageId: draft.messageId, subject: draft.subject, isRead: draft.isRead, draft, folder: folderOf(home) }, clock.now() + capabilities.visibleWithinMs)));
      if (!made[0]) throw new TheirError(instance, 'unavailable', 'said that it was done, and it was not');
      return told(made[0]);
    },
    async find(mailbox, messageIds) {
      const wanted = new Set(messageIds);
      return visible(asked(mailbox)).filter(({ messageId }) => wanted.has(messageId)).map(told);
    },
    async findNotices(mailbox, voicemailIds) {
      return visible(asked(mailbox)).flatMap((mail) => (mail.noticeOf !== null && voicemailIds.includes(mail.noticeOf) ? [{ ...told(mail), voicemailId: mail.noticeOf }] : []));
    },
    setRead: async (mailbox, item, isRead) => write(mailbox, item, (id, copy) => mailboxes.setRead(id, copy, isRead), (mail) => mail.isRead === isRead),
    trash: async (mailbox, item) => write(mailbox, item, (id, copy) => mailboxes.move(id, copy, 'trash'), (mail) => mail.place === 'trash'),
    restore: async (home, item) => write(home, item, (id, copy) => mailboxes.move(id, copy, 'inbox', folderOf(home)), (mail) => mail.place !== 'trash'),
    async changes(mailbox, cursor) {
      const mailboxId = asked(mailbox);
      const [from, at] = (cursor ?? '').split('.').map(Number);
      const wasReset = cursor !== null && from !== generation;
      const { items, gone, position } = mailboxes.since(mailboxId, cursor === null || wasReset ? 0 : (at ?? 0));
      // Filed where nobody looks for changes: it went away, nobody says where.
      const filed = items.filter(({ place }) => place === 'elsewhere');
      return {
        items: cursor === null ? [] : items.filter(({ place }) => place !== 'elsewhere').map(told),
        gone: cursor === null || wasReset ? [] : [...gone, ...filed.map(({ id }) => id)],
        cursor: `${generation}.${position}`,
        wasReset,
      };
    },
    async watch(mailbox) {
      watched.add(asked(mailbox));
      return { id: `watch-${mailbox.id}`, expiresAt: null };
    },
    async unwatch({ id }) {
      gate.ask();
      watched.delete(id);
    },
  };

  const memory: MemoryMailStore = {
    port,
    mailboxes,
    faults: gate.faults,
    isFull: false,
    notices: 'told',
    forget() {
      generation += 1;
    },
    loseWatches: () => watched.clear(),
  };
  return memory;
}
