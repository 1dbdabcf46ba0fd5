import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { silent } from '../../../../../server/ports/log.ts';
import { dropEvents } from '../../../../../server/features/availability/calendar/event-rows.ts';
import { findPersonState, historyOf } from '../../../../../server/features/availability/rows.ts';
import { createBatchWorker } from '../../../../../server/store/batch-worker.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { putWork } from '../../../../../server/store/work.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const tenant = 'default';
const caller: Caller = { tenantId: tenant, personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('a change that was prepared before its second', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  let id: string;
  /** Names of what was written, in order. */
  let written: string[];

  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
    id = meet('uid-budget', hour, 2 * hour);
    meet('uid-weekly', 3 * hour, 4 * hour);
    await world.work();
    await world.turn(2_000);
    written = [];
    world.onEffect = (name, run) => (written.push(name), run());
  });
  afterEach(() => world.clock.stop());

  function meet(iCalUId: string, from: number, to: number): string {
    return world.memory.events.add(mailbox.id, { startsAt: start + from, endsAt: start + to, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId });
  }

  const toTheSecond = () => world.clock.advance(start + hour - world.clock.now());
  const choose = () => world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'away', title: null, until: null } }, caller);
  const history = async () => (await historyOf(store.db, tenant, anna, 9)).map(({ face, why }) => `${face} by ${why.rule}`).toReversed();

  async function now(): Promise<string> {
    const state = await findPersonState(store.db, tenant, anna);
    return `${state?.state.face} by ${state?.why.rule}, until ${state?.until === null ? 'nothing' : ((state?.until ?? 0) - start) / hour}`;
  }

  it('comes without a look at the calendar, with its reason and end; the next is prepared seconds later, and the end of the meeting comes as it did', async () => {
    toTheSecond();
    // Behind our back: at the second nobody looks.
    await store.db.deleteFrom('availability_event').where('event_id', '=', id).execute();
    await world.work();
    assert.deepEqual([written, await now(), world.told.at(-1)], [['availability.turn.write', 'availability.show', 'availability.shown.write'], 'busy by busy, until 2', { availability: 'busy', face: 'busy', text: 'Busy until 11:00' }]);
    await world.turn(5_000);
    assert.equal(await now(), 'available by nothing-else, until 3', 'what is prepared for the end is judged from the calendar');
    assert.deepEqual(await history(), ['available by nothing-else', 'busy by busy', 'available by nothing-else']);
  });

  it('and so it goes on through a day, each news in the history once', async () => {
    for (let step = 0; step < 4 * 60; step++) await world.turn(minute);
    assert.deepEqual([written.filter((name) => name === 'availability.turn.write').length >= 3, await history()], [true, ['available by nothing-else', 'busy by busy', 'available by nothing-else', 'busy by busy', 'available by nothing-else']]);
    assert.deepEqual(world.told.map(({ face }) => face).filter((face, index, all) => face !== all[index - 1]), ['available', 'busy', 'available', 'busy', 'available']);
  });

  it('is dropped when the calendar changed since', async () => {
    world.memory.events.change(mailbox.id, id, { startsAt: start + 1.5 * hour });
    await world.work();
    toTheSecond();
    await world.work();
    assert.equal(await now(), 'available by nothing-else, until 1.5');
    await world.turn(hour / 2);
    assert.equal(await now(), 'busy by busy, until 2');
  });

  it('and when the calendar changes in the very moment between', async () => {
    let isChanged = false;
    world.onEffect = async (name, run) => {
      // As another process that was notified does it (heard.ts).
      if (name === 'availability.turn.write' && !isChanged) await store.transaction(async (tx) => {
        isChanged = true;
        await dropEvents(tx, tenant, mailbox, [id]);
        await putWork(tx, { tenantId: tenant, kind: 'availability.person', key: anna, dueAt: world.clock.now() });
      });
      return run();
    };
    toTheSecond();
    await world.work();
    assert.equal(await now(), 'available by nothing-else, until 3');
    assert.equal(world.told.at(-1)?.face, 'available');
  });

  for (const when of ['before it is looked at', 'while it is written'] as const) {
    it(`a choice made at that very second, ${when}, stands`, async () => {
      toTheSecond();
      let isChosen = when === 'before it is looked at';
      if (isChosen) await choose();
      world.onEffect = async (name, run) => {
        if (name === 'availability.turn.write' && !isChosen) {
          isChosen = true;
          await choose();
        }
        return run();
      };
      await world.work();
      await world.turn(2_000);
      assert.deepEqual([await now(), world.told.at(-1)?.face], ['away by until-next-appointment, until 3', 'away']);
      await world.turn(2 * hour);
      assert.equal(await now(), 'busy by busy, until 4', 'and ends with the next meeting');
    });
  }

  for (const when of ['before', 'after'] as const) {
    it(`whoever dies ${when} it is written loses nothing and tells nothing twice`, async () => {
      let died = 0;
      world.onEffect = async (name, run) => {
        if (name !== 'availability.turn.write' || died > 0) return run();
        died += 1;
        if (when === 'after') await run();
        throw new Error('died');
      };
      toTheSecond();
      await world.work();
      world.crash();
      // Whom the dead one was about to tell is told when its lease has run out.
      await world.turn(when === 'before' ? 2_000 : minute);
      assert.deepEqual([died, await now(), world.told.map(({ face }) => face).at(-1), await history()], [1, 'busy by busy, until 2', 'busy', ['available by nothing-else', 'busy by busy']]);
      assert.equal(world.told.filter(({ face }) => face === 'busy').length, 1);
    });
  }

  it('of two processes on one database one does it, once', async () => {
    toTheSecond();
    const process = () => createBatchWorker({ store, clock: world.clock, log: silent, batches: world.feature.workBatches, straight: world.feature.straightWork });
    const both = [process(), process()];
    for (const each of both) each.start();
    for (const each of both) await each.idle();
    await both[0]?.idle();
    await Promise.all(both.map((each) => each.stop()));
    assert.deepEqual([await now(), await history(), world.told.filter(({ face }) => face === 'busy').length], ['busy by busy, until 2', ['available by nothing-else', 'busy by busy'], 1]);
    assert.equal(written.filter((name) => name === 'availability.state.write').length, 0, 'nobody was judged besides');
  });

  it('a process without the connection to the phones writes it, and leaves the telling to the one that has it', async () => {
    toTheSecond();
    const process = (hasConnection: boolean) => createBatchWorker({ store, clock: world.clock, log: silent, batches: world.feature.workBatches, straight: world.feature.straightWork, mayDo: (kind) => hasConnection || kind !== 'availability.show' });
    const [without, having] = [process(false), process(true)];
    without.start();
    await without.idle();
    assert.deepEqual([await now(), world.told.at(-1)?.face], ['busy by busy, until 2', 'available']);
    having.start();
    await having.idle();
    await Promise.all([without.stop(), having.stop()]);
    assert.deepEqual([world.told.at(-1)?.face, written], ['busy', ['availability.turn.write', 'availability.show', 'availability.shown.write']]);
  });

  it('a clock that is set back and goes on again comes to it at its second', async () => {
    world.clock.advance(-3 * hour);
    await world.work();
    assert.equal(await now(), 'available by nothing-else, until 1');
    toTheSecond();
    await world.turn(-1);
    assert.equal(await now(), 'available by nothing-else, until 1');
    await world.turn(1);
    assert.equal(await now(), 'busy by busy, until 2');
    // Set back into the time before the meeting, and its prepared end goes with the notice that brings out what is true now.
    world.clock.advance(-30 * minute);
    world.memory.events.change(mailbox.id, id, { subject: 'Budget, again' });
    await world.work();
    assert.equal(await now(), 'available by nothing-else, until 1');
    await world.turn(30 * minute);
    assert.equal(await now(), 'busy by busy, until 2');
  });

  for (const [of, whose] of [['everybody', undefined], ['one person', { scope: 'person', scopeId: anna }]] as const) {
    it(`a mapping of ${of} that is changed at that second counts at that second`, async () => {
      toTheSecond();
      Object.assign(world.values, { mapping: { ...world.values.mapping, busy: 'doNotDisturb' } });
      await store.transaction((tx) => world.feature.settingsChanged(tx, tenant, whose));
      const claim = { now: world.clock.now(), limit: 10, leaseMs: minute, owner: 'somebody', does: () => true };
      assert.deepEqual(await world.feature.straightWork['availability.person']?.(claim), { done: [], next: [] });
      await world.feature.workBatches['availability.person']?.(tenant, [anna]);
      assert.equal(await now(), 'doNotDisturb by busy, until 2');
    });
  }

  it('long after its second, when the change after it is due too, the calendar is asked', async () => {
    await world.turn(2.5 * hour);
    assert.equal(await now(), 'available by nothing-else, until 3');
    assert.deepEqual(await history(), ['available by nothing-else']);
  });
});
