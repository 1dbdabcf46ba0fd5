import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import { toEvent } from '../../../../../server/connectors/graph/calendar/event.ts';
import { eventRow } from '../../../../../server/connectors/graph/schema.ts';
import type { CalendarEvent } from '../../../../../server/domain/calendar.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { putWork } from '../../../../../server/store/work.ts';
import { row } from '../../connectors/graph/scripted.ts';
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

  /** From now on a reading of the whole calendar finds these, and one has just been asked for. */
  async function calendarHolds(events: readonly CalendarEvent[]): Promise<void> {
    world.memory.port.changes = async () => ({ events: [...events], removed: [], unread: [], cursor: 'c', wasReset: true });
    await putWork(store.db, { tenantId: caller.tenantId, kind: 'calendar.sweep', key: `${mailbox.instance}/${mailbox.id}`, dueAt: world.clock.now() });
    assert.deepEqual(await world.work(), []);
  }
  const told = (more: object): CalendarEvent => toEvent(eventRow.parse(row({ showAs: 'busy', originalStartTimeZone: null, ...more })), { mailbox, joinBase: 'https://meet.example.com/j', keyword: null }) ?? assert.fail('no event');

  it('a meeting without any zone is at the instants that it says, as UTC', async () => {
    await calendarHolds([told({ start: { dateTime: '2026-11-28T09:00:00.0000000', timeZone: null }, end: { dateTime: '2026-11-28T09:30:00.0000000' } })]);
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(hour - 1);
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(1);
    assert.equal(await now(), 'busy by busy', '10:00 in Berlin');
    await world.turn(hour / 2);
    assert.equal(await now(), 'available by nothing-else');
  });

  it('a day without any zone is the day of its mailbox, from midnight to midnight there', async () => {
    await calendarHolds([told({ isAllDay: true, start: { dateTime: '2026-11-29T00:00:00.0000000' }, end: { dateTime: '2026-11-30T00:00:00.0000000' } })]);
    for (const [at, state] of [['28T22:59:59', 'available by nothing-else'], ['28T23:00:00', 'busy by busy'], ['29T22:59:59', 'busy by busy'], ['29T23:00:00', 'available by nothing-else']] as const) {
      await world.turn(Date.parse(`2026-11-${at}Z`) - world.clock.now());
      assert.equal(await now(), state, at);
    }
  });

  it('5,000 appointments of one week are all kept, and each counts at its minute', async () => {
    const every = 2 * minute;
    const one = told({});
    await calendarHolds(Array.from({ length: 5_000 }, (_, n) => ({ ...one, id: `e${n}`, iCalUId: `u${n}`, startsAt: start + (n + 1) * every, endsAt: start + (n + 1) * every + minute })));
    const kept = await store.db.selectFrom('availability_event').select((rows) => rows.fn.countAll<string>().as('all')).where('tenant_id', '=', caller.tenantId).executeTakeFirst();
    assert.equal(Number(kept?.all), 5_000);
    for (const [turn, state] of [[every, 'busy by busy'], [minute, 'available by nothing-else'], [minute, 'busy by busy'], [1_000 * every + minute, 'available by nothing-else'], [minute, 'busy by busy']] as const) {
      await world.turn(turn);
      assert.equal(await now(), state);
    }
  });

  for (const [fault, what] of [['denied', 'closed to us'], ['gone', 'gone'], ['unavailable', 'being moved']] as const) {
    it(`while a mailbox is ${what}, what is known of it goes on by its minutes; what came meanwhile counts once it can be read`, async () => {
      meet(hour);
      await world.work();
      const { changes, subscribe, event } = world.memory.port;
      const refuse = async (): Promise<never> => {
        throw new TheirError('m365', fault, 'refuses us');
      };
      Object.assign(world.memory.port, { changes: refuse, subscribe: refuse, event: refuse });
      meet(9 * hour);
      await world.turn(2_000);
      await world.turn(hour - 2_000);
      assert.deepEqual([await now(), world.told.at(-1)?.face], ['busy by busy', 'busy']);
      await world.turn(hour);
      assert.deepEqual([await now(), world.told.at(-1)?.face], ['available by nothing-else', 'available']);
      Object.assign(world.memory.port, { changes, subscribe, event });
      await world.turn(6 * hour);
      await world.turn(hour);
      assert.deepEqual([await now(), world.told.at(-1)?.face], ['busy by busy', 'busy']);
    });
  }

  for (const [fault, after] of [['gone', 'available by nothing-else'], ['denied', 'busy by busy']] as const) {
    it(`what is known of a mailbox that stays ${fault} for more than a day ${fault === 'gone' ? 'counts no longer: nothing stale decides' : 'still counts, for it is there'}; back again, it counts at once`, async () => {
      meet(30 * hour);
      // Until then by automatic replies that nobody can switch off any more.
      world.absence.isAway = true;
      world.absence.current = { zone: 'Europe/Berlin', outOfOffice: { from: 0, to: start + (fault === 'gone' ? 1_000 : 28) * hour } };
      await world.turn(5 * minute);
      assert.equal(await now(), 'outOfOffice by automatic-replies');
      Object.assign(world.deps.absences[0] ?? {}, { absence: async () => refuse(), whoIsAway: async () => new Set() });
      const { changes, subscribe, renew } = world.memory.port;
      const refuse = async (): Promise<never> => {
        throw new TheirError('m365', fault, 'refuses us');
      };
      Object.assign(world.memory.port, { changes: refuse, subscribe: refuse, renew: refuse });
      await world.deps.calendars.lookAtAll(caller.tenantId, mailbox.instance);
      await world.turn(1_000);
      for (let step = 0; step < 30; step++) await world.turn(step === 0 ? 55 * minute : hour);
      assert.deepEqual([await now(), world.told.at(-1)?.availability], [after, after.split(' ')[0]]);
      Object.assign(world.memory.port, { changes, subscribe, renew });
      await world.deps.calendars.lookAtAll(caller.tenantId, mailbox.instance);
      await world.turn(2_000);
      assert.deepEqual([await now(), world.told.at(-1)?.availability], ['busy by busy', 'busy']);
    });
  }

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
