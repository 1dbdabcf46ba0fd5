import assert from 'node:assert/strict';
import type { RoomCommandRequest, RoomView } from '../../../../../contract/conference/room.ts';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { TheirError, type UserError } from '../../../../../server/domain/errors.ts';
import { callLimits } from '../../../../../server/features/conference/room/ask.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';

const begins = start + 5 * minute;
const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * minute).toISOString() };
const stranger: Caller = { ...anna, personId: 'zoe', address: 'zoe@example.com' };

describe('in the room: two bridges, who is in, and what its people may do', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const rowOf = (id: string) => store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const bridgesOf = (id: string) => store.db.selectFrom('conference_bridge').selectAll().where('conference_id', '=', id).orderBy('instance').execute();
  const states = async (id: string): Promise<string[]> => (await bridgesOf(id)).map(({ instance, state }) => `${instance} ${state}`);

  /** A conference of today, on the browser bridge unless said otherwise. */
  async function sent(bridge = 'meet'): Promise<{ id: string; room: string }> {
    const { id } = await holdIn(world, { ...times, bridge });
    await sendIn(world, id, times);
    await store.db.updateTable('conference').set({ seen_at: new Date(start), confirm_by: null }).where('id', '=', id).execute();
    await world.work();
    return { id, room: (await rowOf(id)).room };
  }

  async function look(id: string, caller = anna): Promise<RoomView> {
    return (await world.feature.roomHandlers.room({ params: { id }, query: {}, body: {} }, caller)).room;
  }

  async function ask(id: string, body: Partial<RoomCommandRequest> & { what: RoomCommandRequest['what'] }, caller = anna): Promise<string> {
    const command = { id: crypto.randomUUID(), bridge: 'pbx', ...body };
    await world.feature.roomHandlers.command({ params: { id }, query: {}, body: command }, caller);
    return command.id;
  }

  const commandOf = async (id: string, command: string) => (await look(id)).commands.find((each) => each.id === command);

  it('a conference for browsers is on the telephone bridge as well, and live while anybody is in either', async () => {
    const { id, room } = await sent();
    assert.deepEqual(await states(id), ['meet agreed', 'pbx agreed']);
    world.web.join(room);
    await world.work();
    world.bridge.join(room);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).members], ['live', 2]);
    world.web.leave(room);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).members], ['live', 1]);
    world.bridge.leave(room);
    await world.work();
    assert.equal((await rowOf(id)).state, 'scheduled');
  });

  it('a conference for the telephone is on that alone', async () => {
    const { id } = await sent('pbx');
    assert.deepEqual(await states(id), ['pbx agreed']);
  });

  it('a bridge that is away keeps the other from nothing, and the conference says which is missing', async () => {
    world.web.setAway(true);
    const { id, room } = await sent();
    assert.deepEqual(await states(id), ['meet pending', 'pbx agreed']);
    assert.deepEqual([(await rowOf(id)).bridge_state, /\[meet\]/.test((await rowOf(id)).bridge_error ?? '')], ['pending', true]);
    world.bridge.join(room);
    await world.work();
    assert.equal((await rowOf(id)).state, 'live');
    assert.equal((await look(id)).people.length, 1);
    world.web.setAway(false);
    world.clock.advance(2000);
    await world.work();
    assert.deepEqual([...(await states(id)), (await rowOf(id)).bridge_state], ['meet agreed', 'pbx agreed', 'agreed']);
  });

  it('cancelled, it is closed on both, and nobody is kept in our rows', async () => {
    const { id, room } = await sent();
    world.web.join(room);
    world.bridge.join(room);
    await world.work();
    assert.equal((await look(id)).people.length, 2);
    await store.db.updateTable('conference').set({ closes_at: new Date(start - 60 * minute) }).where('id', '=', id).execute();
    world.web.leave(room);
    world.bridge.leave(room);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, ...(await states(id))], ['ended', 'meet closed', 'pbx closed']);
    assert.deepEqual(await store.db.selectFrom('conference_member').selectAll().where('conference_id', '=', id).execute(), []);
  });

  it('what the release before wrote, without rows, is served as before', async () => {
    const { id, room } = await sent('pbx');
    await store.db.deleteFrom('conference_bridge').where('conference_id', '=', id).execute();
    world.bridge.join(room);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).members], ['live', 1]);
    world.bridge.memory.restart();
    await world.work();
    assert.equal((await rowOf(id)).state, 'scheduled');
  });

  it('shows hosts and presenters who is in, and strangers not even that there is a conference', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    const view = await look(id);
    assert.deepEqual(view.people.map(({ bridge, name, number, isMuted }) => [bridge, name, number, isMuted]), [['pbx', 'Carl', '+49301', false]]);
    assert.deepEqual(view.bridges.map(({ instance, kind, members, may }) => [instance, kind, members, may.includes('end')]), [['meet', 'video', 0, true], ['pbx', 'phone', 1, true]]);
    await assert.rejects(look(id, stranger), (error: UserError) => error.status === 404);
    assert.equal(await world.feature.snapshot(anna.tenantId, 'zoe', `room:${id}`), null);
    await store.db.updateTable('conference').set({ roles: JSON.stringify([{ address: 'zoe@example.com', name: 'Zoe', role: 'presenter' }]) }).where('id', '=', id).execute();
    world.deps.addressesOf = async () => ['zoe@example.com'];
    const presented = await look(id, stranger);
    assert.deepEqual([presented.role, presented.bridges[1]?.may], ['presenter', ['mute', 'unmute', 'lock', 'unlock']]);
    await assert.rejects(ask(id, { what: 'kick', leg: 'memory/1' }, stranger), (error: UserError) => error.status === 403);
  });

  it('mutes, unmutes, locks, unlocks, puts one out, ends for all: each is done by work, and seen', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    world.bridge.join(room);
    await world.work();
    const [first] = (await look(id)).people;
    assert.ok(first);
    const done = async (body: Parameters<typeof ask>[1]): Promise<RoomView> => {
      const command = await ask(id, body);
      assert.equal((await commandOf(id, command))?.state, 'waiting');
      await world.work();
      assert.equal((await commandOf(id, command))?.state, 'done', body.what);
      return look(id);
    };
    assert.equal((await done({ what: 'mute', leg: first.leg })).people.filter((each) => each.isMuted).length, 1);
    assert.equal((await done({ what: 'unmute', leg: first.leg })).people.some((each) => each.isMuted), false);
    assert.equal((await done({ what: 'lock' })).bridges.find((each) => each.instance === 'pbx')?.isLocked, true);
    assert.equal((await done({ what: 'unlock' })).bridges.find((each) => each.instance === 'pbx')?.isLocked, false);
    assert.deepEqual((await done({ what: 'kick', leg: first.leg })).people.map((each) => each.leg).includes(first.leg), false);
    assert.deepEqual((await done({ what: 'end' })).people, []);
    assert.equal((await rowOf(id)).state, 'scheduled', 'whoever may come in can come in again');
  });

  it('the same press twice is done once; a failure is shown and not repeated; too late is not done at all', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    const twice = crypto.randomUUID();
    await ask(id, { id: twice, what: 'end' });
    await ask(id, { id: twice, what: 'end' });
    await world.work();
    assert.equal(world.bridge.memory.done.filter((each) => each === `end ${room}`).length, 1);
    const gone = await ask(id, { what: 'mute', leg: 'memory/99' });
    await world.work();
    assert.deepEqual([(await commandOf(id, gone))?.state, (await commandOf(id, gone))?.problem], ['failed', 'gone']);
    world.bridge.setAway(true);
    const away = await ask(id, { what: 'end' });
    await world.work();
    assert.deepEqual([(await commandOf(id, away))?.state, (await commandOf(id, away))?.problem], ['failed', 'no-answer']);
    world.bridge.setAway(false);
    const late = await ask(id, { what: 'end' });
    world.clock.advance(minute);
    await world.work();
    assert.deepEqual([(await commandOf(id, late))?.state, (await commandOf(id, late))?.problem], ['failed', 'too-late']);
    assert.equal(world.bridge.memory.done.filter((each) => each === `end ${room}`).length, 1);
  });

  it('calls somebody in: it rings, they come in; the number is forgotten when the call is over', async () => {
    const { id, room } = await sent();
    const command = await ask(id, { what: 'call', number: '+493012345', name: 'Carla' });
    await world.work();
    assert.equal((await commandOf(id, command))?.state, 'ringing');
    world.bridge.memory.answer(command);
    await world.work();
    assert.equal((await commandOf(id, command))?.state, 'done');
    assert.deepEqual((await look(id)).people.map(({ name, number }) => [name, number]), [['Carla', '+493012345']]);
    assert.equal((await store.db.selectFrom('conference_command').select('call').where('id', '=', command).executeTakeFirstOrThrow()).call, null);
    const nobody = await ask(id, { what: 'call', number: '+493012346' });
    await world.work();
    world.bridge.memory.answer(nobody, 'no-answer');
    await world.work();
    assert.deepEqual([(await commandOf(id, nobody))?.state, (await commandOf(id, nobody))?.problem], ['failed', 'not-answered']);
    assert.deepEqual(world.bridge.memory.done.filter((each) => each.startsWith('call')), [`call ${room} +493012345`, `call ${room} +493012346`]);
  });

  it('rings at most once, whenever the process dies: doubt is shown instead', async () => {
    for (const side of ['before', 'after'] as const) {
      const { id, room } = await sent();
      const command = await ask(id, { what: 'call', number: '+493012345' });
      world.onEffect = async (name, run) => {
        if (name !== 'room.command') return run();
        if (side === 'after') await run();
        throw new Error('the process dies');
      };
      await world.work();
      world.onEffect = (_name, run) => run();
      world.crash();
      world.clock.advance(2_000);
      await world.work();
      assert.deepEqual([(await commandOf(id, command))?.state, (await commandOf(id, command))?.problem], ['doubt', 'no-answer'], side);
      assert.equal(world.bridge.memory.done.filter((each) => each.startsWith(`call ${room}`)).length, side === 'after' ? 1 : 0);
    }
  });

  it('a number that is none, or that nobody allowed, is not called; nor is anybody called without end', async () => {
    const { id } = await sent();
    for (const number of ['', 'abc', '+49 30', '+4930\r\nAction: Hangup', '\0']) {
      await assert.rejects(ask(id, { what: 'call', number }), (error: UserError) => error.problem.code === 'number-not-allowed', JSON.stringify(number));
    }
    for (let call = 0; call < callLimits.perConference; call++) await ask(id, { what: 'call', number: `+4930${1000 + call}` });
    await assert.rejects(ask(id, { what: 'call', number: '+49309999' }), (error: UserError) => error.status === 429);
    world.clock.advance(callLimits.periodMs);
    await ask(id, { what: 'call', number: '+49309999' });
  });

  it('a bridge that lists nobody counts as in use from when it makes the room until it is over, said or not', async () => {
    const { id, room } = await sent();
    Object.assign(world.web.port.capabilities, { participants: false });
    Object.assign(world.web.port, { occupancy: async () => null });
    const admission = world.feature.admission(anna.tenantId);
    const verdict = await admission.decideForRoom('meet', room);
    assert.ok(verdict.open && verdict.until > begins + 30 * minute + policy.closesAfterMs);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).members], ['live', 1]);
    await admission.roomEnded('meet', room);
    assert.equal((await rowOf(id)).state, 'scheduled');
    await admission.decideForRoom('meet', room);
    await store.db.deleteFrom('work').where('kind', 'not in', ['room.over', 'conference.members']).execute();
    world.clock.set(verdict.until + 3 * minute);
    await world.work();
    assert.equal((await rowOf(id)).members, 0);
    assert.equal((await admission.decideForRoom('meet', room)).open, false);
    assert.equal((await admission.decideForRoom('pbx', 'nosuchroom')).open, false);
  });

  it('a mistake of ours in a bridge is no answer of theirs: the work stays and is logged', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    Object.assign(world.bridge.port, { participants: async () => { throw new TheirError('pbx', 'unreadable', 'says nonsense'); } });
    await store.db.insertInto('work').values({ tenant_id: anna.tenantId, kind: 'conference.members', key: id, due_at: new Date(start), payload: '{}' })
      .onConflict((each) => each.columns(['tenant_id', 'kind', 'key']).doUpdateSet({ due_at: new Date(start) })).execute();
    assert.equal((await world.work()).length, 1);
    assert.equal((await rowOf(id)).state, 'live');
  });
});
