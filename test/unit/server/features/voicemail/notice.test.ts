import assert from 'node:assert/strict';
import { createMemoryMailSender, type MemoryMailSender } from '../../../../../server/connectors/memory/mail-sender.ts';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import type { VoicemailDeps } from '../../../../../server/features/voicemail/deps.ts';
import { createJournal, putNotices } from '../../../../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import type { VoicemailPolicy } from '../../../../../server/features/voicemail/rules/policy.ts';
import { findNotice } from '../../../../../server/features/voicemail/notice/notice-rows.ts';
import { sendNotice } from '../../../../../server/features/voicemail/notice/send.ts';
import { pairsOf } from '../../../../../server/features/voicemail/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { checkNotices } from '../../../../../server/wiring/voicemail-notices.ts';
import { labRecording } from '../../../../support/audio.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';
import { anns } from '../../../../support/voicemail-world.ts';

const tenantId = 'default';

describe('notices of voicemail to an address of the owner\'s choice', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let sender: MemoryMailSender;
  let deps: Partial<VoicemailDeps>;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await voicemailServer(store);
    sender = createMemoryMailSender({ instance: 'smtp', from: 'tieline@contoso.test' });
  });
  afterEach(() => world.stop());

  async function serve(policy: Partial<VoicemailPolicy>): Promise<void> {
    deps = {
      journal: createJournal(store, () => undefined, (tx, tenant, pairIds) => putNotices(tx, tenant, pairIds, world.clock.now())), policyOf: async () => ({ ...voicemailSettings.standard, ...policy }),
      notices: { sender: sender.port, nameOf: async () => 'Ann Alder' }, zoneOf: async () => 'Asia/Tokyo',
      voicemails: [{ ...world.pbx.port, audio: async () => labRecording('wav49', 1) }],
    };
    await world.serve(deps);
    await world.ready();
  }

  const first = async () => (await pairsOf(store.db, tenantId, 'ann', { before: null, limit: 10 }))[0];
  const stateOf = async () => {
    const pair = await first();
    return pair ? (await findNotice(store.db, tenantId, pair.id))?.state : undefined;
  };

  it('goes once, with the sound when that is wanted, and without a mailbox too', async () => {
    await serve({ mode: 'off', noticeTo: 'home@ann.example', noticeWithAudio: true });
    world.pbx.boxes.leave(anns, { callerName: 'Jonas' });
    await world.until('it is sent', async () => (await stateOf()) === 'sent');
    const [mail] = sender.outbox;
    assert.deepEqual([sender.outbox.length, mail?.to.address, mail?.fromName, mail?.attachments?.map(({ fileName }) => fileName)], [1, 'home@ann.example', 'Ann Alder', ['voicemail.wav']]);
    assert.match(`${mail?.text}${mail?.html}`, /Jonas.* at 18:52\n.*because Ann Alder asked for it/s);
    assert.equal(world.mails().length, 0, 'mode off: no mail in the mailbox');
  });

  it('of a message that lay there before we came none is sent', async () => {
    world.pbx.boxes.leave(anns, { leftAt: world.clock.now() - 86_400_000 });
    await serve({ noticeTo: 'home@ann.example' });
    await world.until('it is listed', async () => (await first()) !== undefined);
    assert.equal(sender.outbox.length, 0);
    const [work] = await store.db.selectFrom('work').select('key').where('kind', '=', 'voicemail.notice').execute();
    assert.equal(work, undefined);
  });

  it('taken without a word: in doubt, and not sent again; refused: for good; away: later, once', async () => {
    await serve({ noticeTo: 'home@ann.example' });
    for (const [how, state, count] of [['silent', 'doubt', 1], ['refuses', 'refused', 0]] as const) {
      sender.behave(how);
      sender.outbox.length = 0;
      world.pbx.boxes.leave(anns);
      await world.until(state, async () => (await stateOf()) === state);
      assert.equal(sender.outbox.length, count);
      const pair = await first();
      await sendNotice({ ...(await full()) }, store.db, tenantId, pair?.id ?? '');
      assert.equal(sender.outbox.length, count, 'asked again it is not sent again');
      await store.db.deleteFrom('voicemail_notice').execute();
      world.clock.advance(60_000);
    }
    sender.behave('away');
    world.pbx.boxes.leave(anns);
    await world.until('it waits', async () => (await stateOf()) === 'waiting');
    sender.behave('well');
    await world.until('it is sent', async () => {
      world.clock.advance(30_000);
      return (await stateOf()) === 'sent';
    });
    assert.equal(sender.outbox.length, 1);
  });

  it('killed between the beginning and the answer: in doubt, not twice', async () => {
    await serve({ noticeTo: '' });
    world.pbx.boxes.leave(anns);
    await world.until('it is known', async () => (await first()) !== undefined);
    const pair = await first();
    const killed = { ...(await full()), policyOf: async () => ({ ...voicemailSettings.standard, noticeTo: 'home@ann.example' }) };
    const dying: VoicemailDeps['effect'] = async (name, run) => {
      const done = await run();
      if (name === 'notice.send') throw new Error('killed');
      return done;
    };
    await assert.rejects(sendNotice({ ...killed, effect: dying }, store.db, tenantId, pair?.id ?? ''), /killed/);
    await sendNotice(killed, store.db, tenantId, pair?.id ?? '');
    assert.deepEqual([sender.outbox.length, await stateOf()], [1, 'doubt']);
  });

  it('a server that takes no sound of that size gets the notice with the link', async () => {
    const sizes: (number | undefined)[] = [];
    const plain = sender.port;
    sender = { ...sender, port: { ...plain, send: async (mail) => {
      sizes.push(mail.attachments?.length);
      if (mail.attachments?.length) throw new TheirError('smtp', 'refused', '552 too big');
      return plain.send(mail);
    } } };
    await serve({ noticeTo: 'home@ann.example', noticeWithAudio: true });
    world.pbx.boxes.leave(anns);
    await world.until('it is sent', async () => (await stateOf()) === 'sent');
    assert.deepEqual(sizes, [1, undefined]);
  });

  /** What the work itself is given. */
  async function full() {
    const { clock } = world;
    const composed: VoicemailDeps['compose'] = () => ({ from: { name: '', address: '' }, subject: 's', text: 't', html: '<p>t</p>' });
    return {
      clock, compose: composed, effect: <T>(_name: string, run: () => Promise<T>) => run(), log: { debug() {}, info() {}, warn() {}, error() {} } as never as VoicemailDeps['log'], messageDomain: 'tieline.test', times: { soundlessMs: 1 } as VoicemailDeps['times'],
      journal: createJournal(store, () => undefined), policyOf: deps.policyOf ?? (async () => voicemailSettings.standard), notices: { sender: sender.port, nameOf: async () => 'Ann' },
    };
  }
});

