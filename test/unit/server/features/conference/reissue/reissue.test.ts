import assert from 'node:assert/strict';
import type { ReissueView } from '../../../../../../contract/conference/reissue.ts';
import { TheirError, UserError } from '../../../../../../server/domain/errors.ts';
import { blockOf } from '../../../../../../server/features/conference/invite/block.ts';
import { day } from '../../../../../../server/features/conference/conference.ts';
import { reissueEffectNames, type ConferenceDeps } from '../../../../../../server/features/conference/deps.ts';
import { createConferenceFeature } from '../../../../../../server/features/conference/index.ts';
import { findConference } from '../../../../../../server/features/conference/rows.ts';
import type { Store } from '../../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../../support/conference-suite.ts';
import { anna, joinBase, mailbox, minute, start, type ConferenceWorld } from '../../../../../support/conference-world.ts';
import { workUntilQuiet } from '../../../../../support/work.ts';

const begins = start + 20 * day;
const newNumber = { country: 'DE', number: '+493023125499' };
const people = [{ name: 'Carl', address: 'carl@example.com', kind: 'required' as const, response: 'none' as const }, { name: 'Dora', address: 'dora@example.com', kind: 'optional' as const, response: 'none' as const }, { name: 'Room 4', address: 'room4@example.com', kind: 'resource' as const, response: 'none' as const }];
const admin = { ...anna, roles: ['administrator' as const] };
const speed = { eventsPerMinute: 60 };
const run = '11111111-1111-4111-8111-111111111111';

