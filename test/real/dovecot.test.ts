import assert from 'node:assert/strict';
import { TheirError } from '../../server/domain/errors.ts';
import type { MailDraft } from '../../server/ports/mail-store.ts';
import { dovecotMailWorld } from '../contract/dovecot-mail.ts';
import { mailStoreContract } from '../contract/mail-store.ts';
import { ada, openMailProgram, startDovecotLab } from '../support/dovecot-mail.ts';
import type { DovecotLab } from '../support/dovecot-mail.ts';
import { until } from '../support/until.ts';

const mailbox = { instance: 'mail', id: ada };
const draft: MailDraft = {
  messageId: 'vm-1@tieline.test', from: { name: 'Jonas', address: 'voicemail@contoso.test' }, subject: 'Voicemail', text: 'Jonas called.', html: '<p>Jonas called.</p>', sentAt: Date.UTC(2026, 10, 20, 8),
  isRead: false, isUrgent: false, call: { name: 'Jonas', number: '+49301234', durationSeconds: 42 }, key: 'k1', audio: null,
};

describe('test:real: the contract of mail stores', () => {
  /** One mailbox for each test of the suite. */
  const logins = Array.from({ length: 60 }, (_, n) => `person${n}@contoso.test`);
  let shared: DovecotLab;
  let used = 0;

  before(async () => {
    shared = await startDovecotLab({ logins });
  });
  after(() => shared.stop());

  mailStoreContract('IMAP, on Dovecot', () => dovecotMailWorld(shared, logins[used++] ?? ''));
});

describe('test:real: Dovecot', function () {
  this.timeout(60_000);
  let lab: DovecotLab;

  afterEach(() => lab.stop());

  it('is signed in to by OAuth 2 with a token for each mailbox, over TLS', async () => {
    lab = await startDovecotLab();
    await lab.connector.mailStore.deliver(mailbox, draft);
    assert.match(await lab.dovecot.log(), /Login: user=<ada@contoso\.test>, method=OAUTHBEARER, .*TLS/);
    assert.equal(lab.connector.status().state, 'ready');
  });

  it('upgrades a connection by STARTTLS before anything is said', async () => {
    lab = await startDovecotLab({ isStartTls: true });
    await lab.connector.mailStore.deliver(mailbox, draft);
    assert.match(await lab.dovecot.log(), /Login: user=<ada@contoso\.test>, method=OAUTHBEARER, .*TLS/);
  });

  it('refuses a mailbox that has no room, and says so as "full"', async () => {
    lab = await startDovecotLab({ quotas: { [ada]: 4_096 } });
    const large = { ...draft, audio: { fileName: 'a.wav', contentType: 'audio/wav', bytes: Buffer.alloc(20_000, 'x') } };
    await assert.rejects(lab.connector.mailStore.deliver(mailbox, large), (error) => error instanceof TheirError && error.fault === 'full');
    assert.equal((await lab.connector.mailStore.deliver(mailbox, draft)).place, 'inbox');
  });

  it('a token that has run out before its time costs one refusal, and the next one is taken', async () => {
    lab = await startDovecotLab({ tokenLife: -30 });
    await assert.rejects(lab.connector.mailStore.find(mailbox, ['a@b']), (error) => error instanceof TheirError && error.fault === 'denied');
    assert.match(await lab.dovecot.log(), /OAUTHBEARER/i);
  });

  it('tells of a mark that another program sets, a second later at the latest on a quiet machine', async () => {
    lab = await startDovecotLab();
    const { mailStore } = lab.connector;
    await mailStore.deliver(mailbox, draft);
    const { cursor } = await mailStore.changes(mailbox, null);
    await mailStore.watch(mailbox);
    const program = await openMailProgram(lab.dovecot, ada);
    await program.mailboxOpen('INBOX');
    lab.marked.length = 0;
    await program.messageFlagsAdd('1', ['\\Seen']);
    await until(() => lab.marked.length > 0);
    const { items } = await mailStore.changes(mailbox, cursor);
    assert.deepEqual(items.map(({ isRead, place }) => [isRead, place]), [[true, 'inbox']]);
    program.close();
  });
});
