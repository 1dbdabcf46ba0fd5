import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { phoneZone } from '../../../../../server/features/availability/phone/phone-zone.ts';
import { putWork } from '../../../../../server/store/work.ts';
import type { PresenceTarget } from '../../../../../server/ports/presence-target.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, minute, start, type AvailabilityWorld } from './world.ts';

describe('the zone of times that a phone shows', () => {
  const target = (timeZone?: string): PresenceTarget => ({ instance: 'pbx', ...(timeZone !== undefined && { timeZone }) }) as PresenceTarget;
  const cases: [string, string, string | null, PresenceTarget[], string][] = [
    ['the one that was set', 'Asia/Tokyo', 'Europe/Berlin', [target('Europe/Lisbon')], 'Asia/Tokyo'],
    ['that of the mailbox', '', 'Europe/Berlin', [target('Europe/Lisbon')], 'Europe/Berlin'],
    ['the phone system\'s own', '', null, [target('Europe/Lisbon')], 'Europe/Lisbon'],
    ['UTC where a phone system says none', '', null, [target()], 'UTC'],
    ['UTC on a phone system that nobody tells', '', null, [], 'UTC'],
  ];
  for (const [title, phoneTimeZone, zone, targets, expected] of cases) {
    it(`is ${title}`, () => assert.equal(phoneZone({ zone }, { phoneTimeZone }, 'pbx', targets), expected));
  }
});

const caller: Caller = { tenantId: 'default', personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('a phone whose zone becomes known', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: AvailabilityWorld;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await createWorld(store);
    // Nobody was asked for anything, and nothing of theirs stands.
    await store.db.deleteFrom('availability_person').execute();
    await store.db.deleteFrom('availability_target').execute();
    world.values = { ...world.values, phoneTimeZone: '' };
    world.absence.current = { zone: 'Europe/Berlin', outOfOffice: null };
    world.told.length = 0;
  });
  afterEach(() => world.clock.stop());

  const chooseUntilNoon = (): Promise<unknown> =>
    world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'doNotDisturb', title: null, until: new Date(start + 180 * minute).toISOString() } }, caller);

  it('has the mailbox\'s times with the first word of its state: whoever is new is asked for at once, not at the next round', async () => {
    const reads = world.absence.reads;
    await putWork(store.db, { tenantId: 'default', kind: 'availability.follow', key: anna, dueAt: world.clock.now() });
    await world.work();
    assert.equal(world.absence.reads, reads + 1);
    await chooseUntilNoon();
    await world.turn(1_000);
    assert.match(world.told.at(-1)?.text ?? '', /12:00/);
  });

  it('is told the same end again, as another time, when the mailbox says where its owner lives', async () => {
    await chooseUntilNoon();
    await world.work();
    assert.match(world.told.at(-1)?.text ?? '', /11:00/, 'UTC, while nobody knows better');
    await putWork(store.db, { tenantId: 'default', kind: 'availability.absences', key: 'm365', dueAt: world.clock.now() });
    await world.turn(1_000);
    assert.match(world.told.at(-1)?.text ?? '', /12:00/);
    const count = world.told.length;
    await world.turn(5 * minute);
    assert.equal(world.told.length, count, 'once');
  });
});
