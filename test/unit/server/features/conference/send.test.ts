import assert from 'node:assert/strict';
import { anna, joinBase, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { anEvent } from '../../../../support/conference.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { day } from '../../../../../server/features/conference/conference.ts';
import { confirm } from '../../../../../server/features/conference/calendar/reread.ts';
import type { Store } from '../../../../../server/store/connect.ts';

const begins = start + 2 * day;
const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * minute).toISOString() };

describe('conference sent: what was said is real only when the calendar shows it', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const stateOf = async (id: string): Promise<string> => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference.state;
  const link = (id: string) => ({ format: 'html' as const, content: `<a href="${joinBase}${id}">Join</a>` });

  it('is questioned even when the process dies right after it wrote the word and nobody asks again', async () => {
    const { id } = await holdIn(world, times);
    world.onEffect = async (name, run) => {
      const done = await run();
      if (name === 'commit.write') throw new Error('dead');
      return done;
    };
    await assert.rejects(sendIn(world, id, times), /dead/);
    world.onEffect = (_name, run) => run();
    world.crash();
    assert.equal(await stateOf(id), 'scheduled');
    for (let minutes = 0; minutes <= policy.confirmMs / minute + 2; minutes++) {
      world.clock.advance(minute);
      await world.work();
    }
    assert.equal(await stateOf(id), 'held', '"Don\'t send" after a crash leaves a conference that anybody can join');
  });

  it('a second send while the first is given up keeps its own time to be confirmed', async () => {
    const { id } = await holdIn(world, times);
    await sendIn(world, id, times);
    world.clock.advance(policy.confirmMs + minute);
    const later = { startsAt: times.startsAt, endsAt: new Date(begins + 45 * minute).toISOString() };
    let isSent = false;
    world.onEffect = async (name, run) => {
      if (name === 'seen.write' && !isSent) {
        isSent = true;
        await sendIn(world, id, later);
      }
      return run();
    };
    await confirm(world.deps, anna.tenantId, id);
    assert.ok(isSent);
    assert.equal(await stateOf(id), 'scheduled');
  });

  it('a cancelled one that is sent in a new invite belongs to the new event, though the old one is gone', async () => {
    const { id } = await holdIn(world, times);
    await sendIn(world, id, times);
    world.calendar.put(anEvent({ id: 'first', iCalUId: `first-${id}`, startsAt: begins, endsAt: begins + 30 * minute, body: link(id) }));
    world.clock.advance(minute);
    await world.work();
    world.calendar.remove('first');
    world.clock.advance(policy.sweepMs);
    await world.work();
    assert.equal(await stateOf(id), 'cancelled');
    await sendIn(world, id, times);
    world.calendar.put(anEvent({ id: 'second', iCalUId: `second-${id}`, startsAt: begins, endsAt: begins + 30 * minute, body: link(id) }));
    world.clock.advance(minute);
    await world.work();
    assert.equal(await stateOf(id), 'scheduled');
    const row = await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    assert.equal(row.event_id, world.calendar.idOf('second'));
    assert.equal(row.confirm_by, null, 'the calendar has confirmed it');
  });

  it('is restored within 7 days with its codes, and not after', async () => {
    const first = await holdIn(world, times);
    const { id } = first;
    await sendIn(world, id, times);
    world.calendar.put(anEvent({ id: 'e', iCalUId: `e-${id}`, startsAt: begins, endsAt: begins + 30 * minute, body: link(id) }));
    world.clock.advance(minute);
    await world.work();
    world.calendar.remove('e');
    world.clock.advance(policy.sweepMs);
    await world.work();
    const restore = () => world.feature.handlers.restore({ params: { id }, query: {}, body: {} }, anna);
    world.clock.advance(policy.restoreMs - minute);
    const { conference } = await restore();
    assert.equal(conference.state, 'held');
    assert.deepEqual([conference.accessCode, conference.hostCode, conference.passcode], [first.accessCode, first.hostCode, first.passcode]);
    await store.db.updateTable('conference').set({ state: 'cancelled', restorable_until: new Date(world.clock.now()) }).where('id', '=', id).execute();
    await assert.rejects(restore(), { problem: { code: 'restore-too-late', message: 'This conference was cancelled too long ago to come back.', remedy: 'Add a new conference to the invite.' } });
    assert.equal(await stateOf(id), 'cancelled');
  });

  it('of somebody who books for another, the other\'s calendar alone makes it real', async () => {
    const { id } = await holdIn(world, { ...times, owner: 'boss@example.com' });
    assert.equal((await sendIn(world, id, times)).state, 'held');
    world.calendar.put(anEvent({ id: 'boss-event', iCalUId: 'boss-event', startsAt: begins, endsAt: begins + 30 * minute, body: link(id) }));
    world.clock.advance(minute);
    await world.work();
    assert.equal(await stateOf(id), 'scheduled');
  });
});
