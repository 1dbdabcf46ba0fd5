import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const caller: Caller = { tenantId: '', personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('availability when something is odd', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let world: AvailabilityWorld;
  let count = 0;

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    count += 1;
    caller.tenantId = `odd-${count}`;
    world = await createWorld(store, caller.tenantId);
  });
  afterEach(() => world.clock.stop());
  after(() => opened.close());

  async function now(): Promise<string> {
    const state = await findPersonState(store.db, caller.tenantId, anna);
    return `${state?.state.face} by ${state?.why.rule}`;
  }
  const meet = (from: number): string => world.memory.events.add(mailbox.id, { startsAt: start + from, endsAt: start + from + hour, showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: `uid-${from}` });

  for (const [end, dots] of [[false, []], [true, ['in call']]] as const) {
    it(`a phone that flaps a hundred times a second and ends ${end ? 'in' : 'without'} a call is told as that, once`, async () => {
      for (let flap = 0; flap < 100; flap++) {
        await world.say({ type: 'device', device: 'PJSIP/201', isBusy: flap % 2 === 0, at: start });
        world.clock.advance(10);
      }
      await world.say({ type: 'device', device: 'PJSIP/201', isBusy: end, at: start });
      await world.turn(10_000);
      assert.deepEqual(world.dots.told, dots);
      assert.equal((await world.feature.handlers.mine({ params: {}, query: {}, body: {} }, caller)).availability.onThePhone, end);
    });
  }

  it('a choice by hand at the very second at which a meeting starts is about that meeting, and ends with the next', async () => {
    meet(hour);
    meet(3 * hour);
    await world.work();
    world.clock.advance(hour);
    await world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'away', title: null, until: null } }, caller);
    await world.work();
    assert.equal(await now(), 'away by until-next-appointment');
    await world.turn(hour);
    assert.equal(await now(), 'away by until-next-appointment', 'its own meeting is over, the choice is not');
    await world.turn(hour);
    assert.equal(await now(), 'busy by busy');
  });

  it('a clock that is set back keeps no phone waiting and loses no notice', async () => {
    meet(hour);
    await world.work();
    await world.turn(hour);
    await world.turn(2_000);
    assert.equal(world.told.at(-1)?.face, 'busy');
    world.clock.advance(-30 * minute);
    // What is true now is not what was told: a notice brings it out, and the phone hears it at once.
    const id = meet(30 * minute);
    await world.turn(2_000);
    assert.deepEqual([await now(), world.told.at(-1)?.face], ['busy by busy', 'busy']);
    world.memory.events.remove(mailbox.id, id);
    await world.turn(2_000);
    assert.deepEqual([await now(), world.told.at(-1)?.face], ['available by nothing-else', 'available']);
    await world.turn(30 * minute);
    assert.equal(await now(), 'busy by busy');
    await world.turn(hour);
    assert.equal(await now(), 'available by nothing-else');
  });
});
