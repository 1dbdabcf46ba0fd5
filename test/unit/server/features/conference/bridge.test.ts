import assert from 'node:assert/strict';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { countMembers } from '../../../../../server/features/conference/bridge/bridge-work.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { anEvent } from '../../../../support/conference.ts';

const begins = start + 30 * minute;
const ends = begins + 30 * minute;
const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(ends).toISOString() };

describe('conference and bridge: who is in, whatever was told', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const rowOf = (id: string) => store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  async function sent(): Promise<{ id: string; room: string }> {
    const { id } = await holdIn(world, times);
    await sendIn(world, id, times);
    world.calendar.put(anEvent({ id, iCalUId: id, startsAt: begins, endsAt: ends, body: { format: 'html', content: `${joinBase}${id}` } }));
    world.clock.set(begins);
    await world.work();
    return { id, room: (await rowOf(id)).room };
  }

  it('the first who joins begins it, the last who leaves lets it wait until its time is over', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    assert.equal((await rowOf(id)).state, 'live');
    world.bridge.leave(room);
    await world.work();
    assert.equal((await rowOf(id)).state, 'scheduled');
    world.clock.set(ends + policy.closesAfterMs);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).bridge_state], ['ended', 'closed']);
  });

  it('a leave that nobody told does not keep the conference, and its door, open for ever', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    const port = world.bridge.port as { participants: typeof world.bridge.port.participants };
    port.participants = async () => [];
    world.clock.set(ends + policy.closesAfterMs + 15 * minute);
    await world.work();
    assert.equal((await rowOf(id)).state, 'ended');
  });

  it('a bridge that comes back, and is gone again before it has said who is in, is asked again', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    await store.db.deleteFrom('work').where('kind', '=', 'conference.members').execute();
    const port = world.bridge.port as { liveRooms: typeof world.bridge.port.liveRooms };
    const { liveRooms } = port;
    port.liveRooms = async () => {
      throw new TheirError('pbx', 'no-answer', 'does not answer');
    };
    world.bridge.memory.restart();
    assert.equal((await world.work()).length, 1);
    assert.equal((await rowOf(id)).state, 'live');
    port.liveRooms = liveRooms;
    world.clock.advance(2000);
    await world.work();
    assert.equal((await rowOf(id)).state, 'scheduled');
  });

  it('restored while people are still in it, it is going on', async () => {
    const { id, room } = await sent();
    world.bridge.join(room);
    await world.work();
    await store.db.updateTable('conference').set({ state: 'scheduled' }).where('id', '=', id).execute();
    await countMembers(world.deps, anna.tenantId, id);
    assert.equal((await rowOf(id)).state, 'live');
  });

  it('somebody who slipped in while it was being closed is put out again', async () => {
    const { id, room } = await sent();
    world.calendar.remove(id);
    world.clock.advance(policy.sweepMs);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).bridge_state], ['cancelled', 'closed']);
    world.bridge.join(room);
    await world.work();
    assert.deepEqual(await world.bridge.port.participants(room), []);
    assert.deepEqual([(await rowOf(id)).bridge_state, (await rowOf(id)).members], ['closed', 0]);
  });

  it('cancelled before the bridge was ever reached, it ends closed, and Details say meanwhile what was wrong', async () => {
    world.bridge.setAway(true);
    const { id } = await sent();
    assert.match((await rowOf(id)).bridge_error ?? '', /does not answer/);
    world.calendar.remove(id);
    world.clock.advance(policy.sweepMs);
    await world.work();
    assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).bridge_state], ['cancelled', 'closing']);
    world.bridge.setAway(false);
    await world.work();
    const row = await rowOf(id);
    assert.deepEqual([row.bridge_state, row.bridge_error, row.tenant_id], ['closed', null, anna.tenantId]);
  });
});
