import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { BoxAccess } from '../../../../../contract/voicemail/team.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { createJournal, type VoicemailFeature } from '../../../../../server/features/voicemail/index.ts';
import { pairsOf, putBoxes } from '../../../../../server/features/voicemail/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { labRecording } from '../../../../support/audio.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';
import { anns } from '../../../../support/voicemail-world.ts';

const tenantId = 'default';
const caller = (personId: string): Caller => ({ tenantId, personId, name: personId, address: `${personId}@contoso.test`, roles: ['user'], ticketFor: null, language: 'en', correlationId: 't' });

describe('a voicemail box that a team shares', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let feature: VoicemailFeature;
  let id: string;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    await store.db.deleteFrom('voicemail_member').execute();
    world = await voicemailServer(store);
    feature = await world.serve({
      colleague: async (_tenant, address) => (address.endsWith('@contoso.test') ? { personId: address.split('@')[0] ?? '', name: address } : null), nameOf: async (_tenant, personId) => personId.toUpperCase(),
      ownerOf: async (_tenant, pbx, extension) => (pbx === 'pbx' && extension === '214' ? 'jonas' : null),
      journal: createJournal(store, store.live.announce), voicemails: [{ ...world.pbx.port, audio: async () => labRecording('wav', 1) }],
    });
    await world.ready();
    world.pbx.boxes.leave(anns, { callerName: 'Jonas', callerNumber: '214' });
    await world.until('it is mailed', () => world.mails().length === 1);
    id = (await pairsOf(store.db, tenantId, 'ann', { before: null, limit: 1 }))[0]?.id ?? '';
  });
  afterEach(() => world.stop());

  const share = (members: Record<string, BoxAccess>) => feature.team.saveMembers({ params: {}, query: {}, body: { instance: 'pbx', box: anns, members: Object.entries(members).map(([name, access]) => ({ address: `${name}@contoso.test`, access })) } }, caller('root'));
  const one = { params: { id: '' }, query: {}, body: {} };
  const at = () => ({ ...one, params: { id } });
  const codeOf = (run: Promise<unknown>): Promise<string> => run.then(() => 'ok', (error: unknown) => (error instanceof UserError ? error.problem.code : String(error)));
  const take = (who: string, from: string | null) => feature.team.take({ ...at(), body: { from } }, caller(who));

  it('each may what their access says, and a stranger nothing', async () => {
    await share({ bob: 'listen', cid: 'handle', dee: 'manage' });
    const deeds: [string, (who: string) => Promise<unknown>][] = [
      ['see', (who) => feature.handlers.one(at(), caller(who))],
      ['play', (who) => feature.sound.audio({ params: { id }, query: {} }, caller(who))],
      ['read', (who) => feature.transcripts.transcript(at(), caller(who))],
      ['mark', (who) => feature.handlers.mark({ ...at(), body: { isHeard: true } }, caller(who))],
      ['save', (who) => feature.sound.audio({ params: { id }, query: { download: '1' } }, caller(who))],
      ['delete', (who) => feature.handlers.remove(at(), caller(who))],
      ['restore', (who) => feature.handlers.restore(at(), caller(who))],
    ];
    const may = async (who: string) => {
      const told: string[] = [];
      for (const [name, run] of deeds) if ((await codeOf(run(who))) === 'ok') told.push(name);
      return told.join(' ');
    };
    assert.deepEqual([await may('bob'), await may('cid'), await may('dee'), await may('eve')], ['see play read', 'see play read mark', 'see play read mark save delete restore', '']);
    assert.equal(await codeOf(feature.handlers.remove(at(), caller('bob'))), 'box-access');
    assert.equal(await codeOf(feature.handlers.one(at(), caller('eve'))), 'voicemail-unknown');
    assert.equal((await feature.handlers.one(at(), caller('ann'))).callerPersonId, 'jonas', 'whose picture is shown');
    assert.deepEqual((await feature.team.teamList({ ...one, params: {} }, caller('eve'))).voicemail, []);
  });

  it('two people on one shared message: of two who take it at once one has it, and the other is told who', async () => {
    await share({ bob: 'handle', cid: 'handle' });
    const [first, second] = [await codeOf(take('bob', null)), await codeOf(take('cid', null))];
    assert.deepEqual([first, second], ['ok', 'taken-meanwhile']);
    const both = await Promise.all([codeOf(take('ann', 'bob')), codeOf(take('cid', 'bob'))]);
    assert.deepEqual(both.toSorted(), ['ok', 'taken-meanwhile']);
    const { team } = await feature.team.team(at(), caller('bob'));
    assert.ok(team?.taken && ['ANN', 'CID'].includes(team.taken.name) && !team.taken.isMe);
    assert.equal(await codeOf(feature.team.done({ ...at(), body: { isDone: true } }, caller('bob'))), 'taken-meanwhile', 'whoever lost it cannot finish it');
    const holder = team.taken.personId;
    assert.equal(await codeOf(take(holder, null)), 'ok', 'pressed twice it is theirs still');
    assert.ok((await feature.team.done({ ...at(), body: { isDone: true } }, caller(holder))).team.taken?.doneAt);
  });

  it('two people on one shared message: one deletes it while the other plays; the sound plays on, and what comes too late is refused', async () => {
    await share({ bob: 'handle', dee: 'manage' });
    const playing = await feature.sound.audio({ params: { id }, query: {} }, caller('bob'));
    await feature.handlers.remove(at(), caller('dee'));
    await world.until('it is deleted', () => world.mails()[0]?.place === 'trash');
    assert.equal([...playing.read(0, playing.length)].reduce((sum, piece) => sum + piece.length, 0), playing.length);
    assert.equal(await codeOf(feature.handlers.mark({ ...at(), body: { isHeard: true } }, caller('bob'))), 'voicemail-deleted');
    await feature.handlers.restore(at(), caller('dee'));
    await world.until('it is back', () => world.mails()[0]?.place === 'inbox');
  });

  it('shows who played it, each once, in the order in which they did; in a box of one\'s own nothing is noted', async () => {
    await feature.sound.audio({ params: { id }, query: {} }, caller('ann'));
    assert.equal((await feature.team.team(at(), caller('ann'))).team, null);
    await share({ bob: 'listen', cid: 'listen' });
    for (const who of ['cid', 'bob', 'cid', 'ann']) {
      world.clock.advance(1_000);
      await feature.sound.audio({ params: { id }, query: {} }, caller(who));
    }
    const [shown] = (await feature.team.teamList({ ...one, params: {} }, caller('bob'))).voicemail;
    assert.deepEqual(shown?.team.playedBy.map(({ name, isMe }) => [name, isMe]), [['CID', false], ['BOB', true], ['ANN', false]]);
  });

  it('each change is told to the owner and to all who share the box, and to nobody else; who is put out is told, too', async () => {
    const told = new Set<string>();
    const stop = store.live.onAnnouncement(({ topic }) => void (topic !== null && told.add(topic)));
    const heard = async (what: string, names: string[]): Promise<void> => {
      await world.until(what, () => names.every((name) => told.has(name)));
      assert.deepEqual([...told].filter((topic) => topic.includes('voicemail')).toSorted(), names.toSorted(), what);
      told.clear();
    };
    const [all, team] = [['voicemail:ann', 'team-voicemail:bob', 'team-voicemail:cid'], { bob: 'handle', cid: 'listen' } as const];
    try {
      await share(team);
      await heard('who shares it', all);
      await feature.sound.audio({ params: { id }, query: {} }, caller('cid'));
      await heard('who played it', all);
      await take('bob', null);
      await heard('who has it', all);
      world.clock.advance(60_000);
      world.pbx.boxes.leave(anns, { callerName: 'Second' });
      await heard('a new message', all);
      const live = await feature.snapshot(tenantId, 'cid', 'team-voicemail:cid');
      assert.deepEqual(live, (await feature.team.teamList({ ...one, params: {} }, caller('cid'))).voicemail);
      assert.deepEqual(live.map((each) => 'team' in each && [each.voicemail.callerName, each.team.taken?.name, each.team.playedBy.length]), [['Second', undefined, 0], ['Jonas', 'BOB', 1]]);
      assert.equal(await feature.snapshot(tenantId, 'cid', 'team-voicemail:bob'), undefined);
      await share({ cid: 'listen' });
      await heard('who is out', all);
    } finally {
      stop();
    }
  });

  it('when the box gets another owner, or a member is taken out, they see nothing of it any more', async () => {
    await share({ bob: 'manage' });
    assert.equal(await codeOf(feature.handlers.one(at(), caller('bob'))), 'ok');
    await putBoxes(store.db, [{ tenantId, instance: 'pbx', box: anns, personId: 'zoe', name: '', address: '', isFull: false, handsOff: null, knownSince: null }]);
    assert.equal(await codeOf(feature.handlers.one(at(), caller('bob'))), 'voicemail-unknown', 'what was left for Ann is not Zoe\'s team\'s');
    await share({});
    assert.deepEqual((await feature.team.members({ params: {}, query: { instance: 'pbx', box: anns }, body: {} }, caller('root'))).members, []);
    assert.equal(await codeOf(feature.team.saveMembers({ params: {}, query: {}, body: { instance: 'pbx', box: 'none@default', members: [] } }, caller('root'))), 'box-unknown');
    assert.equal(await codeOf(feature.team.saveMembers({ params: {}, query: {}, body: { instance: 'pbx', box: anns, members: [{ address: 'x@elsewhere.test', access: 'listen' }] } }, caller('root'))), 'colleague-unknown');
  });
});
