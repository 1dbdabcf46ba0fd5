import assert from 'node:assert/strict';
import type { MailboxRef } from '../../server/domain/calendar.ts';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import type { MailDraft, MailItem, MailPlace, MailStore } from '../../server/ports/mail-store.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { MailWorld } from './mail-world.ts';
import { mailFolderContract } from './mail-store-folders.ts';

export type { MailWorld } from './mail-world.ts';

let made = 0;

function draft(more: Partial<MailDraft> = {}): MailDraft {
  made += 1;
  return {
    messageId: `voicemail-${process.pid}-${made}@tieline.test`, from: { name: 'Dee Dove', address: 'voicemail@contoso.test' }, subject: 'Voicemail from Dee Dove', text: 'Dee Dove called.', html: '<p>Dee Dove called.</p>',
    sentAt: Date.UTC(2026, 10, 21, 8, 30), isRead: false, isUrgent: false, call: { name: 'Dee Dove', number: '+15551230001', durationSeconds: 9 }, key: `k${made}`, audio: null, ...more,
  };
}

/** What every mail system promises, run over one of them. */
export function mailStoreContract(name: string, makeWorld: () => Promise<MailWorld>): void {
  describe(`mail store: ${name}`, function () {
    this.timeout(30_000);
    let world: MailWorld;
    let store: MailStore;
    let mailbox: MailboxRef;

    beforeEach(async () => {
      world = await makeWorld();
      store = world.store;
      const found = await world.through(store.findMailbox(world.address.toUpperCase()));
      assert.ok(found);
      mailbox = { instance: found.instance, id: found.id };
    });
    afterEach(() => world.stop());

    async function find(...messageIds: string[]): Promise<MailItem[]> {
      return world.through(store.find(mailbox, messageIds));
    }

    /** The one that is found, once it can be. */
    async function found(messageId: string): Promise<MailItem> {
      let items: MailItem[] = [];
      await world.until('it is found', async () => (items = await find(messageId)).length > 0);
      assert.equal(items.length, 1);
      return items[0] as MailItem;
    }

    function stands({ isRead, place }: MailItem): { isRead: boolean; place: MailPlace } {
      return { isRead, place };
    }

    async function failsWith(fault: TheirFault, outcome: Promise<unknown>): Promise<void> {
      await assert.rejects(world.through(outcome), (error: unknown) => error instanceof TheirError && error.fault === fault && error.connector === store.instance);
    }

    it('finds a mailbox by its address, and none by an unknown one', async () => {
      assert.equal(mailbox.instance, store.instance);
      assert.equal(await world.through(store.findMailbox('nobody@nowhere.test')), null);
      const again = await world.through(store.findMailbox(mailbox.id));
      assert.equal(again?.id, mailbox.id);
    });

    it('puts a mail into the inbox, unread, with its sender, its importance and its sound', async () => {
      const bytes = Buffer.from('RIFF not really a sound');
      const sent = draft({ isUrgent: true, audio: { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes } });
      const item = await world.through(store.deliver(mailbox, sent));
      assert.equal(item.messageId, sent.messageId);
      assert.deepEqual(stands(item), { isRead: false, place: 'inbox' });
      await found(sent.messageId);
      const seen = await world.look(sent.messageId);
      assert.equal(seen?.subject, sent.subject);
      assert.match(seen?.from ?? '', /Dee Dove/);
      assert.equal(seen?.isUrgent, true);
      assert.deepEqual(seen?.attachments, [{ name: 'voicemail.wav', size: bytes.length }]);
    });

    it('delivers a mail once, however often it is asked to', async () => {
      const sent = draft();
      const first = await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      const second = await world.through(store.deliver(mailbox, sent));
      assert.equal(second.id, first.id);
      assert.equal((await find(sent.messageId)).length, 1);
    });

    it('delivers a mail once when the answer was lost', async () => {
      const sent = draft();
      if ((await world.loseAnswer()) === null) return;
      await failsWith('no-answer', store.deliver(mailbox, sent));
      await found(sent.messageId);
      await world.through(store.deliver(mailbox, sent));
      assert.equal((await find(sent.messageId)).length, 1);
    });

    it('does not deliver again what its owner has read, filed or thrown away', async () => {
      const sent = draft();
      await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      await world.read(sent.messageId, true);
      await world.move(sent.messageId, 'trash');
      await world.until('it lies in the trash', async () => (await find(sent.messageId))[0]?.place === 'trash');
      const again = await world.through(store.deliver(mailbox, sent));
      assert.deepEqual(stands(again), { isRead: true, place: 'trash' });
      assert.equal((await find(sent.messageId)).length, 1);
    });

    it('takes hostile texts as they are, and no line of them becomes a header', async () => {
      const name = '=?utf-8?q?x?= "<Eve>" \u202eevE 🎺';
      const sent = draft({ subject: `Voicemail from ${name} <b>&amp;</b>`, from: { name, address: 'voicemail@contoso.test' }, call: { name, number: '+1', durationSeconds: 1 } });
      await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      const seen = await world.look(sent.messageId);
      assert.equal(seen?.subject, sent.subject);
      assert.ok(seen?.from.includes(name), `the sender is shown as ${seen?.from}`);
    });

    it('finds nothing where nothing is, and only what was asked for', async () => {
      const [one, two] = [draft(), draft()];
      await world.through(store.deliver(mailbox, one));
      await world.through(store.deliver(mailbox, two));
      await found(two.messageId);
      assert.deepEqual((await find(one.messageId, 'never-was@tieline.test')).map(({ messageId }) => messageId), [one.messageId]);
      assert.deepEqual(await find('never-was@tieline.test'), []);
    });

    it('marks read and unread, as often as one likes', async () => {
      const sent = draft();
      const item = await world.through(store.deliver(mailbox, sent));
      const read = await world.through(store.setRead(mailbox, item, true));
      assert.equal(read.isRead, true);
      assert.equal((await world.through(store.setRead(mailbox, read, true))).isRead, true);
      assert.equal((await found(sent.messageId)).isRead, true);
      assert.equal((await world.through(store.setRead(mailbox, read, false))).isRead, false);
      assert.equal((await found(sent.messageId)).isRead, false);
    });

    it('throws away and takes back, as often as one likes; its read state goes with it', async () => {
      if (!store.capabilities.trash) return;
      const sent = draft();
      const item = await world.through(store.deliver(mailbox, sent));
      const read = await world.through(store.setRead(mailbox, item, true));
      const thrown = await world.through(store.trash(mailbox, read));
      assert.deepEqual(stands(thrown), { isRead: true, place: 'trash' });
      assert.equal((await world.through(store.trash(mailbox, thrown))).place, 'trash');
      await world.until('it lies in the trash', async () => (await find(sent.messageId))[0]?.place === 'trash');
      const back = await world.through(store.restore(mailbox, await found(sent.messageId)));
      assert.deepEqual(stands(back), { isRead: true, place: 'inbox' });
      await world.until('it is back', async () => (await find(sent.messageId))[0]?.place === 'inbox');
      if (store.capabilities.stableIds) assert.equal(back.id, item.id);
    });

    it('tells filed, thrown away and gone apart', async () => {
      const [filed, thrown, gone] = [draft(), draft(), draft()];
      for (const each of [filed, thrown, gone]) {
        await world.through(store.deliver(mailbox, each));
        await found(each.messageId);
      }
      await world.move(filed.messageId, 'elsewhere');
      await world.move(thrown.messageId, 'trash');
      await world.destroy(gone.messageId);
      const places = async (): Promise<(string | undefined)[]> => {
        const items = await find(filed.messageId, thrown.messageId, gone.messageId);
        return [filed, thrown, gone].map(({ messageId }) => items.find((item) => item.messageId === messageId)?.place);
      };
      await world.until('each is where it was put', async () => (await places()).join() === [store.capabilities.findsFiled ? 'elsewhere' : undefined, 'trash', undefined].join());
    });

    it('says "gone" of a mail whose id is not known any more', async () => {
      const item = await world.through(store.deliver(mailbox, draft()));
      await found(item.messageId);
      await world.destroy(item.messageId);
      await failsWith('gone', store.setRead(mailbox, item, true));
    });

    it('says "gone" of a mailbox that is not there', async () => {
      await failsWith('gone', store.find({ ...mailbox, id: 'nobody@nowhere.test' }, ['a@b']));
    });

    it('finds what the phone system itself has sent about a voicemail', async () => {
      const messageId = await world.notice('1795243740-00000000');
      await found(messageId);
      const notices = await world.through(store.findNotices(mailbox, ['1795243740-00000000', '1795243740-00000001']));
      assert.deepEqual(notices.map((each) => [each.messageId, each.voicemailId, each.place]), [[messageId, '1795243740-00000000', 'inbox']]);
    });

    it('tells by cursor what changed, and begins with nothing', async () => {
      if (!store.capabilities.changes) return;
      const [one, two] = [draft(), draft()];
      await world.through(store.deliver(mailbox, one));
      await found(one.messageId);
      const begin = await world.through(store.changes(mailbox, null));
      assert.deepEqual([begin.items, begin.wasReset], [[], false]);
      await world.read(one.messageId, true);
      await world.through(store.deliver(mailbox, two));
      const seen = new Map<string, MailItem>();
      let { cursor } = begin;
      await world.until('both are told', async () => {
        const next = await world.through(store.changes(mailbox, cursor));
        cursor = next.cursor;
        for (const item of next.items) seen.set(item.messageId, item);
        return seen.get(one.messageId)?.isRead === true && seen.has(two.messageId);
      });
      assert.deepEqual(stands(seen.get(two.messageId) as MailItem), { isRead: false, place: 'inbox' });
    });

    it('tells by cursor what was thrown away: as thrown away, or as gone from where it was', async () => {
      if (!store.capabilities.changes) return;
      const sent = draft();
      const item = await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      let { cursor } = await world.through(store.changes(mailbox, null));
      await world.move(sent.messageId, 'trash');
      await world.until('it is told', async () => {
        const next = await world.through(store.changes(mailbox, cursor));
        cursor = next.cursor;
        return next.gone.includes(item.id) || next.items.some((each) => each.messageId === sent.messageId && each.place === 'trash');
      });
    });

    it('reads everything anew when the cursor is not accepted any more', async () => {
      if (!store.capabilities.changes) return;
      const sent = draft();
      await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      const { cursor } = await world.through(store.changes(mailbox, null));
      if ((await world.forget()) === null) return;
      const next = await world.through(store.changes(mailbox, cursor));
      assert.equal(next.wasReset, true);
      assert.ok(next.items.some((each) => each.messageId === sent.messageId));
      assert.equal((await world.through(store.changes(mailbox, next.cursor))).wasReset, false);
    });

    it('wakes us when something changed, once it is watched', async () => {
      if (!store.capabilities.notifications) return;
      const sent = draft();
      await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      const watch = await world.through(store.watch(mailbox));
      await world.through(store.watch(mailbox));
      await world.told();
      await world.read(sent.messageId, true);
      const wakes: WakeKey[] = [];
      await world.until('we were woken', async () => wakes.push(...(await world.told())) > 0);
      assert.ok(wakes.every(({ kind, key }) => kind === 'mail.changed' && key === `${store.instance}/${mailbox.id}`));
      await world.through(store.unwatch(mailbox, watch.id));
      await world.through(store.unwatch(mailbox, watch.id));
    });

    mailFolderContract(() => ({ world, store, mailbox }), { draft, found, stands });

    it('a full mailbox takes nothing, says so, and takes it when there is room', async () => {
      const makeRoom = await world.fill();
      if (makeRoom === null) return;
      const sent = draft();
      await failsWith('full', store.deliver(mailbox, sent));
      assert.deepEqual(await find(sent.messageId), []);
      await makeRoom();
      await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
    });

    it('does not answer when it is away, and loses nothing by it', async () => {
      const sent = draft();
      const item = await world.through(store.deliver(mailbox, sent));
      await found(sent.messageId);
      const back = await world.cut();
      const passing = (error: unknown): boolean => error instanceof TheirError && error.passing;
      await assert.rejects(world.through(store.find(mailbox, [sent.messageId])), passing);
      await assert.rejects(world.through(store.setRead(mailbox, item, true)), passing);
      await back();
      await world.until('it answers again', async () => find(sent.messageId).then((items) => items.length === 1, () => false));
    });
  });
}
