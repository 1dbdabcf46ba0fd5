import assert from 'node:assert/strict';
import { putDot } from '../../../../../server/features/availability/phone/target-rows.ts';
import { viewOf } from '../../../../../server/features/availability/view/view.ts';
import type { PresenceElsewhere } from '../../../../../server/ports/presence-reader.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, minute, type AvailabilityWorld } from './world.ts';

const tenant = 'elsewhere';
const jonas = 'jonas';

describe('what Teams says of people', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let world: AvailabilityWorld;
  let said: Map<string, PresenceElsewhere> | null;
  let asked: number[];

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    for (const table of ['availability_elsewhere', 'availability_dot', 'work'] as const) await store.db.deleteFrom(table).execute();
    world = await createWorld(store, tenant);
    said = new Map();
    asked = [];
    world.presences.push({
      instance: 'm365',
      async presences(people) {
        asked.push(people.length);
        return said;
      },
    });
    world.crash();
    const { crowd, people } = world.deps;
    const { of } = crowd;
    crowd.of = async (...of1) => (await of(...of1)).map((person) => ({ ...person, hasMailbox: true }));
    const { mailboxOf } = people;
    people.mailboxOf = async (of1, personId) => (personId === jonas ? { instance: 'm365', id: 'jonas-mailbox' } : mailboxOf(of1, personId));
  });
  afterEach(() => world.clock.stop());
  after(() => opened.close());

  const seen = async (personId = jonas) => (await viewOf(world.deps, tenant, personId, anna))?.elsewhere;

  it('are asked for once somebody looks, in bulk and each minute, and no longer than fifteen minutes after the last look', async () => {
    await world.work();
    assert.deepEqual(asked, [], 'nobody has looked');
    said = new Map([['jonas-mailbox', { availability: 'busy', isInCall: true }]]);
    assert.equal(await seen(), null);
    await world.work();
    assert.deepEqual([(await seen())?.availability, (await seen())?.isInCall], ['busy', true]);
    said = new Map([['jonas-mailbox', { availability: 'away', isInCall: false }]]);
    await world.turn(minute);
    assert.equal((await seen())?.availability, 'away');
    for (let n = 0; n < 20; n++) await world.turn(minute);
    assert.ok(asked.length <= 16, String(asked.length));
    assert.deepEqual(new Set(asked), new Set([1]));
    assert.equal(await store.db.selectFrom('availability_elsewhere').select('person_id').executeTakeFirst(), undefined, 'nothing is kept');
  });

  it('and those whom a phone tells of are asked for too, for what they say of chats; their state stays the phone’s', async () => {
    said = new Map([['anna-mailbox', { availability: 'away', isInCall: false }]]);
    await seen(anna);
    await world.work();
    const view = await viewOf(world.deps, tenant, anna, jonas);
    assert.deepEqual([view?.elsewhere?.availability, view?.state.availability, view?.onThePhone], ['away', 'available', null]);
  });

  it('show nothing when they are offline there, and where we may not ask', async () => {
    said = new Map([['jonas-mailbox', { availability: 'available', isInCall: false }]]);
    await seen();
    await world.work();
    said = new Map();
    await world.turn(minute);
    assert.equal(await seen(), null);
    said = null;
    await world.turn(minute);
    assert.equal(await seen(), null);
  });

  it('are not shown the echo of a call that we marked there ourselves', async () => {
    await putDot(store.db, tenant, jonas, true, world.clock.now());
    said = new Map([['jonas-mailbox', { availability: 'busy', isInCall: true }]]);
    await seen();
    await world.work();
    assert.equal(await seen(), null);
  });
});
