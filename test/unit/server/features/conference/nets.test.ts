import assert from 'node:assert/strict';
import type { CalendarEvent } from '../../../../../server/domain/calendar.ts';
import { windowsOf } from '../../../../../server/features/conference/rows.ts';
import { day } from '../../../../../server/features/conference/conference.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { claimWork } from '../../../../../server/store/work.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, createConferenceWorld, joinBase, mailbox, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';

const hour = 60 * minute;

describe('the reconciler\'s nets, and two servers under them', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const read = async (id: string) => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference;
  const link = (id: string) => ({ format: 'html' as const, content: `<p>${joinBase}${id}</p>` });

  async function booked(startsAt: number, more: object = {}): Promise<{ id: string; eventId: string }> {
    const said = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 30 * minute).toISOString(), timeZone: 'Europe/Berlin', subject: 'x' };
    const { id } = await holdIn(world, said);
    await sendIn(world, id, said);
    const eventId = world.calendar.memory.events.add(mailbox.id, { startsAt, endsAt: startsAt + 30 * minute, iCalUId: `uid-${id}`, subject: 'x', body: link(id), ...more });
    world.clock.advance(20_000);
    assert.deepEqual(await world.work(), []);
    assert.equal((await read(id)).state, 'scheduled');
    return { id, eventId };
  }

  for (const how of ['cancelled', 'deleted', 'moved', 'without its link'] as const) {
    it(`${how} 150 days ahead with every notification lost: it follows within 24 hours`, async () => {
      const { id, eventId } = await booked(start + 150 * day);
      const { events } = world.calendar.memory;
      if (how === 'cancelled') events.change(mailbox.id, eventId, { isCancelled: true });
      if (how === 'deleted') events.remove(mailbox.id, eventId);
      if (how === 'moved') events.change(mailbox.id, eventId, { startsAt: start + 151 * day, endsAt: start + 151 * day + hour });
      if (how === 'without its link') events.change(mailbox.id, eventId, { body: { format: 'html', content: '' } });
      for (let hours = 0; hours < 24; hours++) {
        world.clock.advance(hour);
        assert.deepEqual(await world.work(), []);
      }
      const { state, why, startsAt } = await read(id);
      const expected = { cancelled: ['cancelled', 'cancelled-in-calendar'], deleted: ['cancelled', 'deleted-in-calendar'], 'without its link': ['cancelled', 'block-removed'], moved: ['scheduled', 'changed-in-calendar'] }[how];
      assert.equal(state, expected[0]);
      if (how === 'moved') assert.equal(startsAt, new Date(start + 151 * day).toISOString());
      else assert.equal(why, expected[1]);
    });
  }

  it('a series with 300 exceptions: every moved one at its new time, the cancelled ones gone', async () => {
    const starts = Array.from({ length: 320 }, (_, n) => start + hour + n * 4 * hour);
    const { id, eventId } = await booked(starts[0] ?? 0, { starts });
    const { events } = world.calendar.memory;
    for (const [n, part] of events.parts(mailbox.id, eventId).slice(0, 300).entries()) {
      if (n % 10 === 0) events.change(mailbox.id, part.id, { isCancelled: true });
      else events.change(mailbox.id, part.id, { startsAt: part.startsAt + 20 * minute, endsAt: part.endsAt + 20 * minute });
    }
    world.clock.advance(policy.sweepMs);
    assert.deepEqual(await world.work(), []);
    const windows = await windowsOf(store.db, anna.tenantId, id);
    assert.equal(windows.length, 290);
    assert.equal(windows.filter(({ startsAt, originalStart }) => startsAt === originalStart + 20 * minute).length, 270);
  });

  it('moved between calendars of its owner, which the default one tells as removed: the conference stays, and is followed there', async () => {
    const { id, eventId } = await booked(start + 3 * day);
    const { events } = world.calendar.memory;
    events.putBesides(mailbox.id, eventId);
    for (let rounds = 0; rounds < 2; rounds++) {
      world.clock.advance(policy.sweepMs);
      assert.deepEqual(await world.work(), []);
      assert.equal((await read(id)).state, 'scheduled');
    }
    events.change(mailbox.id, eventId, { startsAt: start + 4 * day, endsAt: start + 4 * day + hour });
    for (let hours = 0; hours < 24; hours++) {
      world.clock.advance(hour);
      assert.deepEqual(await world.work(), []);
    }
    const { state, startsAt } = await read(id);
    assert.deepEqual([state, startsAt], ['scheduled', new Date(start + 4 * day).toISOString()]);
  });

  it('both sides changed while we were down: time of the calendar and settings of the conference both stand', async () => {
    const { id, eventId } = await booked(start + 3 * day);
    const { version } = await read(id);
    world.calendar.memory.events.change(mailbox.id, eventId, { startsAt: start + 4 * day, endsAt: start + 4 * day + hour, subject: 'moved' });
    await world.feature.handlers.change({ params: { id }, query: {}, body: { version, lobby: false, language: 'de' } }, anna);
    world.crash();
    world.clock.advance(policy.sweepMs);
    assert.deepEqual(await world.work(), []);
    const { startsAt, subject, lobby, language } = await read(id);
    assert.deepEqual([startsAt, subject, lobby, language], [new Date(start + 4 * day).toISOString(), 'moved', false, 'de']);
  });

  for (const order of ['calendar first', 'pane first', 'pane while the calendar is being read'] as const) {
    it(`field by field, ${order}: the time of Outlook and the passcode of the pane both stand`, async () => {
      const { id, eventId } = await booked(start + 3 * day);
      const before = await read(id);
      const there = start + 4 * day;
      const inOutlook = () => world.calendar.memory.events.change(mailbox.id, eventId, { startsAt: there, endsAt: there + hour, subject: 'moved' });
      const inPane = () => world.feature.handlers.change({ params: { id }, query: {}, body: { version: before.version, newPasscode: true, lobby: !before.lobby } }, anna);
      const follows = async () => {
        await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
        assert.deepEqual(await world.work(), []);
      };
      if (order === 'pane first') await inPane();
      inOutlook();
      if (order === 'pane while the calendar is being read') {
        let isDone = false;
        world.onEffect = async (name, run) => {
          if (name === 'seen.write' && !isDone) {
            isDone = true;
            await inPane();
          }
          return run();
        };
      }
      await follows();
      if (order === 'calendar first') {
        // The pane showed the time of before: it is told, and nothing is lost. It looks again, as it does by itself, and the same press counts.
        await assert.rejects(async () => inPane(), (error: Error & { problem?: { code: string } }) => error.problem?.code === 'changed-meanwhile');
        before.version = (await read(id)).version;
        await inPane();
      }
      const { startsAt, endsAt, subject, lobby, passcode } = await read(id);
      assert.deepEqual([startsAt, endsAt, subject, lobby], [new Date(there).toISOString(), new Date(there + hour).toISOString(), 'moved', !before.lobby]);
      assert.notEqual(passcode, before.passcode);
    });
  }

  it('a calendar whose clock is five hours behind ours is followed, change by change', async () => {
    const { events } = world.calendar.memory;
    const { event, between, changes } = world.calendar.port;
    const behind = (found: CalendarEvent): CalendarEvent => ({ ...found, modifiedAt: found.modifiedAt - 5 * hour });
    world.calendar.port.between = async (...given) => (await between(...given)).map(behind);
    world.calendar.port.changes = async (...given) => {
      const page = await changes(...given);
      return { ...page, events: page.events.map(behind) };
    };
    world.calendar.port.event = async (...given) => {
      const found = await event(...given);
      return found && behind(found);
    };
    const { id, eventId } = await booked(start + 3 * day);
    for (const days of [4, 5, 3]) {
      world.clock.advance(minute);
      events.change(mailbox.id, eventId, { startsAt: start + days * day, endsAt: start + days * day + hour });
      await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
      assert.deepEqual(await world.work(), []);
      assert.equal((await read(id)).startsAt, new Date(start + days * day).toISOString());
    }
  });

  it('an older reading that comes later changes nothing back', async () => {
    const { id, eventId } = await booked(start + 3 * day);
    const old = world.calendar.memory.events.find(mailbox.id, eventId) ?? assert.fail();
    world.calendar.memory.events.change(mailbox.id, eventId, { startsAt: start + 4 * day, endsAt: start + 4 * day + hour });
    await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
    await world.work();
    const { event } = world.calendar.port;
    world.calendar.port.event = async () => old;
    await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
    await world.work();
    world.calendar.port.event = event;
    assert.equal((await read(id)).startsAt, new Date(start + 4 * day).toISOString());
  });

  for (const [jump, at, restarts] of [[5, 10, true], [30, 60, true], [30, 60, false]] as const) {
    it(`a clock that jumps ${jump} days ahead, and back, loses nothing: an event in ${at} days, ${restarts ? 'a restart' : 'a notice'}`, async () => {
      const { id, eventId } = await booked(start + at * day);
      world.clock.advance(jump * day);
      assert.deepEqual(await world.work(), []);
      assert.equal((await read(id)).state, 'scheduled');
      // Everything that comes again is planned for days or weeks ahead by now.
      world.clock.set(start + hour);
      world.calendar.memory.events.change(mailbox.id, eventId, { isCancelled: true });
      world.calendar.memory.events.add(mailbox.id, { startsAt: start + 2 * day, endsAt: start + 2 * day + hour, location: '@conf', organizer: { name: anna.name, address: anna.address } });
      if (restarts) {
        world.crash();
        await world.calendars.resume(anna.tenantId);
        await world.feature.resume(anna.tenantId);
      } else {
        await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
      }
      for (let hours = 0; hours < 24; hours++) {
        world.clock.advance(hour);
        assert.deepEqual(await world.work(), []);
      }
      assert.equal((await read(id)).state, 'cancelled');
      const others = await store.db.selectFrom('conference').select('state').where('id', '!=', id).execute();
      assert.deepEqual(others.map(({ state }) => state), restarts ? ['scheduled'] : [], 'what came meanwhile is found by a look at what is near now');
    });
  }

  it('two servers on one database: every piece of work is done by one of them', async function () {
    this.timeout(30_000);
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) {
      const startsAt = start + 2 * day + n * hour;
      const said = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 30 * minute).toISOString(), timeZone: 'UTC', subject: 'x' };
      const { id } = await holdIn(world, said);
      await sendIn(world, id, said);
      ids.push(id);
    }
    const done: string[] = [];
    const another = createConferenceWorld(store);
    another.clock.set(world.clock.now());
    for (const each of [world, another]) {
      each.onEffect = async (name, run) => {
        if (name === 'bridge.ensure') done.push(name);
        return run();
      };
    }
    const failures = await Promise.all([world.work(), another.work()]);
    assert.deepEqual(failures, [[], []]);
    assert.equal(done.length, ids.length);
    for (const id of ids) assert.equal((await read(id)).bridge.state, 'agreed');
  });

  it('a server that is killed at a conference: the other one leaves it alone while the lease lasts, and then ends what was begun', async () => {
    const said = { startsAt: new Date(start + 2 * day).toISOString(), endsAt: new Date(start + 2 * day + hour).toISOString(), timeZone: 'UTC', subject: 'x' };
    const { id } = await holdIn(world, said);
    await sendIn(world, id, said);
    const leaseMs = 60_000;
    const begun = await claimWork(store.db, { now: world.clock.now(), limit: 50, leaseMs, owner: 'killed', kinds: ['conference.bridge'] });
    assert.deepEqual(begun.map(({ key }) => key), [id]);
    const another = createConferenceWorld(store);
    for (const [gone, expected] of [[leaseMs - 1, 'pending'], [leaseMs, 'agreed']] as const) {
      another.clock.set(start + gone);
      assert.deepEqual(await another.work(), []);
      assert.equal((await read(id)).bridge.state, expected);
    }
  });

  it('cancelled, restored within 7 days, sent again: the same link and codes; after 7 days it is too late', async () => {
    const { id, eventId } = await booked(start + 20 * day);
    const before = await read(id);
    await store.db.updateTable('conference').set({ seen_at: new Date(world.clock.now()) }).where('id', '=', id).execute();
    await world.calendars.readLater(anna.tenantId, mailbox, eventId, 0);
    await world.work();
    world.calendar.memory.events.remove(mailbox.id, eventId);
    world.clock.advance(day);
    assert.deepEqual(await world.work(), []);
    assert.equal((await read(id)).state, 'cancelled');
    world.clock.advance(5 * day);
    const restored = (await world.feature.handlers.restore({ params: { id }, query: {}, body: {} }, anna)).conference;
    assert.deepEqual([restored.state, restored.why, restored.accessCode, restored.hostCode, restored.joinUrl], ['held', 'restored', before.accessCode, before.hostCode, before.joinUrl]);
    assert.equal((await world.feature.admission(anna.tenantId).decideByCode(before.accessCode, { instance: 'pbx', number: '1', callId: '1' })).admit, false, 'not before it is sent again');
    const startsAt = world.clock.now() + 5 * minute;
    world.calendar.memory.events.add(mailbox.id, { startsAt, endsAt: startsAt + 30 * minute, iCalUId: 'again', subject: 'again', body: link(id) });
    world.clock.advance(policy.sweepMs);
    world.clock.set(startsAt);
    await world.calendars.resume(anna.tenantId);
    assert.deepEqual(await world.work(), []);
    const verdict = await world.feature.admission(anna.tenantId).decideByCode(before.accessCode, { instance: 'pbx', number: '1', callId: '2' });
    assert.equal(verdict.admit, true);
    world.calendar.memory.events.remove(mailbox.id, 'event-2');
    world.clock.advance(policy.sweepMs);
    await world.work();
    world.clock.advance(8 * day);
    await assert.rejects(world.feature.handlers.restore({ params: { id }, query: {}, body: {} }, anna), /too long ago/);
  });
});
