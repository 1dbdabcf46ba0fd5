import assert from 'node:assert/strict';
import { z } from 'zod';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { folderNames } from '../../../../../server/domain/mail-folder.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { checkFolder } from '../../../../../server/wiring/voicemail-folder.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer } from '../../../../support/voicemail-server.ts';
import { anns, createEngineWorld } from '../../../../support/voicemail-world.ts';

describe('voicemail in another folder: what may be written', () => {
  const { folder } = z.object(voicemailSettings.schema).shape;

  it('names with slashes between them, and nothing that some mail server reads as something else', () => {
    const good = ['', 'Voicemail', 'Inbox/Voicemail', 'Telefon/Anrufe & Büro', 'a/b/c/d/e'];
    const bad = ['/', 'Voicemail/', '/Voicemail', 'a//b', '..', 'a/../b', 'a*', 'a%', 'a"b', 'a\\b', 'a\r\nb', 'a\u202eb', ' a', 'a/b/c/d/e/f', 'x'.repeat(101)];
    assert.deepEqual([good, bad].map((paths) => paths.map((path) => folder.safeParse(path).success)), [good.map(() => true), bad.map(() => false)]);
  });

  it('"Inbox" in any case is the inbox', () => {
    assert.deepEqual(['', 'Inbox', 'inbox/A', 'A/Inbox'].map(folderNames), [[], [], ['INBOX', 'A'], ['A', 'Inbox']]);
  });

  it('is refused where mails are only sent, with what can be done about it; nothing and other settings are not', () => {
    const only = { connectors: [{ mailNotifier: { noFolders: { reason: 'It only sends.', remedy: 'Connect the mailbox.' } } }] } as never as Parameters<typeof checkFolder>[0];
    const able = { connectors: [{ mailStore: { capabilities: { folders: true } } }] } as never as Parameters<typeof checkFolder>[0];
    assert.throws(() => checkFolder(only, { folder: 'Voicemail' }), (error: unknown) => error instanceof UserError && error.problem.code === 'no-mail-folders' && error.problem.remedy === 'Connect the mailbox.');
    checkFolder(only, { folder: '' });
    checkFolder(only, {});
    checkFolder(able, { folder: 'Voicemail' });
  });
});

describe('voicemail in another folder: the mails', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());

  it('new mails follow a changed setting, older ones stay and are followed where they are, and the watch moves along', async () => {
    const server = await voicemailServer(store);
    let folder = '';
    await server.serve({ policyOf: async () => ({ ...voicemailSettings.standard, folder }) });
    await server.ready();
    const first = server.pbx.boxes.leave(anns, { callerName: 'First' });
    await server.until('the first mail', () => server.mails().length === 1);
    folder = 'Phone/Voicemail';
    server.pbx.boxes.leave(anns, { callerName: 'Second' });
    await server.until('the second mail', () => server.mails().length === 2);
    assert.deepEqual(server.mails().map((mail) => mail.folder), ['', 'Phone/Voicemail']);
    const watched = async (): Promise<string | undefined> => (await store.db.selectFrom('voicemail_box').select('watch_folder').where('box', '=', anns).executeTakeFirst())?.watch_folder;
    await server.until('that folder is watched', async () => (await watched()) === 'Phone/Voicemail');
    server.mail.mailboxes.setRead('mailbox-ann', server.mails()[0]?.copy ?? '', true);
    await server.until('the first is heard', () => server.pbx.boxes.find(anns, first?.copy ?? '')?.folder === 'Old');
    await server.stop();
  });

  it('a mail system that has no folders gets the inbox', async () => {
    const world = createEngineWorld({ policy: { folder: 'Voicemail' }, mailCan: { folders: false } });
    await world.settle();
    world.pbx.boxes.leave(anns, { callerName: 'Somebody' });
    await world.settle();
    assert.deepEqual(world.mails().map((mail) => mail.folder), ['']);
    world.stop();
  });
});
