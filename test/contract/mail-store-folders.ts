import assert from 'node:assert/strict';
import type { MailboxRef } from '../../server/domain/calendar.ts';
import type { MailDraft, MailHome, MailItem, MailStore } from '../../server/ports/mail-store.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { MailWorld } from './mail-world.ts';

/** What the suite of mail stores has at hand: a fresh draft, the one mail that is found, and what of a mail is compared. */
interface Tools {
  draft(): MailDraft;
  found(messageId: string): Promise<MailItem>;
  stands(item: MailItem): object;
}

/** What every mail system promises that puts mails into folders. `at`: the world of the running test. */
export function mailFolderContract(at: () => { world: MailWorld; store: MailStore; mailbox: MailboxRef }, { draft, found, stands }: Tools): void {
  describe('into another folder than the inbox', () => {
    const home = (folder: string): MailHome => ({ ...at().mailbox, folder });

    it('makes the folder, and those above it, once', async () => {
      const { world, store } = at();
      if (!store.capabilities.folders) return;
      const [one, two, three] = [draft(), draft(), draft()];
      const there = home('Phone/Anrufe & Büro');
      assert.deepEqual(stands(await world.through(store.deliver(there, one))), { isRead: false, place: 'inbox' });
      await world.through(store.deliver(there, two));
      await found(two.messageId);
      assert.deepEqual([await world.folderOf(one.messageId), await world.folderOf(two.messageId)], ['Phone/Anrufe & Büro', 'Phone/Anrufe & Büro']);
      await world.through(store.deliver(home(''), three));
      await found(three.messageId);
      assert.equal(await world.folderOf(three.messageId), 'INBOX');
    });

    it('takes "Inbox" for the inbox, whatever language that speaks', async () => {
      const { world, store } = at();
      if (!store.capabilities.folders) return;
      const [inside, below] = [draft(), draft()];
      await world.through(store.deliver(home('inbox'), inside));
      await world.through(store.deliver(home('inbox/Voicemail'), below));
      await found(below.messageId);
      assert.deepEqual([await world.folderOf(inside.messageId), await world.folderOf(below.messageId)], ['INBOX', 'INBOX/Voicemail']);
    });

    it('marks, throws away and brings back there; its id, its place and its read state are what they are in an inbox', async () => {
      const { world, store } = at();
      if (!store.capabilities.folders || !store.capabilities.trash) return;
      const sent = draft();
      const there = home('Voicemail');
      const item = await world.through(store.deliver(there, sent));
      const read = await world.through(store.setRead(there, item, true));
      assert.deepEqual(stands(read), { isRead: true, place: 'inbox' });
      await world.through(store.trash(there, read));
      await world.until('it lies in the trash', async () => (await world.through(store.find(there, [sent.messageId])))[0]?.place === 'trash');
      const [thrown] = await world.through(store.find(there, [sent.messageId]));
      assert.deepEqual(stands(await world.through(store.restore(there, thrown as MailItem))), { isRead: true, place: 'inbox' });
      await world.until('it is back', async () => (await world.through(store.find(there, [sent.messageId])))[0]?.place === 'inbox');
      assert.equal(await world.folderOf(sent.messageId), 'Voicemail');
    });

    it('tells by cursor what its owner does there, and in the inbox to a mail from before', async () => {
      const { world, store, mailbox } = at();
      if (!store.capabilities.folders || !store.capabilities.changes) return;
      const [older, one, two] = [draft(), draft(), draft()];
      await world.through(store.deliver(mailbox, older));
      await found(older.messageId);
      const there = home('Voicemail');
      const item = await world.through(store.deliver(there, one));
      await world.through(store.deliver(there, two));
      await world.until('both are found', async () => (await world.through(store.find(there, [one.messageId, two.messageId]))).length === 2);
      let { cursor } = await world.through(store.changes(there, null));
      await world.read(older.messageId, true);
      await world.read(two.messageId, true);
      await world.move(one.messageId, 'trash');
      const seen = new Map<string, MailItem>();
      const gone = new Set<string>();
      await world.until('all of it is told', async () => {
        const next = await world.through(store.changes(there, cursor));
        cursor = next.cursor;
        for (const each of next.items) seen.set(each.messageId, each);
        for (const id of next.gone) gone.add(id);
        return seen.get(older.messageId)?.isRead === true && seen.get(two.messageId)?.isRead === true && (gone.has(item.id) || seen.get(one.messageId)?.place === 'trash');
      });
      assert.deepEqual(stands(seen.get(two.messageId) as MailItem), { isRead: true, place: 'inbox' });
    });

    it('wakes us when something changed there, also when another folder was watched before', async () => {
      const { world, store, mailbox } = at();
      if (!store.capabilities.folders || !store.capabilities.notifications) return;
      const sent = draft();
      const there = home('Voicemail');
      await world.through(store.watch(mailbox));
      await world.through(store.deliver(there, sent));
      const watch = await world.through(store.watch(there));
      await world.until('it is found', async () => (await world.through(store.find(there, [sent.messageId]))).length === 1);
      await world.told();
      await world.read(sent.messageId, true);
      const wakes: WakeKey[] = [];
      await world.until('we were woken', async () => wakes.push(...(await world.told())) > 0);
      assert.ok(wakes.every(({ kind, key }) => kind === 'mail.changed' && key === `${store.instance}/${mailbox.id}`));
      await world.through(store.unwatch(mailbox, watch.id));
    });

    it('finds and marks what lies in a folder that its owner has renamed; the next mail gets one of the name again', async () => {
      const { world, store } = at();
      if (!store.capabilities.folders) return;
      const [before, after] = [draft(), draft()];
      const there = home('Voicemail');
      await world.through(store.deliver(there, before));
      await world.until('it is found', async () => (await world.through(store.find(there, [before.messageId]))).length === 1);
      await world.renameFolder('Voicemail', 'Calls of last year');
      const here = async (): Promise<MailItem[]> => (store.capabilities.findsFiled ? world.through(store.find(there, [before.messageId])) : []);
      const [item] = await here();
      if (item) assert.equal((await world.through(store.setRead(there, item, true))).isRead, true);
      await world.through(store.deliver(there, after));
      await world.until('the new one is found', async () => (await world.through(store.find(there, [after.messageId]))).length === 1);
      assert.equal(await world.folderOf(after.messageId), 'Voicemail');
      if (item) assert.equal((await here())[0]?.isRead, true);
    });
  });
}
