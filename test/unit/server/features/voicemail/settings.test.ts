import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { settingsChange, type SettingsRequest } from '../../../../../contract/account/settings.ts';
import { voicemailSettings, type VoicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { createGroups, type Groups } from '../../../../../server/accounts/groups/groups.ts';
import { insertPerson } from '../../../../../server/accounts/rows.ts';
import { settingsHandlers } from '../../../../../server/accounts/settings/handlers.ts';
import { createSettings, type Settings } from '../../../../../server/accounts/settings/settings.ts';
import { createMemoryMailSender, type MemoryMailSender } from '../../../../../server/connectors/memory/mail-sender.ts';
import { readSound } from '../../../../../server/audio/sound.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { createJournal, followed, putNotices } from '../../../../../server/features/voicemail/index.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { labRecording } from '../../../../support/audio.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';
import { anns, mailboxId } from '../../../../support/voicemail-world.ts';

const tenantId = 'default';
const params = { feature: 'voicemail' };

type Layer = 'organisation' | 'group' | 'person';

/** From the endpoint that sets it to the next mail: the settings of older products (features.md, A028 to A036, A070, A095, A100) and what protects messages. */
describe('voicemail settings, from the endpoint to the next mail', function () {
  this.timeout(30_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let settings: Settings;
  let groups: Groups;
  let sender: MemoryMailSender;
  let ann = '';
  let group = '';

  before(async () => {
    ({ store, close } = await testStore());
    await store.db.insertInto('tenant').values({ tenant_id: tenantId, name: 'Contoso', created_at: new Date(0) }).onConflict((known) => known.doNothing()).execute();
  });
  after(() => close());
  beforeEach(async () => {
    for (const table of ['setting', 'person_group'] as const) await store.db.deleteFrom(table).execute();
    world = await voicemailServer(store);
    settings = createSettings({ clock: world.clock, store, live: store.live });
    groups = createGroups({ clock: world.clock, store });
    sender = createMemoryMailSender({ instance: 'smtp', from: 'tieline@contoso.test' });
    ann = await insertPerson(store.db, tenantId, { name: 'Ann Alder', address: 'ann@contoso.test' }, world.clock.now());
    ({ id: group } = await groups.make(tenantId, { name: 'Sales', claim: null, rank: 1 }));
    await groups.add(tenantId, group, ann);
    await world.serve({
      journal: createJournal(store, () => undefined, (tx, tenant, pairIds) => putNotices(tx, tenant, pairIds, world.clock.now())),
      policyOf: async (tenant, personId) => followed(await settings.valuesOf(voicemailSettings, tenant, personId)),
      mailboxOf: async () => ({ instance: 'm365', id: mailboxId }), notices: { sender: sender.port, nameOf: async () => 'Ann Alder' },
      voicemails: [{ ...world.pbx.port, audio: async () => labRecording('wav49', 1) }],
    }, new Map([[anns, ann]]));
    await world.ready();
  });
  afterEach(() => world.stop());

  const handlers = () => settingsHandlers(settings, groups, [{ declaration: voicemailSettings }], async () => ann);
  const caller = (role: 'user' | 'administrator'): Caller => ({ tenantId, personId: ann, name: '', address: '', roles: ['user', role], ticketFor: null, language: 'en', correlationId: 'x' });

  /** As the endpoint does it: an administrator for everybody, a group and one person, and a person for themselves. */
  async function set(layer: Layer | 'me', values: Partial<VoicemailSettings>, locks: string[] = []): Promise<void> {
    const seen = { params: { ...params, group, person: 'ann@contoso.test' }, query: {}, body: {} };
    const ways = {
      organisation: [() => handlers().organisations(seen, caller('administrator')), (body: ReturnType<typeof settingsChange.parse>) => handlers().saveOrganisations({ ...seen, body }, caller('administrator'))],
      group: [() => handlers().groups(seen, caller('administrator')), (body: ReturnType<typeof settingsChange.parse>) => handlers().saveGroups({ ...seen, body }, caller('administrator'))],
      person: [() => handlers().persons(seen, caller('administrator')), (body: ReturnType<typeof settingsChange.parse>) => handlers().savePersons({ ...seen, body }, caller('administrator'))],
      me: [() => handlers().mine(seen, caller('user')), (body: ReturnType<typeof settingsChange.parse>) => handlers().saveMine({ ...seen, body }, caller('user'))],
    } as const;
    const [look, save] = ways[layer];
    const { settings: { version } } = await look();
    const asked: SettingsRequest = { version, set: values, ...(layer === 'organisation' || layer === 'group' ? { locks } : {}) };
    await save(settingsChange.parse(asked));
    // A round goes by the settings that stood when it began.
    await world.until('what began before is over', () => true);
  }

  /** A caller leaves a message: what it becomes in the mailbox, and in the notice. */
  async function nextMail(mails = 1, notices = 0) {
    const [before, told] = [world.mails().length, sender.outbox.length];
    const left = world.pbx.boxes.leave(anns, { callerName: 'Jonas Weber', callerNumber: '+4930123' });
    await world.until('it is mailed', async () => {
      const known = await store.db.selectFrom('voicemail_pair').select(['state', 'has_audio']).where('voicemail_id', '=', left?.id ?? '').executeTakeFirst();
      return known !== undefined && known.has_audio && world.mails().length >= before + mails && sender.outbox.length >= told + notices;
    });
    assert.deepEqual([world.mails().length - before, sender.outbox.length - told], [mails, notices]);
    return { left, mail: world.mails().at(-1), draft: world.mails().at(-1)?.draft ?? null, notice: sender.outbox.at(-1) ?? null };
  }
  const onPhone = (copy: string | undefined): string | undefined => world.pbx.boxes.find(anns, copy ?? '')?.folder;

  it('as it comes: inline with the inbox, with caller, number, length and the recording (A027, A029, A031, A032)', async () => {
    const { draft, mail, left } = await nextMail();
    assert.deepEqual([draft?.from.name, draft?.call.number, draft?.audio?.fileName, mail?.folder], ['Jonas Weber', '+4930123', 'voicemail.wav', '']);
    world.mail.mailboxes.setRead(mailboxId, mail?.copy ?? '', true);
    await world.until('heard', () => onPhone(left?.copy) === 'Old');
  });

  for (const layer of ['me', 'person', 'group', 'organisation'] as const) {
    const who = { me: 'oneself', person: 'an administrator for one person', group: 'an administrator for a group', organisation: 'an administrator for everybody' }[layer];

    it(`delivery, address, attachment, folder, format and language: set by ${who} (A032, A033, A035, A036, A095, A100)`, async () => {
      await set(layer, { mode: 'off', noticeTo: 'ann@contoso.test', noticeWithAudio: layer === 'me' });
      const { notice } = await nextMail(0, 1);
      assert.deepEqual([notice?.to.address, notice?.attachments?.map(({ fileName }) => fileName)], ['ann@contoso.test', layer === 'me' ? ['voicemail.wav'] : []]);
      assert.match(`${notice?.subject} ${notice?.text}`, /Jonas Weber.*\+4930123.*Length/s);
      await set(layer, { mode: 'two-way', noticeTo: '', withAudio: false, folder: 'Telefon/Anrufe', language: 'de' });
      const { draft, mail } = await nextMail();
      assert.deepEqual([draft?.audio, mail?.folder, draft?.subject.startsWith('Sprachnachricht von Jonas Weber')], [null, 'Telefon/Anrufe', true]);
      const forms: (string | null)[] = [];
      for (const audioFormat of layer === 'me' ? (['pcm', 'compact', 'stored'] as const) : (['compact'] as const)) {
        await set(layer, { withAudio: true, audioFormat });
        const { draft: formed } = await nextMail();
        forms.push(formed?.audio ? readSound(formed.audio).format : null);
      }
      assert.deepEqual(forms, layer === 'me' ? ['PCM 16 bit', 'µ-law', 'GSM 6.10'] : ['µ-law']);
    });
  }

  it('notify only: what is done to the mail stays in the mailbox; heard when mailed: heard at once (A034, A070)', async () => {
    await set('me', { mode: 'notify-only' });
    const only = await nextMail();
    world.mail.mailboxes.setRead(mailboxId, only.mail?.copy ?? '', true);
    await world.until('that is seen', async () => (await store.db.selectFrom('voicemail_pair').select('settled_is_read').where('voicemail_id', '=', only.left?.id ?? '').executeTakeFirst())?.settled_is_read === true);
    await set('me', { mode: 'two-way', heardWhenMailed: true });
    const { left } = await nextMail();
    await world.until('the later one is heard', () => onPhone(left?.copy) === 'Old');
    assert.equal(onPhone(only.left?.copy), 'INBOX');
  });

  it('secure for a group: no recording in mail or notice, whatever its members set; private: with it, and marked (V8)', async () => {
    await set('me', { withAudio: true, noticeTo: 'ann@contoso.test', noticeWithAudio: true });
    await set('group', { protection: 'secure' }, ['protection']);
    const { draft, notice } = await nextMail(1, 1);
    assert.deepEqual([draft?.audio, draft?.sensitivity, notice?.attachments, notice?.sensitivity], [null, 'confidential', [], 'confidential']);
    await set('group', { protection: 'private' }, ['protection']);
    const open = await nextMail(1, 1);
    assert.deepEqual([open.draft?.audio?.fileName, open.draft?.sensitivity], ['voicemail.wav', 'private']);
  });

  it('what a group locks its members may not set, and an older choice of theirs sleeps meanwhile, for every one of these settings', async () => {
    const theirs = { mode: 'off', withAudio: false, noticeTo: 'ann@contoso.test', noticeWithAudio: true, folder: 'Mine', audioFormat: 'stored', protection: 'none', transcribe: true, heardWhenMailed: true } as const;
    await set('me', theirs);
    await set('group', { mode: 'two-way', withAudio: true, noticeTo: '', noticeWithAudio: false, folder: 'Voicemail', audioFormat: 'pcm', heardWhenMailed: false, transcribe: false }, Object.keys(theirs));
    for (const [key, value] of Object.entries(theirs)) {
      await assert.rejects(set('me', { [key]: value }), (error) => error instanceof UserError && error.status === 409 && error.problem.code === 'setting-locked' && error.problem.field === key, key);
    }
    const { draft, mail } = await nextMail();
    assert.deepEqual([draft?.audio && readSound(draft.audio).format, mail?.folder], ['PCM 16 bit', 'Voicemail']);
    // Whether there is a notice is asked when it is due.
    await world.until('no notice is due', async () => (await store.db.selectFrom('work').select('key').where('kind', '=', 'voicemail.notice').execute()).length === 0);
    await groups.remove(tenantId, group);
    await nextMail(0, 1);
  });
});
