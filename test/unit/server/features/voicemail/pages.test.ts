import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CallView } from '../../../../../contract/people/calls.ts';
import type { TranscriptView } from '../../../../../contract/voicemail/transcript.ts';
import { voicemailPages } from '../../../../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { pairsOf } from '../../../../../server/features/voicemail/rows.ts';
import type { PageAnswer, PageRequest } from '../../../../../server/ports/page.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { testStore } from '../../../../support/database.ts';
import { asked } from '../../../../support/pages.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';
import { anns, bobs } from '../../../../support/voicemail-world.ts';

const tenantId = 'default';
const visitor = (personId: string) => ({ tenantId, personId, name: personId, address: `${personId}@contoso.test`, roles: ['user'] });

describe('the web page of voicemail', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let begun: { id: string; number?: string | undefined; voicemailId?: string | undefined }[];
  let phones: { pbx: string; extension: string; name: string; isAway: boolean }[];
  let pages: ReturnType<typeof voicemailPages>;
  let messageId: string;
  let transcript: TranscriptView;
  let isAway: boolean;
  let owner: string | null;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await voicemailServer(store);
    begun = [];
    phones = [];
    isAway = false;
    owner = null;
    transcript = { state: 'off', problem: null, language: null, pieces: [], numbers: [], urgent: null };
    const feature = await world.serve({ isAway: async () => isAway, ownerOf: async () => owner, colleague: async (_tenant, address) => (address === 'bob@contoso.test' ? { personId: 'bob', name: 'Bob Birch' } : null) }, new Map([[anns, 'ann'], [bobs, 'bob']]));
    await world.ready();
    const call = (id: string): CallView => ({ id, pbx: 'pbx', phone: '1001', number: '', voicemailId: null, state: 'ringing', outcome: null, askedAt: new Date(world.clock.now()).toISOString() });
    pages = voicemailPages({
      voicemail: feature.handlers, transcripts: { transcript: async () => ({ transcript }) }, team: feature.team, newId: randomUUID,
      calls: {
        list: async () => ({ phones, calls: begun.map(({ id }) => call(id)) }),
        async begin({ body }) {
          if (!begun.some(({ id }) => id === body.id)) begun.push(body);
          return { call: call(body.id) };
        },
      },
    });
    world.pbx.boxes.leave(anns, { callerName: '<b>Jonas</b>', callerNumber: '+49 30 1234', durationSeconds: 75 });
    await world.until('it is mailed', () => world.mails().length === 1);
    messageId = (await pairsOf(store.db, tenantId, 'ann', { before: null, limit: 1 }))[0]?.id ?? '';
  });
  afterEach(() => world.stop());

  function ask(path: string, more: Partial<PageRequest> = {}, who = 'ann'): Promise<PageAnswer> {
    const [, , first, deed] = path.split(/[/?]/);
    const wanted = first === '' ? '/voicemail/' : deed === undefined ? '/voicemail/:id' : '/voicemail/:id/:deed';
    const page = pages.find((each) => each.path === wanted);
    assert.ok(page);
    return page.handle(asked({ params: { id: first ?? '', deed: deed ?? '' }, visitor: visitor(who), ...more }));
  }
  async function shown(path: string, more: Partial<PageRequest> = {}, who = 'ann'): Promise<string> {
    const answer = await ask(path, more, who);
    assert.ok('page' in answer);
    return answer.page.main.text;
  }
  const post = (deed: string, form: Record<string, string> = {}, who = 'ann') => ask(`/voicemail/${messageId}/${deed}`, { form: new URLSearchParams({ csrf: 'token', ...form }) }, who);

  it('lists what is there, in the visitor\'s language and zone; a caller\'s name stays a text', async () => {
    const list = await shown('/voicemail/', { language: 'de', timeZone: 'Europe/Berlin' });
    assert.match(list, /Sprachnachrichten.*&lt;b&gt;Jonas&lt;\/b&gt;.*\+49 30 1234 · .*10:5\d · 1:15 Min\..*Ungehört/s);
    assert.doesNotMatch(list, /<b>Jonas/);
    assert.match(await shown('/voicemail/', { query: new URLSearchParams('show=deleted') }), /Nothing here/);
  });

  it('says above the list why mail and voicemail are not in step, and looks again until they are', async () => {
    assert.doesNotMatch(await shown('/voicemail/'), /role="status"/);
    isAway = true;
    const answer = await ask('/voicemail/');
    assert.ok('page' in answer);
    assert.match(answer.page.main.text, /The phone system does not answer\..*tell your administrator.*Jonas/s);
    assert.equal(answer.page.refreshSeconds, 15);
    assert.match(await shown('/voicemail/', { language: 'de' }), /Telefonanlage/);
    isAway = false;
    const mended = await ask('/voicemail/');
    assert.ok('page' in mended);
    assert.equal(mended.page.refreshSeconds, undefined);
  });

  it('shows the picture of a colleague over their letters, and letters alone of anybody else', async () => {
    const path = `/voicemail/${messageId}`;
    assert.match(await shown(path), /<span class="picture" aria-hidden="true">B<\/span><h1>&lt;b&gt;Jonas/);
    owner = 'jonas & co';
    assert.match(await shown(path), /<span class="picture" aria-hidden="true">B<img src="\/api\/v1\/people\/jonas%20%26%20co\/photo" alt=""><\/span>/);
  });

  it('plays without a script, and every deed is a form', async () => {
    const page = await shown(`/voicemail/${messageId}`);
    assert.match(page, new RegExp(`<audio controls preload="none" src="/api/v1/voicemail/${messageId}/audio"`));
    for (const deed of ['heard', 'delete', 'forward']) assert.match(page, new RegExp(`method="post" action="/voicemail/${messageId}/${deed}"`));
    assert.match(page, /href="tel:\+49301234"/, 'without a phone of ours the visitor\'s own dials');
  });

  it('what is pressed happens on the phone and in the mailbox, and can be undone', async () => {
    assert.deepEqual(await post('heard'), { status: 303, location: `/voicemail/${messageId}?after=1` });
    await world.until('it is heard', () => world.pbx.boxes.all.get(anns)?.folders.Old.length === 1 && world.mails()[0]?.isRead === true);
    await post('unheard');
    await world.until('it is unheard', () => world.pbx.boxes.all.get(anns)?.folders.INBOX.length === 1);
    await post('delete');
    assert.match(await shown(`/voicemail/${messageId}`), /Undo/, 'before the phone knows it');
    await world.until('it is deleted', () => world.mails()[0]?.place === 'trash');
    assert.match(await shown('/voicemail/', { query: new URLSearchParams('show=deleted') }), /Deleted/);
    await post('restore');
    await world.until('it is back', () => world.mails()[0]?.place === 'inbox');
  });

  it('forwards once, however often the form is sent, and says what became of it', async () => {
    const key = randomUUID();
    await post('forward', { key, to: 'bob@contoso.test' });
    await post('forward', { key, to: 'bob@contoso.test' });
    await world.until('it is there', () => world.pbx.boxes.all.get(bobs)?.folders.INBOX.length === 1);
    await world.until('it says so', async () => /Bob Birch.*is in their box/s.test(await shown(`/voicemail/${messageId}`)));
  });

  it('a full box of the colleague\'s: the page says so, and one\'s own message stays', async () => {
    const box = world.pbx.boxes.all.get(bobs);
    if (box) box.capacity = 0;
    await post('forward', { key: randomUUID(), to: 'bob@contoso.test' });
    await world.until('it says so', async () => /Bob Birch.*was not forwarded.*their box is full; yours is untouched/s.test(await shown(`/voicemail/${messageId}`)));
    assert.equal(world.pbx.boxes.all.get(anns)?.folders.INBOX.length, 1);
  });

  it('calls back and plays on one\'s own phone, once for each form', async () => {
    phones = [{ pbx: 'pbx', extension: '1001', name: 'Desk', isAway: false }];
    const key = randomUUID();
    assert.deepEqual(await post('call', { key }), { status: 303, location: `/voicemail/${messageId}?after=1&call=${key}` });
    await post('call', { key });
    await post('play', { key: randomUUID() });
    assert.deepEqual(begun.map(({ number, voicemailId }) => [number, voicemailId]), [['+49 30 1234', undefined], [undefined, messageId]]);
    assert.match(await shown(`/voicemail/${messageId}`, { query: new URLSearchParams(`after=1&call=${key}`) }), /Your phone rings\./);
    await assert.rejects(post('call'), (error) => error instanceof UserError && error.status === 422);
  });

  it('shows what was said as text, unsure words marked, and calls only numbers that were said', async () => {
    phones = [{ pbx: 'pbx', extension: '1001', name: 'Desk', isAway: false }];
    const piece = (text: string, confidence: number) => ({ text, startSeconds: 0, endSeconds: 1, confidence });
    transcript = { state: 'done', problem: null, language: 'de', pieces: [piece('<i>Rufen', 0.9), piece('Sie', 0.3)], numbers: [{ said: '030 23125417', number: '03023125417', confidence: 0.9 }], urgent: { said: '<b>dringend', confidence: 0.9 } };
    const page = await shown(`/voicemail/${messageId}`);
    assert.match(page, /lang="de".*&lt;i&gt;Rufen.*<span class="unsure"[^>]*>Sie<\/span>/s);
    assert.match(page, /Call 03023125417/);
    assert.match(page, /It sounds urgent: “&lt;b&gt;dringend”/);
    await post('call', { key: randomUUID(), said: '03023125417' });
    await assert.rejects(post('call', { key: randomUUID(), said: '0900123456' }), (error) => error instanceof UserError && error.problem.code === 'number-unknown');
    assert.deepEqual(begun.map(({ number }) => number), ['03023125417']);
  });

  it('a link whose key belongs to somebody else, or to nobody, opens nothing and says what to do', async () => {
    for (const [id, who] of [[messageId, 'bob'], [randomUUID(), 'ann'], ['..%2f', 'ann'], ['1', 'ann']] as const) {
      const answer = await ask(`/voicemail/${id}`, {}, who);
      assert.ok('page' in answer);
      assert.equal(answer.status, 404);
      assert.match(answer.page.main.text, /not yours to play/);
      assert.doesNotMatch(answer.page.main.text, /Jonas|audio/);
    }
    for (const deed of ['heard', 'delete', 'restore', 'play']) {
      await assert.rejects(post(deed, { key: randomUUID() }, 'bob'), (error) => error instanceof UserError && error.status === 404, deed);
    }
    assert.equal(begun.length, 0);
  });

  it('a secure message offers no file and no forwarding, and both are refused', async () => {
    await store.db.deleteFrom('work').execute();
    const feature = await world.serve({ policyOf: async () => ({ ...voicemailSettings.standard, protection: 'secure' }) });
    pages = voicemailPages({ voicemail: feature.handlers, transcripts: feature.transcripts, team: feature.team, calls: { list: async () => ({ phones: [], calls: [] }), begin: async () => assert.fail('no call') }, newId: randomUUID });
    const page = await shown(`/voicemail/${messageId}`);
    assert.match(page, /confidential/);
    assert.doesNotMatch(page, /download|\/forward"/);
    await assert.rejects(post('forward', { key: randomUUID(), to: 'bob@contoso.test' }), (error) => error instanceof UserError && error.problem.code === 'voicemail-protected');
    const caller = { ...visitor('ann'), roles: ['user' as const], ticketFor: null, language: 'en', correlationId: 't' };
    await assert.rejects(feature.sound.audio({ params: { id: messageId }, query: { download: '1' } }, caller), (error) => error instanceof UserError && error.problem.code === 'voicemail-secure');
  });
});

