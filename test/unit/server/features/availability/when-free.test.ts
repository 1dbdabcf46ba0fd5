import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { WaitedFor } from '../../../../../contract/availability/availability.ts';
import type { CalendarEvent } from '../../../../../server/domain/calendar.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { firstWith } from '../../../../../server/features/availability/when-free/together.ts';
import { isFree } from '../../../../../server/features/availability/when-free/when-free.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const tenant = 'when-free';
const jonas: Caller = { tenantId: tenant, personId: 'jonas', name: 'Jonas', address: 'jonas@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('when free', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let world: AvailabilityWorld;
  let announced: string[];
  let stop: () => void;

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    for (const table of ['availability_when_free', 'availability_person', 'availability_phone', 'work'] as const) await store.db.deleteFrom(table).execute();
    world = await createWorld(store, tenant);
    announced = [];
    stop = store.live.onAnnouncement(({ topic }) => void announced.push(topic ?? ''));
  });
  afterEach(() => {
    stop();
    world.clock.stop();
  });
  after(() => opened.close());

  const want = async (wanted: boolean, address = 'anna@example.com'): Promise<WaitedFor[]> => (await world.feature.handlers.whenFree({ params: {}, query: {}, body: { address, wanted } }, jonas)).waiting;
  const freeSince = async (): Promise<string | null | undefined> => ((await world.feature.snapshot(tenant, 'jonas', 'when-free:jonas')) as WaitedFor[])[0]?.freeSince;
  async function call(isBusy: boolean): Promise<void> {
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy, at: world.clock.now() });
    await world.turn(5_000);
  }

  it('is told when a call has ended and nothing else is in the way, and taken back when the next one begins', async () => {
    await call(true);
    const [waiting] = await want(true);
    assert.deepEqual([waiting?.name, waiting?.freeSince], ['Anna Berger', null]);
    await call(false);
    assert.equal(await freeSince(), new Date(world.clock.now()).toISOString());
    await call(true);
    assert.equal(await freeSince(), null);
  });

  it('waits for the end of a meeting, and is told at that minute', async () => {
    await world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'doNotDisturb', title: null, until: new Date(start + 30 * minute).toISOString() } }, { ...jonas, personId: anna });
    assert.equal((await want(true))[0]?.freeSince, null);
    await world.turn(29 * minute);
    assert.equal(await freeSince(), null);
    await world.turn(minute);
    assert.equal(await freeSince(), new Date(start + 30 * minute).toISOString());
  });

  it('is known at once of somebody who is free, ends when it is taken back, and by itself after a day', async () => {
    assert.equal((await want(true))[0]?.freeSince, new Date(world.clock.now()).toISOString());
    assert.deepEqual(await want(false), []);
    await want(true);
    await world.turn(24 * 60 * minute);
    assert.equal(await freeSince(), undefined);
  });

  it('tells nobody else, and says so of strangers', async () => {
    await want(true);
    assert.equal(await world.feature.snapshot(tenant, anna, 'when-free:jonas'), undefined, 'another’s list is no topic');
    await assert.rejects(want(true, 'nobody@elsewhere.example'), (error) => error instanceof UserError && error.status === 404);
    assert.equal(await store.db.selectFrom('availability_when_free').select('person_id').where('person_id', '<>', 'jonas').executeTakeFirst(), undefined);
  });

  it('counts what Teams tells where no phone does, and never guesses', () => {
    const view = { state: { availability: 'available', face: 'available', title: null }, onThePhone: null, missing: ['line'], why: { source: 'default', rule: 'nothing-else', eventId: null } } as const;
    const since = '2026-11-28T09:00:00Z';
    const told = (availability: 'available' | 'busy', isInCall = false) => isFree({ ...view, missing: ['line'], elsewhere: { availability, isInCall, since } });
    assert.deepEqual([isFree({ ...view, missing: ['line'] }), told('available'), told('busy'), told('available', true)], [false, true, false, false]);
    assert.equal(isFree({ ...view, missing: [], onThePhone: true }), false);
  });
});

describe('the next meeting of two people', () => {
  const now = Date.parse('2026-11-28T09:00:00Z');
  const hour = 60 * minute;
  const jonasIn: CalendarEvent['attendees'] = [{ name: 'Jonas', address: 'jonas@example.com', kind: 'required', response: 'none' }];
  function event(over: Partial<CalendarEvent>): CalendarEvent {
    return {
      mailbox, id: 'e', iCalUId: 'u', kind: 'single', seriesMasterId: null, startsAt: now + hour, endsAt: now + 2 * hour, timeZone: 'UTC', originalStart: null, isAllDay: false, subject: 'Weekly logistics', body: { format: 'text', content: '' }, location: '',
      organizer: { name: 'Anna', address: 'anna@example.com' }, isOrganizer: true, attendees: jonasIn, isCancelled: false, isDraft: false, isPrivate: false, sensitivity: 'normal', showAs: 'busy', response: 'organizer', categories: [], isOnlineMeeting: false,
      recurrenceEnd: null, modifiedAt: now, version: '1', ...over,
    };
  }
  const found = (...events: CalendarEvent[]) => firstWith(events, 'jonas@example.com', now);

  it('is the first in which both are, with how many others, rooms not counted', () => {
    const later = event({ id: 'later', startsAt: now + 5 * hour, endsAt: now + 6 * hour, subject: 'Later' });
    const room = { name: 'Room', address: 'room@example.com', kind: 'resource', response: 'accepted' } as const;
    assert.deepEqual(found(later, event({ attendees: [...jonasIn, room, { name: 'Maria', address: 'maria@example.com', kind: 'optional', response: 'accepted' }] })), {
      startsAt: '2026-11-28T10:00:00.000Z', endsAt: '2026-11-28T11:00:00.000Z', subject: 'Weekly logistics', others: 2,
    });
    assert.equal(found(event({ attendees: [], organizer: { name: 'Jonas', address: 'jonas@example.com' }, isOrganizer: false }))?.subject, 'Weekly logistics', 'or in which the other invites');
  });
  it('is none that is cancelled, declined by one of the two, over, or without the other; and a private one has no title', () => {
    const [declined] = jonasIn.map((each) => ({ ...each, response: 'declined' as const }));
    assert.equal(found(event({ isCancelled: true }), event({ response: 'declined' }), event({ endsAt: now }), event({ attendees: [] }), event({ isDraft: true }), event({ attendees: declined ? [declined] : [] })), null);
    assert.equal(found(event({ isPrivate: true, subject: 'Doctor' }))?.subject, null);
  });
});