describe('reissue: blocks in invites that were sent, written anew', () => {
  let store: Store;
  let world: ConferenceWorld;
  /** After the change of the number. */
  let deps: ConferenceDeps;
  let feature: ReturnType<typeof createConferenceFeature>;
  let onEffect: (name: string, act: () => Promise<unknown>) => Promise<unknown>;

  conferenceSuite((made) => ({ store, world } = made));
  beforeEach(async () => {
    onEffect = (_name, act) => act();
    restart();
  });

  /** A new process, over the same database. */
  function restart(): void {
    const bridges = world.deps.bridges.map((each) => ({ ...each, dialIn: each.dialIn.length > 0 ? [newNumber] : [] }));
    deps = { ...world.deps, bridges, effect: (name, act) => onEffect(name, act) as never };
    feature = createConferenceFeature(deps);
  }

  const event = (id: string) => world.calendar.memory.events.find(mailbox.id, id) ?? assert.fail(`no event ${id}`);
  const at = { params: { id: run }, query: {} };
  /** Bridges with whether they are connected, and conferences that are still to come. */
  const listed = async () => (await feature.reissue.list({ params: {}, query: {}, body: {} }, admin)).bridges.map(({ instance, isConnected, conferences }) => [instance, isConnected, conferences]);
  const preview = async (): Promise<ReissueView> => (await feature.reissue.preview({ params: {}, query: {}, body: { id: run } }, admin)).reissue;
  const read = async (): Promise<ReissueView> => (await feature.reissue.read({ ...at, body: {} }, admin)).reissue;
  const begin = async (body = speed): Promise<ReissueView> => (await feature.reissue.start({ ...at, body }, admin)).reissue;
  const stop = async (): Promise<ReissueView> => (await feature.reissue.stop({ ...at, body: {} }, admin)).reissue;
  const undo = async (body = speed): Promise<ReissueView> => (await feature.reissue.undo({ ...at, body }, admin)).reissue;

  /** The run's own work that is due now. Returns the failures. */
  async function work(): Promise<unknown[]> {
    const { 'reissue.run': advance, 'reissue.forget': forget } = feature.workHandlers;
    assert.ok(advance && forget);
    return workUntilQuiet(store, world.clock, { 'reissue.run': advance, 'reissue.forget': forget });
  }

  async function untilEnded(isSound = true): Promise<ReissueView> {
    for (let round = 0; round < 5_000; round++) {
      const failures = await work();
      if (isSound) assert.deepEqual(failures, []);
      const row = await store.db.selectFrom('reissue_run').select('state').executeTakeFirst();
      if (row?.state !== 'running') return read();
      world.clock.advance(1_000);
    }
    return assert.fail('it never ends');
  }

  /** Begins the run's work again and again, as the worker does after each end of a process. */
  async function drive(): Promise<{ view: ReissueView; ends: number }> {
    const { 'reissue.run': advance } = feature.workHandlers;
    const item = { tenantId: anna.tenantId, kind: 'reissue.run', key: run, dueAt: start, payload: {}, attempt: 1, revision: 1, owner: 'test' };
    let ends = 0;
    for (;;) {
      try {
        const again = await advance?.(item);
        if (!again) return { view: await read(), ends };
        world.clock.advance(Math.max(0, again.againAt - world.clock.now()));
      } catch (error) {
        assert.match(String(error), /killed/);
        ends += 1;
      }
    }
  }

  /** Sent conferences whose invites carry the old number. Returns the events' ids. */
  async function sent(count: number): Promise<string[]> {
    const { id } = await holdIn(world, { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * minute).toISOString(), timeZone: 'Europe/Berlin', subject: 'Weekly' });
    await sendIn(world, id, { subject: 'Weekly', startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * minute).toISOString(), timeZone: 'Europe/Berlin', isSeries: false, isPrivate: false });
    const first = await findConference(store.db, anna.tenantId, id);
    const row = await store.db.selectFrom('conference').selectAll().executeTakeFirstOrThrow();
    assert.ok(first);
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const made = Array.from({ length: count }, (_, n) => ({ ...first, id: letters.slice(0, 20) + String(n).padStart(6, '0').replaceAll(/\d/g, (digit) => letters[Number(digit)] ?? ''), accessCode: String(100_000_000 + n), hostCode: String(200_000_000 + n), room: `room-${n}` }));
    const ids = await Promise.all(made.map(async (each) => world.calendar.memory.events.add(mailbox.id, {
      startsAt: begins, endsAt: begins + 30 * minute, subject: 'Weekly', organizer: { name: anna.name, address: anna.address }, attendees: people,
      location: `${joinBase}${each.id}`, body: { format: 'html', content: `<html><body><p>Agenda of ours</p>${(await blockOf(world.deps, each)).html}</body></html>` },
    })));
    await store.db.deleteFrom('conference').execute();
    await store.db.deleteFrom('work').execute();
    await store.db.insertInto('conference').values(made.map((each, n) => ({
      ...row, roles: JSON.stringify(row.roles), countries: JSON.stringify(row.countries), id: each.id, access_code: each.accessCode, host_code: each.hostCode, room: each.room,
      idempotency_key: `key-${n}`, event_id: ids[n] ?? '', starts_at: new Date(begins + n * minute), closes_at: new Date(begins + n * minute + 30 * minute),
    }))).execute();
    return ids;
  }

  const bodies = (ids: readonly string[]): string[] => ids.map((id) => event(id).body.content);
  const versions = (ids: readonly string[]): string[] => ids.map((id) => event(id).version);

  it('the preview says what would be written, how many people are mailed, and what cannot be, and writes nothing', async () => {
    const ids = await sent(5);
    const before = versions(ids);
    world.calendar.memory.makeRigid(ids[1] ?? '');
    world.calendar.memory.events.remove(mailbox.id, ids[2] ?? '');
    await store.db.updateTable('conference').set({ event_id: null }).where('event_id', '=', ids[3] ?? '').execute();
    await preview();
    const seen = await untilEnded();
    assert.deepEqual([seen.phase, seen.state, seen.invites, seen.reasons, seen.peopleToMail, seen.peopleMailed], ['preview', 'done', { due: 2, left: 3 }, { 'body': 1, 'gone': 1, 'no-event': 1 }, 4, 0]);
    assert.deepEqual([event(ids[0] ?? '').version, event(ids[1] ?? '').version], before.slice(0, 2));
    const { invites } = await feature.reissue.invites({ params: { id: run }, query: { state: 'left', skip: 0, limit: 100 }, body: {} }, admin);
    assert.deepEqual(invites.map(({ reason, eventId }) => [reason, eventId]), [['body', ids[1]], ['gone', ids[2]], ['no-event', null]]);
  });

  it('so many events a minute and no more, stopped and gone on', async () => {
    const ids = await sent(4);
    await preview();
    await untilEnded();
    const old = bodies(ids);
    const changed = (): number => bodies(ids).filter((body, n) => body !== old[n]).length;
    await begin({ eventsPerMinute: 2 });
    const counts: number[] = [];
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(await work(), []);
      counts.push(changed());
      world.clock.advance(29_999);
      assert.deepEqual(await work(), []);
      counts.push(changed());
      world.clock.advance(1);
    }
    assert.deepEqual(counts, [1, 1, 2, 2, 3, 3]);
    assert.equal((await stop()).state, 'stopped');
    world.clock.advance(10 * minute);
    assert.deepEqual([await work(), changed()], [[], 3]);
    await begin();
    assert.deepEqual([(await untilEnded()).invites, changed()], [{ written: 4 }, 4]);
  });

  it('many conferences: killed in the middle, gone on, each written once; and undone to the letter', async function () {
    this.timeout(60_000);
    const count = 100;
    const ids = await sent(count);
    const old = bodies(ids);
    const first = versions(ids);
    await preview();
    const seen = await untilEnded();
    assert.deepEqual([seen.invites, seen.peopleToMail], [{ due: count }, 2 * count]);
    await begin({ eventsPerMinute: 600 });
    let effects = 0;
    let writes = 0;
    onEffect = async (name, act) => {
      effects += 1;
      // Dies before and after effects all over the middle of it, the write's own among them.
      if (effects > 100 && effects % 17 === 0) throw new Error('killed before');
      const result = await act();
      if (name === 'reissue.invite.write') writes += 1;
      if (effects > 100 && effects % 13 === 0) throw new Error('killed after');
      return result;
    };
    const { view: ended, ends } = await drive();
    assert.deepEqual([ended.invites, ended.peopleMailed], [{ written: count }, 2 * count]);
    assert.ok(ends > 25 && writes > count, `${ends} ends, ${writes} tries`);
    // Each write gives the next number to the event's version: the sum of all writes is seen in the last one.
    const numbers = versions(ids).map((version) => Number(version.slice(1)));
    assert.deepEqual([Math.max(...numbers), new Set(numbers).size], [Math.max(...first.map((version) => Number(version.slice(1)))) + count, count]);
    assert.ok(bodies(ids).every((body) => body.includes('23125499') && !body.includes('23125400')));
    onEffect = (_name, act) => act();
    await undo({ eventsPerMinute: 600 });
    assert.deepEqual((await drive()).view.invites, { undone: count });
    assert.deepEqual(bodies(ids), old);
  });

  for (const effect of reissueEffectNames.filter((name) => name !== 'reissue.asked.write')) {
    for (const when of ['before', 'after'] as const) {
      it(`the process ends ${when} ${effect}: one write for the reissue, one for the undo`, async () => {
        const [id = ''] = await sent(1);
        const old = event(id).body.content;
        let isArmed = true;
        onEffect = async (name, act) => {
          if (!isArmed || name !== effect) return act();
          isArmed = false;
          if (when === 'after') await act();
          throw new Error('the process ends here');
        };
        const versionOf = (): number => Number(event(id).version.slice(1));
        const first = versionOf();
        await preview();
        await untilEnded(false);
        isArmed = true;
        await begin();
        restart();
        assert.deepEqual((await untilEnded(false)).invites, { written: 1 });
        assert.equal(versionOf(), first + 1);
        isArmed = true;
        await undo();
        restart();
        assert.deepEqual((await untilEnded(false)).invites, { undone: 1 });
        assert.deepEqual([versionOf(), event(id).body.content, isArmed], [first + 2, old, false]);
      });
    }
  }

  it('a write that was begun, and an event that somebody changed before the restart: in doubt, so left alone', async () => {
    const [id = ''] = await sent(1);
    await preview();
    await untilEnded();
    await begin();
    onEffect = async (name, act) => {
      if (name === 'reissue.invite.write') throw new Error('the process ends here');
      return act();
    };
    assert.equal((await work()).length, 1);
    world.calendar.memory.events.change(mailbox.id, id, { subject: 'Monthly' });
    const { version } = event(id);
    onEffect = (_name, act) => act();
    assert.deepEqual([(await untilEnded()).reasons, event(id).version], [{ 'in-doubt': 1 }, version]);
  });

  it('an answer that is lost costs no second write, and a calendar that is away for a minute costs nothing', async () => {
    const ids = await sent(2);
    await preview();
    await untilEnded();
    const first = versions(ids).map((version) => Number(version.slice(1)));
    await begin();
    let isLost = true;
    onEffect = async (name, act) => {
      const result = await act();
      if (name !== 'reissue.invite.write' || !isLost) return result;
      isLost = false;
      world.calendar.setAway(true);
      throw new TheirError('m365', 'no-answer', 'does not answer');
    };
    for (let second = 0; second < 60; second++) {
      assert.deepEqual(await work(), []);
      world.clock.advance(1_000);
    }
    world.calendar.setAway(false);
    assert.deepEqual([(await untilEnded()).invites, Math.max(...versions(ids).map((version) => Number(version.slice(1))))], [{ written: 2 }, Math.max(...first) + 2]);
  });

  it('a personal room: the block in each event that carries it', async () => {
    const [id = ''] = await sent(1);
    const { id: conferenceId } = await store.db.selectFrom('conference').select('id').executeTakeFirstOrThrow();
    const { location, body } = event(id);
    const other = world.calendar.memory.events.add(mailbox.id, { startsAt: begins + day, endsAt: begins + day + minute, subject: 'Talk', organizer: { name: anna.name, address: anna.address }, attendees: people, location, body });
    await store.db.updateTable('conference').set({ is_standing: true, event_id: null, closes_at: null }).execute();
    await store.db.insertInto('standing_window').values([id, other].map((source, n) => ({
      tenant_id: anna.tenantId, conference_id: conferenceId, source, original_start: new Date(begins + n * day), starts_at: new Date(begins + n * day), ends_at: new Date(begins + n * day + minute), confirm_by: null, seen_at: new Date(start),
    }))).execute();
    await preview();
    await untilEnded();
    await begin();
    assert.deepEqual([(await untilEnded()).invites, bodies([id, other]).every((each) => each.includes('23125499'))], [{ written: 2 }, true]);
    await undo();
    assert.deepEqual([(await untilEnded()).invites, bodies([id, other])], [{ undone: 2 }, [body.content, body.content]]);
  });

  it('cancelled between preview and writing: left alone', async () => {
    const [id = ''] = await sent(1);
    await preview();
    await untilEnded();
    await store.db.updateTable('conference').set({ state: 'cancelled' }).execute();
    const { version } = event(id);
    await begin();
    assert.deepEqual([(await untilEnded()).reasons, event(id).version], [{ over: 1 }, version]);
  });

  it('keeps former blocks for seven days, and no word of the organizer\'s ever', async () => {
    await sent(1);
    await preview();
    await untilEnded();
    await begin();
    const ended = await untilEnded();
    assert.equal(ended.undoUntil, new Date(world.clock.now() + 7 * day).toISOString());
    const kept = await store.db.selectFrom('reissue_invite').selectAll().executeTakeFirstOrThrow();
    assert.ok(kept.before_block?.includes('23125400') && !JSON.stringify(kept).includes('Agenda'));
    world.clock.advance(7 * day);
    assert.deepEqual(await work(), []);
    const later = await store.db.selectFrom('reissue_invite').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([later.before_block, later.after_block, later.state], [null, null, 'written']);
    await assert.rejects(undo(), /ended more than 7 days ago/);
  });

  const onBridges = async (): Promise<string[]> => (await store.db.selectFrom('conference').select(['bridge_instance', 'access_code']).orderBy('starts_at').execute()).map((row) => `${row.bridge_instance} ${row.access_code}`);

  it('moves conferences to another bridge with their invites, codes and all; not those where somebody is in; and back to the letter', async () => {
    const ids = await sent(4);
    const [before, old] = [await onBridges(), bodies(ids)];
    await store.db.updateTable('conference').set({ state: 'live', members: 2 }).where('event_id', '=', ids[1] ?? '').execute();
    world.calendar.memory.makeRigid(ids[2] ?? '');
    assert.deepEqual(await listed(), [['pbx', true, 4], ['meet', true, 0]]);
    const { reissue: asked } = await feature.reissue.preview({ params: {}, query: {}, body: { id: run, bridge: 'pbx', toBridge: 'meet' } }, admin);
    assert.deepEqual([asked.bridge, asked.toBridge], ['pbx', 'meet']);
    const seen = await untilEnded();
    assert.deepEqual([seen.invites, seen.reasons, seen.peopleToMail, await onBridges()], [{ due: 2, left: 2 }, { 'in-use': 1, body: 1 }, 4, before], 'a preview moves nobody');
    await begin();
    assert.deepEqual((await untilEnded()).invites, { written: 2, left: 2 });
    assert.deepEqual(await onBridges(), before.map((each, n) => (n === 0 || n === 3 ? each.replace('pbx', 'meet') : each)), 'what cannot be told to people is not done behind their back');
    assert.deepEqual(bodies(ids).map((body, n) => body === old[n]), [false, true, true, false]);
    const { why, detail } = await store.db.selectFrom('conference_history').innerJoin('conference', 'conference.id', 'conference_history.conference_id').select(['conference_history.why', 'detail']).where('event_id', '=', ids[0] ?? '').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
    assert.deepEqual([why, detail], ['invite-written', 'mailed:2']);
    assert.equal(await store.db.selectFrom('work').select('kind').where('kind', '=', 'conference.bridge').execute().then((rows) => rows.length), 2, 'the new bridge is brought there');
    await undo();
    assert.deepEqual([(await untilEnded()).invites, await onBridges(), bodies(ids)], [{ undone: 2, left: 2 }, before, old]);
  });

  it('a move that changes no word of the invite mails nobody, and comes back as well', async () => {
    const ids = await sent(1);
    const move = async (id: string) => feature.reissue.preview({ params: {}, query: {}, body: { id, bridge: 'pbx', toBridge: 'meet' } }, admin);
    await move(run);
    await untilEnded();
    await begin();
    await untilEnded();
    await store.db.updateTable('conference').set({ bridge_instance: 'pbx' }).execute();
    await store.db.deleteFrom('reissue_run').execute();
    await store.db.deleteFrom('reissue_invite').execute();
    const [told] = versions(ids);
    await move(run);
    assert.deepEqual([(await untilEnded()).invites, (await read()).peopleToMail], [{ due: 1 }, 0]);
    await begin();
    const ended = await untilEnded();
    assert.deepEqual([ended.invites, ended.peopleMailed, (await onBridges())[0]?.split(' ')[0], versions(ids)[0]], [{ written: 1 }, 0, 'meet', told]);
    await undo();
    assert.deepEqual([(await untilEnded()).invites, (await onBridges())[0]?.split(' ')[0], versions(ids)[0]], [{ undone: 1 }, 'pbx', told]);
  });

  for (const [effect, when] of [['reissue.invite.write', 'after'], ['reissue.noted.write', 'before'], ['reissue.noted.write', 'after']] as const) {
    it(`a move ends once, with the invite, when the process ends ${when} ${effect}`, async () => {
      const ids = await sent(1);
      const first = Number(versions(ids)[0]?.slice(1));
      await feature.reissue.preview({ params: {}, query: {}, body: { id: run, bridge: 'pbx', toBridge: 'meet' } }, admin);
      await untilEnded();
      let isArmed = true;
      onEffect = async (name, act) => {
        if (!isArmed || name !== effect) return act();
        isArmed = false;
        if (when === 'after') await act();
        throw new Error('the process ends here');
      };
      await begin();
      restart();
      assert.deepEqual([(await untilEnded(false)).invites, (await onBridges())[0]?.split(' ')[0], Number(versions(ids)[0]?.slice(1)), isArmed], [{ written: 1 }, 'meet', first + 1, false]);
    });
  }

  it('refuses a move to nowhere, from nowhere, and to where they are', async () => {
    for (const [body, code] of [[{ bridge: 'pbx', toBridge: 'gone' }, 'bridge-unknown'], [{ toBridge: 'meet' }, 'reissue-move'], [{ bridge: 'meet', toBridge: 'meet' }, 'reissue-move']] as const) {
      await assert.rejects(feature.reissue.preview({ params: {}, query: {}, body: { id: run, ...body } }, admin), (error) => error instanceof UserError && error.problem.code === code);
    }
  });

  it('refuses what makes no sense: two at once, a start before the preview is done, an undo of nothing', async () => {
    await sent(1);
    await preview();
    assert.equal((await preview()).id, run, 'asked again with the same id it is the same');
    await assert.rejects(feature.reissue.preview({ params: {}, query: {}, body: { id: run.replaceAll('1', '2') } }, admin), /Another reissue is at work/);
    await assert.rejects(begin(), /preview is not finished/);
    await untilEnded();
    await assert.rejects(undo(), /Nothing was written/);
    await begin();
    await assert.rejects(undo(), /still writing/);
    assert.equal((await begin()).state, 'running', 'asked again it goes on');
  });
});