describe('who may see the voicemail behind a mail', function () {
  this.timeout(20_000);

  it('the server decides by whose it is: headers that were forged, forwarded or guessed show nothing', async () => {
    const { store, close } = await testStore();
    const world = await voicemailServer(store);
    try {
      const { handlers } = await world.serve();
      await world.ready();
      world.pbx.boxes.leave(anns, { callerName: 'Jonas' });
      await world.until('it is mailed', () => world.mails().length === 1);
      const [pair] = await pairsOf(store.db, tenantId, 'ann', { before: null, limit: 1 });
      assert.ok(pair);
      const caller = (personId: string) => ({ ...visitor(personId), roles: ['user' as const], ticketFor: null, language: 'en', correlationId: 't' });
      const ofMail = async (messageId: string, who: string) => (await handlers.ofMail({ params: {}, query: { messageId }, body: {} }, caller(who))).voicemail;
      assert.equal((await ofMail(`<${pair.messageId}>`, 'ann'))?.callerName, 'Jonas');
      for (const messageId of [pair.messageId, `<${pair.messageId}>`, `${pair.id}@tieline.test`]) assert.equal(await ofMail(messageId, 'bob'), null, 'the mail was forwarded, or its headers copied');
      for (const messageId of ['<<>>', "' or 1=1 --", '\u0000abc'.slice(1), pair.voicemailId]) assert.equal(await ofMail(messageId, 'ann'), null, messageId);
      await assert.rejects(handlers.one({ params: { id: pair.id }, query: {}, body: {} }, caller('bob')), (error) => error instanceof UserError && error.status === 404, 'the key in X-Tieline-Voicemail is no right');
    } finally {
      await world.stop();
      await close();
    }
  });
});
