import assert from 'node:assert/strict';
import { dovecotMailWorld } from '../contract/dovecot-mail.ts';
import type { MailWorld } from '../contract/mail-world.ts';
import { labRecording } from '../support/audio.ts';
import { ada, startDovecotLab } from '../support/dovecot-mail.ts';
import type { DovecotLab } from '../support/dovecot-mail.ts';
import { playCase, tableCases } from '../support/voicemail-cases.ts';
import { anns, createEngineWorld } from '../support/voicemail-world.ts';

const small = 'small@contoso.test';

describe('test:real: voicemail and mail in step, on Dovecot', function () {
  this.timeout(60_000);
  let lab: DovecotLab;
  let mail: MailWorld;

  before(async () => {
    lab = await startDovecotLab({ logins: [ada, small], largest: { [small]: 300_000 } });
    mail = await dovecotMailWorld(lab, ada);
  });
  after(async () => {
    await mail.stop();
    await lab.stop();
  });

  it('a mailbox that takes no large mails (quota_max_mail_size) gets the mail with the link alone, at once', async () => {
    const world = createEngineWorld({ throughVoicemail: (port) => ({ ...port, audio: async () => labRecording('wav', 60) }), mailSystem: { store: mail.store, mailbox: { instance: lab.connector.instance, id: small } } });
    const theirs = await dovecotMailWorld(lab, small);
    try {
      await world.settle();
      world.pbx.boxes.leave(anns, { callerName: 'Jonas' });
      await world.settle();
      const [pair] = await world.pairs();
      assert.equal(pair?.state, 'paired');
      assert.deepEqual((await theirs.look(pair?.messageId ?? ''))?.attachments, []);
    } finally {
      await theirs.stop();
      world.stop();
    }
  });

  for (const each of tableCases) {
    it(each.name, async () => {
      const { stands, echoes } = await playCase(each, mail);
      assert.deepEqual(stands, each.end);
      assert.equal(echoes, 0, 'nothing more is done, nor after a restart');
    });
  }

  it('a message stands in the inbox with its sound; read there the light goes out; thrown away and taken back there, then on the phone, the other side follows', async () => {
    const world = createEngineWorld({ throughVoicemail: (port) => ({ ...port, audio: async () => labRecording('gsm', 1) }), mailSystem: { store: mail.store, mailbox: { instance: lab.connector.instance, id: ada } } });
    try {
      await world.settle();
      const left = world.pbx.boxes.leave(anns, { callerName: 'Jonas' });
      await world.settle();
      const id = (await world.pairs())[0]?.messageId ?? '';
      assert.equal((await mail.look(id))?.attachments.length, 1);
      const light = (): number | undefined => world.pbx.boxes.all.get(anns)?.shown;
      const onPhone = (): string | undefined => world.pbx.boxes.find(anns, left?.copy ?? '')?.folder;
      assert.equal(light(), 1);
      await mail.read(id, true);
      await world.settle();
      assert.deepEqual([onPhone(), light()], ['Old', 0]);
      await mail.move(id, 'trash');
      await world.settle();
      assert.equal(onPhone(), 'Deleted');
      await mail.move(id, 'inbox');
      await world.settle();
      assert.equal(onPhone(), 'Old');
      world.pbx.boxes.move(anns, left?.copy ?? '', 'Deleted');
      await world.settle();
      assert.equal(await mail.folderOf(id), 'Trash');
      world.pbx.boxes.move(anns, left?.copy ?? '', 'Old');
      await world.settle();
      assert.equal(await mail.folderOf(id), 'INBOX');
    } finally {
      world.stop();
    }
  });
});
