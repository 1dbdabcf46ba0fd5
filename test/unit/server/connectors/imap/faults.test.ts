import assert from 'node:assert/strict';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { MailDraft } from '../../../../../server/ports/mail-store.ts';
import { ada, imapMailWorld } from '../../../../contract/imap-mail.ts';
import type { ImapMailWorld, ImapWorldOptions } from '../../../../contract/imap-mail.ts';

const mailbox = { instance: 'mail', id: ada };

function draft(n = 1, more: Partial<MailDraft> = {}): MailDraft {
  return {
    messageId: `vm-${n}@tieline.test`, from: { name: 'Jonas', address: 'voicemail@contoso.test' }, subject: 'Voicemail', text: 'Jonas called.', html: '<p>Jonas called.</p>', sentAt: Date.UTC(2026, 10, 20, 8),
    isRead: false, isUrgent: false, call: { name: 'Jonas', number: '+49301234', durationSeconds: 42 }, key: `k${n}`, audio: null, ...more,
  };
}

describe('imap: when things go wrong', () => {
  let world: ImapMailWorld;

  async function start(options: ImapWorldOptions = {}): Promise<ImapMailWorld> {
    world = await imapMailWorld(options);
    return world;
  }

  afterEach(() => world.stop());

  it('a token that runs out in IDLE: the server says so and hangs up, we come back with a fresh one, and look at what we missed', async () => {
    const { store, server, oauth, account, marked } = await start();
    await store.deliver(mailbox, draft());
    const { cursor } = await store.changes(mailbox, null);
    await store.watch(mailbox);
    const given = oauth.given;
    marked.length = 0;
    oauth.revokeAll();
    server.expireSessions(ada);
    account.flag('INBOX', 1, { add: ['\\Seen'] });
    await world.until('we were woken', async () => marked.length > 0);
    assert.equal(oauth.given, given + 1);
    assert.deepEqual((await store.changes(mailbox, cursor)).items.map(({ isRead }) => isRead), [true]);
    account.flag('INBOX', 1, { remove: ['\\Seen'] });
    marked.length = 0;
    await world.until('the watch goes on', async () => marked.length > 0);
  });

  it('a mail that is larger than the server takes is refused for good, where it says LIMIT (as Dovecot does) as well as where it says so at the beginning', async () => {
    const audio = { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes: new Uint8Array(200_000) };
    const { store, account } = await start();
    account.largest = 100_000;
    await assert.rejects(store.deliver(mailbox, draft(1, { audio })), (error) => error instanceof TheirError && error.fault === 'refused' && !error.passing);
    assert.equal((await store.deliver(mailbox, draft(1))).place, 'inbox', 'the connection is good for the mail with the link alone');
  });

  it('a mailbox that was asked before it was watched keeps its connection: nothing is closed and opened again while nothing happens', async () => {
    const { clock, store, server, marked } = await start();
    await store.changes(mailbox, null);
    await store.watch(mailbox);
    await world.until('it listens', async () => server.commands.at(-1)?.command === 'IDLE');
    const asked = server.commands.length;
    marked.length = 0;
    for (let seconds = 0; seconds < 120; seconds += 5) {
      clock.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.deepEqual(server.commands.slice(asked), []);
    assert.deepEqual(marked, []);
  });

  it('a token that is refused before its time is asked for anew once; one that stays refused is told with a remedy', async () => {
    const { store, oauth, server, connector } = await start();
    await store.find(mailbox, ['a@b']);
    oauth.revokeAll();
    server.cut();
    await store.find(mailbox, ['a@b']);
    assert.equal(oauth.given, 2);
    const other = { ...mailbox, id: 'nobody@contoso.test' };
    await assert.rejects(store.find(other, ['a@b']), (error) => error instanceof TheirError && error.fault === 'denied' && error.remedy !== undefined);
    assert.equal(await store.findMailbox('nobody@contoso.test'), null);
    assert.equal(connector.status().state, 'ready', 'one mailbox that refuses us is no failure of the server');
  });

  it('connections that break again and again cost no mail and make none twice', async () => {
    const { store, server, account } = await start();
    for (let n = 0; n < 6; n++) {
      server.faults.loseAnswerOf(['APPEND', 'UID FETCH', 'SELECT', 'UID SEARCH', 'STATUS', 'LIST'][n] ?? '');
      await world.until('it is delivered', async () => store.deliver(mailbox, draft(n)).then(() => true, (error: unknown) => {
        assert.ok(error instanceof TheirError && error.passing, String(error));
        return false;
      }));
    }
    assert.equal(account.folder('INBOX')?.entries.size, 6);
  });

  it('an inbox of 100,000 messages costs what changed in it, not what it holds', async function () {
    this.timeout(60_000);
    const { store, server, account, connector } = await start();
    for (let n = 0; n < 100_000; n++) account.append('INBOX', Buffer.from(`Subject: ${n}\r\nMessage-ID: <other-${n}@x>\r\n\r\n`));
    await store.deliver(mailbox, draft());
    const { cursor } = await store.changes(mailbox, null);
    const before = server.bytes();
    account.flag('INBOX', 100_001, { add: ['\\Seen'] });
    const { items } = await store.changes(mailbox, cursor);
    assert.deepEqual(items.map(({ messageId, isRead }) => [messageId, isRead]), [['vm-1@tieline.test', true]]);
    assert.ok(server.bytes() - before < 5_000, `${server.bytes() - before} bytes`);
    assert.equal(connector.status().state, 'ready');
  });

  it('the same without CONDSTORE: our own messages are asked about, and no other', async () => {
    const { store, server, account } = await start({ manner: { condstore: false, qresync: false } });
    for (let n = 0; n < 2_000; n++) account.append('INBOX', Buffer.from(`Subject: ${n}\r\nMessage-ID: <other-${n}@x>\r\n\r\n`));
    await store.deliver(mailbox, draft());
    const { cursor } = await store.changes(mailbox, null);
    const before = server.bytes();
    account.flag('INBOX', 2_001, { add: ['\\Seen'] });
    account.flag('INBOX', 7, { add: ['\\Seen'] });
    const { items } = await store.changes(mailbox, cursor);
    assert.deepEqual(items.map(({ messageId }) => messageId), ['vm-1@tieline.test']);
    assert.ok(server.bytes() - before < 5_000, `${server.bytes() - before} bytes`);
  });

  it('a server without IDLE is asked, soon after something happened and seldom when nothing does', async () => {
    const { store, server, account, clock, marked, connector } = await start({ manner: { idle: false } });
    await store.deliver(mailbox, draft());
    await store.watch(mailbox);
    assert.deepEqual(connector.watched(), { standing: 0, polled: 1 });
    account.flag('INBOX', 1, { add: ['\\Seen'] });
    await world.until('we were woken', async () => marked.length > 0);
    const asked = (): number => server.commands.filter(({ command }) => command === 'STATUS').length;
    const before = asked();
    for (let minute = 0; minute < 10; minute++) {
      clock.advance(60_000);
      await world.until('it was asked', async () => asked() > before + minute);
    }
    assert.ok(asked() - before <= 60, `${asked() - before} times`);
  });

  it('when all standing connections are taken, a mailbox is asked from time to time, and gets a place when one is free', async () => {
    const { store, connector, clock, server, marked } = await start({ config: { connections: { standing: 1 } }, logins: [ada, 'bob@contoso.test'] });
    await store.watch(mailbox);
    await store.watch({ ...mailbox, id: 'bob@contoso.test' });
    assert.deepEqual(connector.watched(), { standing: 1, polled: 1 });
    await store.unwatch(mailbox, 'watch');
    assert.deepEqual(connector.watched(), { standing: 0, polled: 1 });
    clock.advance(10 * 60_000);
    await world.until('the other one stands', async () => connector.watched().standing === 1);
    assert.deepEqual(connector.watched(), { standing: 1, polled: 0 });
    await world.until('what came meanwhile is looked for', async () => marked.length > 0);
    const asked = (): number => server.commands.filter(({ command }) => command === 'STATUS').length;
    await world.until('the server is listened to', async () => server.commands.at(-1)?.command === 'IDLE');
    const before = asked();
    clock.advance(10 * 60_000);
    await store.watch(mailbox);
    assert.deepEqual(connector.watched(), { standing: 1, polled: 1 });
    assert.equal(asked(), before + 1, 'a mailbox that stands is not asked; the new one is, once');
  });

  it('too many connections of one mailbox: told as throttled, with a pause', async () => {
    const { store } = await start({ manner: { mostConnections: 0 } });
    await assert.rejects(store.find(mailbox, ['a@b']), (error) => error instanceof TheirError && error.fault === 'throttled' && (error.retryAfterMs ?? 0) > 0);
  });

  it('a server that says yes and does nothing is not believed; one that is busy is asked again', async () => {
    const { store, server } = await start();
    const item = await store.deliver(mailbox, draft());
    for (const [command, write] of [['UID STORE', () => store.setRead(mailbox, item, true)], ['UID MOVE', () => store.trash(mailbox, item)], ['APPEND', () => store.deliver(mailbox, draft(2))]] as const) {
      server.faults.pretend(command);
      await assert.rejects(write(), (error) => error instanceof TheirError && error.fault === 'unavailable', command);
      server.faults.pretend(command, false);
    }
    server.faults.refuse('UID STORE', '[INUSE] Try again.');
    await assert.rejects(store.setRead(mailbox, item, true), (error) => error instanceof TheirError && error.fault === 'unavailable');
    server.faults.refuse('UID STORE', null);
    assert.equal((await store.setRead(mailbox, item, true)).isRead, true);
  });

  it('after a start, what happened meanwhile is told from the modseqs of the cursor, departures too', async () => {
    const { store, restarted, account } = await start();
    for (let n = 1; n <= 3; n++) await store.deliver(mailbox, draft(n));
    const gone = (await store.find(mailbox, ['vm-3@tieline.test']))[0];
    const { cursor } = await store.changes(mailbox, null);
    account.flag('INBOX', 1, { add: ['\\Seen'] });
    account.expunge('INBOX', [3]);
    const fresh = restarted();
    const told = await fresh.mailStore.changes(mailbox, cursor);
    await fresh.stop();
    assert.deepEqual([told.wasReset, told.items.map(({ messageId }) => messageId), told.gone], [false, ['vm-1@tieline.test'], [gone?.id]]);
  });

  it('a backup that was restored gives all numbers anew: everything is told, and an old id is gone', async () => {
    const { store, account } = await start();
    const item = await store.deliver(mailbox, draft());
    const { cursor } = await store.changes(mailbox, null);
    account.renumber('INBOX');
    const told = await store.changes(mailbox, cursor);
    assert.deepEqual([told.wasReset, told.items.length], [true, 1]);
    await assert.rejects(store.setRead(mailbox, item, true), (error) => error instanceof TheirError && error.fault === 'gone');
    const { messageId } = told.items[0] ?? item;
    assert.equal(messageId, item.messageId);
  });

  it('a folder that is renamed, and a mail that a rule files, stay found', async () => {
    const { store, account } = await start();
    await store.deliver(mailbox, draft());
    account.create('Phone');
    account.move('INBOX', [1], 'Phone');
    assert.equal((await store.find(mailbox, ['vm-1@tieline.test']))[0]?.place, 'elsewhere');
    account.rename('Phone', 'Telefon');
    assert.equal((await store.find(mailbox, ['vm-1@tieline.test']))[0]?.place, 'elsewhere');
  });

  it('a mailbox without a trash gets one', async () => {
    const { store, account } = await start();
    account.folders.delete('Trash');
    const item = await store.deliver(mailbox, draft());
    assert.equal((await store.trash(mailbox, item)).place, 'trash');
    assert.ok(account.folder('Trash'));
  });

  for (const [what, answer] of [['will not have', '[CANNOT] Invalid mailbox name'], ['forbids', '[NOPERM] Permission denied']] as const) {
    it(`a folder that the server ${what}: its mails go to the inbox and it is logged; they are not lost, and the next one gets the folder when it may`, async () => {
      const { store, server, logged, folderOf } = await start();
      const home = { ...mailbox, folder: 'Voicemail' };
      server.faults.refuse('CREATE', answer);
      const item = await store.deliver(home, draft(1));
      assert.deepEqual([item.place, await folderOf('vm-1@tieline.test')], ['inbox', 'INBOX']);
      assert.ok(logged.includes('the folder for voicemail cannot be made: its mails go to the inbox'));
      assert.equal((await store.restore(home, await store.trash(home, item))).place, 'inbox');
      server.faults.refuse('CREATE', null);
      await store.deliver(home, draft(2));
      assert.equal(await folderOf('vm-2@tieline.test'), 'Voicemail');
      const [found] = await store.find(home, ['vm-1@tieline.test']);
      assert.ok(found && found.place === 'inbox');
      assert.equal((await store.setRead(home, found, true)).isRead, true);
      await store.deliver(home, draft(1));
      assert.equal((await store.find(home, ['vm-1@tieline.test', 'vm-2@tieline.test'])).length, 2, 'nothing is there twice');
    });
  }

  it('without MOVE and UIDPLUS nothing that others have marked is taken: no EXPUNGE is ever sent', async () => {
    const { store, account, server } = await start({ manner: { move: false, uidPlus: false } });
    const item = await store.deliver(mailbox, draft());
    const { uid } = account.append('INBOX', Buffer.from('Subject: precious\r\n\r\n'), { flags: ['\\Deleted'] });
    const thrown = await store.trash(mailbox, item);
    assert.equal(thrown.place, 'trash');
    assert.ok(account.folder('INBOX')?.entries.has(uid));
    assert.equal(server.commands.filter(({ command }) => command.endsWith('EXPUNGE')).length, 0);
    assert.deepEqual((await store.find(mailbox, [item.messageId])).map(({ place }) => place), ['trash']);
    assert.equal((await store.restore(mailbox, thrown)).place, 'inbox');
    assert.deepEqual((await store.find(mailbox, [item.messageId])).map(({ place }) => place), ['inbox']);
  });

  it('our own writes are not told to us as news', async () => {
    const { store, marked } = await start();
    const item = await store.deliver(mailbox, draft());
    await store.watch(mailbox);
    marked.length = 0;
    const read = await store.setRead(mailbox, item, true);
    await store.trash(mailbox, read);
    await world.told();
    assert.deepEqual(marked, []);
  });

  it('what somebody does in the very moment in which we write is told, though the server tells it only once', async () => {
    const { store, account, marked } = await start();
    await store.watch(mailbox);
    const { cursor } = await store.changes(mailbox, null);
    // Read by its owner before our look after the delivery.
    const stop = account.onEvent(({ kind, path, uid }) => {
      if (kind !== 'came' || path !== 'INBOX') return;
      stop();
      account.flag(path, uid, { add: ['\\Seen'] });
    });
    await store.deliver(mailbox, draft());
    await world.until('we were woken', async () => marked.length > 0);
    assert.deepEqual((await store.changes(mailbox, cursor)).items.map(({ isRead }) => isRead), [true]);
    // And seen on the way of a search for something else.
    await world.told();
    account.flag('INBOX', 1, { remove: ['\\Seen'] });
    await store.find(mailbox, ['never-was@tieline.test']);
    assert.equal((await world.told()).length > 0, true);
  });

  it('a Message-ID that several mails share finds them all in inbox and trash; a copy in a folder, when there is none', async () => {
    const { store, account } = await start();
    await store.deliver(mailbox, draft());
    account.copy('INBOX', [1], 'Archive');
    account.copy('INBOX', [1], 'INBOX');
    assert.deepEqual((await store.find(mailbox, ['vm-1@tieline.test'])).map(({ place }) => place), ['inbox', 'inbox']);
    account.expunge('INBOX', [1, 2]);
    assert.deepEqual((await store.find(mailbox, ['vm-1@tieline.test'])).map(({ place }) => place), ['elsewhere']);
  });
});
