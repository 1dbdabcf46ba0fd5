import assert from 'node:assert/strict';
import { day } from '../../../../../server/features/conference/conference.ts';
import { windowsOf } from '../../../../../server/features/conference/rows.ts';
import type { MemoryDraft } from '../../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, mailbox, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { asked } from '../../../../support/pages.ts';

const week = 7 * day;
const begins = start + 2 * day;

describe('conference and calendar: series, copies, privacy, lost notices', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const read = async (id: string) => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference;
  const rowOf = (id: string) => store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const starts = async (id: string): Promise<number[]> => (await windowsOf(store.db, anna.tenantId, id)).map((each) => each.startsAt);

  /** Held, and an event with its link in the calendar, seen by a sweep. */
  async function inCalendar(draft: Partial<MemoryDraft> = {}): Promise<{ id: string; eventId: string }> {
    const { id } = await holdIn(world);
    const eventId = world.calendar.memory.events.add(mailbox.id, {
      startsAt: begins, endsAt: begins + 30 * minute, iCalUId: `uid-${id}`, subject: 'Weekly logistics', body: { format: 'html', content: `<a href="${joinBase}${id}">Join</a>` }, ...draft,
    });
    await sweeps();
    return { id, eventId };
  }

  async function sweeps(): Promise<void> {
    world.clock.advance(policy.sweepMs);
    assert.deepEqual(await world.work(), []);
  }

  const weekly = Array.from({ length: 5 }, (_, n) => begins + n * week);
  const part = (eventId: string, n: number): string => world.calendar.memory.events.parts(mailbox.id, eventId).find((each) => each.originalStart === weekly[n])?.id ?? '';

  it('a series has a window for each living occurrence: the moved one at its new time, the cancelled one not', async () => {
    const { id, eventId } = await inCalendar({ starts: weekly });
    assert.deepEqual(await starts(id), weekly);
    world.calendar.memory.events.change(mailbox.id, part(eventId, 1), { startsAt: begins + week + 60 * minute, endsAt: begins + week + 90 * minute });
    world.calendar.memory.events.change(mailbox.id, part(eventId, 2), { isCancelled: true });
    await sweeps();
    assert.deepEqual(await starts(id), [begins, begins + week + 60 * minute, begins + 3 * week, begins + 4 * week]);
    world.clock.set(begins + day);
    assert.equal((await read(id)).opensAt, new Date(begins + week + 60 * minute - policy.opensBeforeMs).toISOString());
    assert.equal((await read(id)).state, 'scheduled');
  });

  it('an occurrence that vanished takes its window with it', async () => {
    const { id, eventId } = await inCalendar({ starts: weekly });
    world.calendar.memory.events.remove(mailbox.id, part(eventId, 1));
    await sweeps();
    assert.deepEqual(await starts(id), weekly.toSpliced(1, 1));
  });

  it('reading an unchanged series again is no change: what is on somebody\'s screen stays the newest', async () => {
    const { id } = await inCalendar({ starts: weekly });
    const { version } = await read(id);
    for (let round = 0; round < 5; round++) await sweeps();
    assert.equal((await read(id)).version, version);
  });

  it('a last occurrence moved past the end of the series can be joined', async () => {
    const { id, eventId } = await inCalendar({ starts: weekly });
    const last = begins + 5 * week;
    world.calendar.memory.events.change(mailbox.id, part(eventId, 4), { startsAt: last, endsAt: last + 30 * minute });
    await sweeps();
    world.clock.set(last);
    await world.work();
    assert.equal((await read(id)).state, 'scheduled');
    world.clock.set(last + 30 * minute + policy.closesAfterMs);
    await world.work();
    assert.equal((await read(id)).state, 'ended');
  });

  it('a series that takes place twice a year is not over in between', async () => {
    const { id } = await inCalendar({ starts: [begins, begins + 180 * day], hasEnd: false });
    world.clock.set(begins + 20 * day);
    assert.deepEqual(await world.work(), []);
    assert.equal((await read(id)).opensAt, new Date(begins + 180 * day - policy.opensBeforeMs).toISOString());
  });

  it('a series made one meeting again has one window', async () => {
    const { id, eventId } = await inCalendar({ starts: weekly });
    world.calendar.memory.events.change(mailbox.id, eventId, { kind: 'single', recurrenceEnd: null });
    await sweeps();
    assert.deepEqual(await starts(id), [begins]);
  });

  it('a copied meeting with the same link leaves the first untouched, and its end does not end the first', async () => {
    const { id, eventId } = await inCalendar();
    const before = await rowOf(id);
    const copy = world.calendar.memory.events.add(mailbox.id, {
      startsAt: begins + day, endsAt: begins + day + 30 * minute, iCalUId: `copy-${id}`, subject: 'Copy', body: { format: 'html', content: `${joinBase}${id}` },
    });
    await sweeps();
    assert.deepEqual(await rowOf(id), before);
    world.calendar.memory.events.remove(mailbox.id, copy);
    await sweeps();
    assert.deepEqual(await rowOf(id), before);
    assert.equal(before.event_id, eventId);
  });

  it('private stays private: no subject in any row, answer, block or page', async () => {
    const secret = 'Surgery on Thursday';
    const { id, eventId } = await inCalendar({ isPrivate: true, subject: secret });
    const said = { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 45 * minute).toISOString(), isPrivate: true, subject: secret };
    await sendIn(world, id, said);
    await holdIn(world, said);
    const [conferences, history, work] = await Promise.all((['conference', 'conference_history', 'work'] as const).map((table) => store.db.selectFrom(table).selectAll().execute()));
    const list = await world.feature.handlers.list({ params: {}, query: { when: 'upcoming', limit: 100 }, body: {} }, anna);
    const whole = await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna);
    const owner = { tenantId: anna.tenantId, personId: anna.personId ?? '', name: anna.name, address: anna.address, roles: ['user'] };
    // Pages that change nothing, as their owner sees them.
    const shown = world.feature.pages.filter(({ methods }) => methods === undefined || methods.includes('GET'));
    const pages = await Promise.all(shown.map((each) => each.handle(asked({ params: { id }, visitor: owner }))));
    assert.equal(JSON.stringify([conferences, history, work, list, whole, pages]).includes(secret), false);
    assert.equal((await read(id)).subject, null);
    world.calendar.memory.events.change(mailbox.id, eventId, { isPrivate: false, subject: 'Open house' });
    world.clock.advance(policy.confirmMs);
    await sweeps();
    assert.equal((await read(id)).subject, 'Open house', 'public again, it has a subject again');
    world.calendar.memory.events.change(mailbox.id, eventId, { isPrivate: true, subject: 'Open house' });
    await sweeps();
    assert.equal((await rowOf(id)).subject, null, 'made private later, what was kept is forgotten');
  });

  it('a subscription that the calendar has lost is made anew, and what was not told meanwhile is swept', async () => {
    const { id, eventId } = await inCalendar({ startsAt: begins + week, endsAt: begins + week + 30 * minute });
    const { subscription_id: old } = await store.db.selectFrom('calendar_watch').selectAll().executeTakeFirstOrThrow();
    assert.ok(old);
    world.calendar.memory.loseSubscriptions();
    world.calendar.memory.events.remove(mailbox.id, eventId);
    await store.db.deleteFrom('work').where('kind', 'in', ['calendar.round', 'conference.reread']).execute();
    world.clock.advance(5 * day);
    assert.deepEqual(await world.work(), []);
    const watch = await store.db.selectFrom('calendar_watch').selectAll().executeTakeFirstOrThrow();
    assert.notEqual(watch.subscription_id, old);
    assert.equal((await rowOf(id)).state, 'cancelled');
  });

  it('a calendar that refuses us is left alone with the reason, and nothing reads as deleted; the next round mends it', async () => {
    const { id } = await inCalendar();
    const { changes } = world.calendar.port;
    const port = world.calendar.port as { changes: typeof changes };
    port.changes = async () => {
      throw new TheirError('m365', 'denied', 'refuses us');
    };
    await sweeps();
    assert.match((await store.db.selectFrom('calendar_watch').selectAll().executeTakeFirstOrThrow()).parked ?? '', /refuses us/);
    assert.equal((await read(id)).state, 'scheduled');
    port.changes = changes;
    await sweeps();
    assert.equal((await store.db.selectFrom('calendar_watch').selectAll().executeTakeFirstOrThrow()).parked, null);
  });
});