describe('where notices may go', () => {
  const world = (noticeDomains: string[], hasSender = true) => ({
    accounts: { addressesOf: async () => ['ann@contoso.test'] }, config: { voicemail: { noticeDomains } }, connectors: hasSender ? [{ mailSender: {} }] : [{}],
  }) as never as Parameters<typeof checkNotices>[0];
  const ask = (noticeTo: string, { domains = [], scope = 'person', hasSender = true }: { domains?: string[]; scope?: 'person' | 'group'; hasSender?: boolean } = {}) =>
    checkNotices(world(domains, hasSender), tenantId, { noticeTo }, { scope, scopeId: 'ann', feature: 'voicemail' }).then(() => 'ok', (error: unknown) => (error instanceof UserError ? error.problem.code : String(error)));

  it('a person\'s own domain, and those that are allowed; an administrator names any; nothing without a mail system that sends', async () => {
    assert.deepEqual(
      await Promise.all([ask(''), ask('desk@Contoso.test'), ask('me@home.example'), ask('me@home.example', { domains: ['home.example'] }), ask('me@home.example', { domains: ['*'] }), ask('me@home.example', { scope: 'group' }), ask('desk@contoso.test', { hasSender: false })]),
      ['ok', 'ok', 'notice-domain', 'ok', 'ok', 'ok', 'no-mail-sender'],
    );
  });
});
