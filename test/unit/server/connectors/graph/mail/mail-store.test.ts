import assert from 'node:assert/strict';
import type { MailboxRef } from '../../../../../../server/domain/calendar.ts';
import { TheirError } from '../../../../../../server/domain/errors.ts';
import type { MailDraft } from '../../../../../../server/ports/mail-store.ts';
import { graphMailWorld } from '../../../../../contract/graph-mail.ts';
import type { GraphMailWorld } from '../../../../../contract/graph-mail.ts';
import { ada } from '../../../../../support/lab-mail.ts';

function draft(more: Partial<MailDraft> = {}): MailDraft {
  return {
    messageId: 'vm-1@tieline.test', from: { name: 'Jonas', address: 'voicemail@contoso.test' }, subject: 'Voicemail', text: 'Jonas called.', html: '<p>Jonas called.</p>', sentAt: Date.UTC(2026, 10, 20, 8),
    isRead: false, isUrgent: false, call: { name: 'Jonas', number: '+49301234', durationSeconds: 42 }, key: 'k1', audio: null, ...more,
  };
}

describe('graph: voicemail mails', () => {
  let world: GraphMailWorld;
  let mailbox: MailboxRef;

  beforeEach(async () => {
    world = await graphMailWorld();
    const found = await world.store.findMailbox(ada);
    assert.ok(found);
    mailbox = { instance: found.instance, id: found.id };
  });

  afterEach(() => world.stop());

  it('is a voicemail to Outlook: class, number, name and length; no draft; dated when it was left', async () => {
    await world.store.deliver(mailbox, draft({ audio: { fileName: 'a.wav', contentType: 'audio/wav', bytes: Buffer.from('RIFF') } }));
    const { properties, isDraft, receivedAt, to, headers } = world.mail('vm-1@tieline.test');
    const { 'String 0x001a': klass, 'Integer 0x6801': seconds, 'String 0x6802': number, 'String 0x6803': name, 'String 0x6805': order } = properties;
    assert.deepEqual([klass, seconds, number, name, order], ['IPM.Note.Microsoft.Voicemail.UM.CA', '42', '+49301234', 'Jonas', 'a.wav']);
    assert.deepEqual([isDraft, receivedAt, to.map(({ address }) => address), headers], [false, draft().sentAt, [ada], [{ name: 'X-Tieline-Voicemail', value: 'k1' }]]);
  });

  it('a sound of more than 3 MB is added out of sight, and one that was interrupted is ended, not begun again', async () => {
    const { lab } = world.graphLab;
    const bytes = Buffer.alloc(7 * 1024 * 1024, 'x');
    const large = draft({ audio: { fileName: 'long.wav', contentType: 'audio/wav', bytes } });
    // The mail is made, then nothing answers: as if we had been killed in between.
    lab.graph.faults.loseReply(0, { method: 'POST' }, 1);
    await assert.rejects(world.store.deliver(mailbox, large), (error) => error instanceof TheirError && error.fault === 'no-answer');
    const [inDrafts] = lab.exchange.mail.list(ada, 'drafts');
    assert.equal(inDrafts?.attachments.length, 0);
    assert.equal((await world.store.deliver(mailbox, large)).place, 'inbox');
    assert.deepEqual(lab.exchange.mail.list(ada).map(({ attachments }) => attachments.map(({ name, content }) => [name, content.equals(bytes)])), [[['long.wav', true]]]);
  });

  it('a mail filed by a rule, archived with the button, or in a renamed folder stays paired; one that retention took is found nowhere', async () => {
    const { mail } = world.graphLab.lab.exchange;
    const folder = mail.addFolder(ada, 'Phone');
    const { id } = await world.store.deliver(mailbox, draft());
    mail.move(ada, id, folder.id);
    mail.renameFolder(ada, folder.id, 'Telefon');
    assert.deepEqual((await world.store.find(mailbox, ['vm-1@tieline.test'])).map((item) => [item.id, item.place]), [[id, 'elsewhere']]);
    mail.move(ada, id, 'archive');
    assert.equal((await world.store.find(mailbox, ['vm-1@tieline.test']))[0]?.place, 'elsewhere');
    mail.purge(ada, Date.UTC(2026, 10, 21));
    assert.deepEqual(await world.store.find(mailbox, ['vm-1@tieline.test']), []);
    await assert.rejects(world.store.setRead(mailbox, { id, messageId: 'vm-1@tieline.test', isRead: false, place: 'inbox' }, true), (error) => error instanceof TheirError && error.fault === 'gone');
  });

  const line = 'the folder for voicemail cannot be made: its mails go to the inbox';

  it('a folder name that Exchange will not have: its mails go to the inbox, and it is logged', async () => {
    const home = { ...mailbox, folder: 'x'.repeat(256) };
    const item = await world.store.deliver(home, draft());
    assert.deepEqual([item.place, await world.folderOf('vm-1@tieline.test'), world.graphLab.logged.includes(line)], ['inbox', 'INBOX', true]);
    assert.equal((await world.store.restore(home, await world.store.trash(home, item))).place, 'inbox');
    assert.equal(await world.folderOf('vm-1@tieline.test'), 'INBOX');
  });

  it('folders that we may not make: the inbox until we may; what lies there is not lost and not made twice', async () => {
    const { lab: { graph }, logged } = world.graphLab;
    const home = { ...mailbox, folder: 'Voicemail' };
    graph.faults.status(403, { method: 'POST' }, 1);
    const item = await world.store.deliver(home, draft());
    assert.deepEqual([item.place, await world.folderOf('vm-1@tieline.test'), logged.includes(line)], ['inbox', 'INBOX', true]);
    await world.store.deliver(home, draft({ messageId: 'vm-2@tieline.test', key: 'k2' }));
    assert.equal(await world.folderOf('vm-2@tieline.test'), 'Voicemail');
    assert.equal((await world.store.deliver(home, draft())).id, item.id);
    assert.deepEqual((await world.store.find(home, ['vm-1@tieline.test', 'vm-2@tieline.test'])).map(({ place }) => place), ['inbox', 'inbox']);
    assert.equal((await world.store.setRead(home, item, true)).isRead, true);
  });

  it('a mail that is larger than the organisation takes (413) is refused for good, so that it goes with the link alone', async () => {
    const { graph } = world.graphLab.lab;
    graph.faults.status(413, { method: 'POST' }, 1);
    await assert.rejects(world.store.deliver(mailbox, draft({ audio: { fileName: 'a.wav', contentType: 'audio/wav', bytes: Buffer.from('RIFF') } })), (error) => error instanceof TheirError && error.fault === 'refused' && !error.passing);
    assert.equal((await world.store.deliver(mailbox, draft())).place, 'inbox');
  });

  it('a token that is refused is no reason for the inbox: it is told, and nothing is written', async () => {
    const { lab: { graph, exchange }, logged } = world.graphLab;
    graph.faults.status(401);
    await assert.rejects(world.store.deliver({ ...mailbox, folder: 'Voicemail' }, draft()), (error) => error instanceof TheirError && error.fault === 'denied');
    assert.deepEqual([exchange.mail.list(ada), logged.includes(line)], [[], false]);
  });

  it('a retention purge is told as gone, never as thrown away', async () => {
    const { id } = await world.store.deliver(mailbox, draft());
    const { cursor } = await world.store.changes(mailbox, null);
    world.graphLab.lab.exchange.mail.purge(ada, Date.UTC(2026, 10, 21));
    const { items, gone } = await world.store.changes(mailbox, cursor);
    assert.deepEqual([items, gone], [[], [id]]);
  });

  it('a mail that is taken back while we ask to is left where its owner put it', async () => {
    const { mail } = world.graphLab.lab.exchange;
    const item = await world.store.deliver(mailbox, draft());
    const thrown = await world.store.trash(mailbox, item);
    mail.move(ada, item.id, 'archive');
    assert.equal((await world.store.restore(mailbox, thrown)).place, 'elsewhere');
  });

  it('begins where a large mailbox stands, reads nothing old of it, and still hears of a mail of last month', async () => {
    const { lab } = world.graphLab;
    const old = await world.store.deliver(mailbox, draft({ sentAt: Date.UTC(2026, 9, 1) }));
    for (let n = 0; n < 2_000; n++) lab.exchange.mail.arrive(ada, { subject: `Mail ${n}`, receivedAt: Date.UTC(2026, 9, 2) });
    lab.graph.log.clear();
    const { cursor } = await world.store.changes(mailbox, null);
    assert.equal(lab.graph.log.entries.filter(({ path }) => path.includes('/delta')).length, 2, 'one page of each folder');
    lab.exchange.mail.update(ada, old.id, { isRead: true });
    const { items } = await world.store.changes(mailbox, cursor);
    assert.deepEqual(items.map((each) => [each.id, each.isRead]), [[old.id, true]]);
  });

  it('mails of others are no changes of ours', async () => {
    const { cursor } = await world.store.changes(mailbox, null);
    const { id } = world.graphLab.lab.exchange.mail.arrive(ada, { subject: 'Lunch?' });
    assert.deepEqual((await world.store.changes(mailbox, cursor)).items, []);
    world.graphLab.lab.exchange.mail.update(ada, id, { isRead: true });
    assert.deepEqual((await world.store.changes(mailbox, cursor)).items, []);
  });

  it('a watch that stands is renewed, after a start too; one that Graph has dropped is made anew', async () => {
    const { lab, restarted } = world.graphLab;
    const watch = await world.store.watch(mailbox);
    assert.equal((await world.store.watch(mailbox)).id, watch.id);
    lab.graph.log.clear();
    const fresh = restarted();
    assert.equal((await fresh.mailStore.watch(mailbox)).id, watch.id);
    await fresh.stop();
    assert.deepEqual(lab.graph.log.entries.map(({ method, path }) => `${method} ${path.split('/')[1]}`), ['GET subscriptions', 'PATCH subscriptions']);
    lab.graph.removeSubscriptions();
    assert.notEqual((await world.store.watch(mailbox)).id, watch.id);
  });

  it('asks one mailbox no more than three things at a time', async () => {
    const { lab } = world.graphLab;
    await Promise.all(Array.from({ length: 12 }, async (_, n) => world.store.deliver(mailbox, draft({ messageId: `many-${n}@tieline.test` }))));
    assert.equal(lab.graph.log.entries.filter(({ status }) => status === 429).length, 0);
    assert.equal(lab.exchange.mail.list(ada, 'inbox').length, 12);
  });
});
