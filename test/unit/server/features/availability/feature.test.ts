import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { findPersonState, historyOf } from '../../../../../server/features/availability/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const tenant = 'default';
const caller: Caller = { tenantId: tenant, personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };
const nothing = { params: {}, query: {}, body: {} };

describe('availability on the phone', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;

  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
  });
  afterEach(async () => {
    world.clock.stop();
  });

  function faces(): string[] {
    return world.told.map((each) => each.face);
  }

  function meet(change: Parameters<AvailabilityWorld['memory']['events']['add']>[1] | object = {}): string {
    return world.memory.events.add(mailbox.id, { startsAt: start + hour, endsAt: start + 2 * hour, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: 'uid-budget', ...change });
  }

  async function now(): Promise<string> {
    const state = await findPersonState(store.db, tenant, anna);
    return `${state?.state.face} by ${state?.why.rule}`;
  }

  it('changes at the second at which a meeting begins and ends, and nobody polls for it', async () => {
    meet();
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(2_000);
    await world.turn(hour - 2_001);
    // At first, and again with what comes: "Available until 10:00 (Busy)".
    assert.deepEqual(faces(), ['available', 'available']);
    await world.turn(1);
    assert.deepEqual(faces(), ['available', 'available', 'busy']);
    assert.equal(world.told.at(-1)?.text, 'Busy until 11:00');
    await world.turn(hour);
    assert.deepEqual(faces(), ['available', 'available', 'busy', 'available']);
    assert.deepEqual((await historyOf(store.db, tenant, anna, 9)).map((each) => each.why.rule).toReversed(), ['nothing-else', 'busy', 'nothing-else']);
  });

  it('follows a meeting that is moved, cancelled or deleted, by its notification', async () => {
    const id = meet({ startsAt: start - 10 * minute });
    await world.work();
    assert.equal(await now(), 'busy by busy');
    world.memory.events.change(mailbox.id, id, { startsAt: start + hour });
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(hour);
    world.memory.events.remove(mailbox.id, id);
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
  });

  it('finds what no notification told at the next sweep', async () => {
    world.memory.loseSubscriptions();
    meet({ endsAt: start + 20 * hour });
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(7 * hour);
    assert.equal(await now(), 'busy by busy');
  });

  it('reads a series’ occurrences, and again when the series is changed', async () => {
    const day = 24 * hour;
    const id = meet({ starts: [start + hour, start + day + hour], hasEnd: true });
    await world.work();
    await world.turn(hour);
    assert.equal(await now(), 'busy by busy');
    world.memory.events.change(mailbox.id, id, { showAs: 'free' });
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
  });

  it('lets a choice by hand hold until the next appointment starts, and forgets it then for good', async () => {
    const id = meet();
    await world.work();
    await world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'away', title: null, until: null } }, caller);
    assert.equal(await now(), 'away by until-next-appointment');
    await world.turn(hour);
    assert.equal(await now(), 'busy by busy');
    world.memory.events.change(mailbox.id, id, { startsAt: start + 5 * hour, endsAt: start + 6 * hour });
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
  });

  it('ends a choice by its time, takes it back, and refuses a time that has passed', async () => {
    const choose = (body: object) => world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'doNotDisturb', title: null, until: null, ...body } }, caller);
    const { availability } = await choose({ until: new Date(start + 30 * minute).toISOString() });
    assert.deepEqual([availability.state.face, availability.until], ['doNotDisturb', new Date(start + 30 * minute).toISOString()]);
    await world.turn(30 * minute);
    assert.equal(await now(), 'available by nothing-else');
    await choose({});
    assert.equal((await world.feature.handlers.automatic(nothing, caller)).availability.state.face, 'available');
    await assert.rejects(choose({ until: new Date(start - 1).toISOString() }), /passed already/);
    await assert.rejects(choose({ face: 'custom' }), /needs a title/);
  });

  it('has a title of one\'s own on one line, in its direction: what would turn the lines of others around is left out', async () => {
    const choose = (title: string) => world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'custom', availability: 'busy', title, until: null } }, caller);
    assert.equal((await choose('\u202Eבבית\u2069\n„רק“ ‹x›')).availability.state.title, 'בבית „רק“ ‹x›');
    await assert.rejects(choose('\u202E\u2066'), /needs a title/);
  });

  it('takes the do-not-disturb key of the phone as a choice by hand', async () => {
    meet();
    await world.work();
    await world.say({ type: 'do-not-disturb', extension: '201', isOn: true, at: start });
    await world.turn(hour);
    assert.equal(await now(), 'doNotDisturb by until-ended');
    await world.say({ type: 'do-not-disturb', extension: '201', isOn: false, at: start });
    assert.equal(await now(), 'busy by busy');
  });

  it('lets a state ride on a meeting: it begins with it, moves with it, and survives a restart', async () => {
    const id = meet({ showAs: 'tentative' });
    await world.work();
    await world.feature.handlers.chooseForMeeting({ params: {}, query: {}, body: { iCalUId: 'uid-budget', originalStart: null, availability: 'doNotDisturb' } }, caller);
    world.crash();
    world.memory.events.change(mailbox.id, id, { startsAt: start + 2 * hour, endsAt: start + 3 * hour });
    await world.work();
    await world.turn(hour);
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(hour);
    assert.equal(await now(), 'doNotDisturb by chosen-for-meeting');
    await world.turn(hour);
    assert.deepEqual([await now(), faces().slice(-2)], ['available by nothing-else', ['doNotDisturb', 'available']], 'and goes with it');
    assert.deepEqual(await world.feature.handlers.ofMeeting({ params: {}, query: { iCalUId: 'uid-budget' }, body: {} }, caller), { chosen: 'doNotDisturb' });
  });

  it('sees automatic replies in bulk, and reads only whose answer changed', async () => {
    assert.equal(world.absence.reads, 1);
    await world.turn(20 * minute);
    assert.equal(world.absence.reads, 1);
    world.absence.isAway = true;
    world.absence.current = { zone: 'Europe/Berlin', outOfOffice: { from: start, to: start + 21 * 24 * hour } };
    await world.turn(5 * minute);
    assert.deepEqual([await now(), world.absence.reads], ['outOfOffice by automatic-replies', 2]);
    assert.equal((await findPersonState(store.db, tenant, anna))?.until, start + 21 * 24 * hour, 'their end, though it lies beyond the week that is read');
    world.absence.isAway = false;
    world.absence.current = { zone: 'Europe/Berlin', outOfOffice: null };
    await world.turn(3 * hour);
    assert.equal(await now(), 'available by nothing-else');
  });

  it('shows on the phone as an axis of its own', async () => {
    const mine = async () => (await world.feature.handlers.mine(nothing, caller)).availability;
    assert.equal((await mine()).onThePhone, null);
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    assert.deepEqual([(await mine()).onThePhone, (await mine()).state.face], [true, 'available']);
    world.busy.clear();
    await world.say({ type: 'resync', at: start });
    assert.equal((await mine()).onThePhone, false);
  });

  it('shows calls as dots once they have lasted, keeps them alive, and clears them', async () => {
    const device = (isBusy: boolean) => world.say({ type: 'device', device: 'PJSIP/201', isBusy, at: start });
    await device(true);
    await world.turn(2_000);
    await device(false);
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, []);
    await device(true);
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, ['in call']);
    await world.turn(44 * minute);
    assert.deepEqual(world.dots.told, ['in call']);
    await world.turn(minute);
    assert.deepEqual(world.dots.told, ['in call', 'in call']);
    await device(false);
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, ['in call', 'in call', 'clear']);
  });

  it('leaves alone whom the other system never saw, and says available after a call where that is wanted', async () => {
    world.dots.isSeen = false;
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, []);
    world.dots.isSeen = true;
    world.values = { ...world.values, afterCall: 'available' };
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: false, at: start });
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    await world.turn(5_000);
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: false, at: start });
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, ['in call', 'available']);
  });

  it('tells all again to a phone system that was away', async () => {
    world.setPhoneAway(true);
    meet();
    await world.work();
    world.clock.advance(hour);
    assert.ok((await world.work()).length > 0);
    world.setPhoneAway(false);
    await world.say({ type: 'resync', at: start });
    await world.turn(2_000);
    assert.equal(faces().at(-1), 'busy');
  });

  it('tells a line at most once a second, and the newest in the end', async () => {
    for (let n = 0; n < 20; n++) {
      await world.feature.handlers.choose({ params: {}, query: {}, body: { face: n % 2 === 0 ? 'away' : 'busy', title: null, until: null } }, caller);
      await world.turn(10);
    }
    await world.turn(1_000);
    assert.ok(world.told.length <= 3, String(world.told.length));
    assert.equal(faces().at(-1), 'busy');
  });

  it('keeps private titles to itself, and shows others only where that is allowed (promise 5)', async () => {
    world.values = { ...world.values, showsSubject: true };
    meet({ isPrivate: true, sensitivity: 'private', subject: 'Doctor', startsAt: start - minute });
    await world.turn(1_000);
    const rows = await store.db.selectFrom('availability_event').selectAll().execute();
    assert.ok(!JSON.stringify([rows, world.told]).includes('Doctor'));
    meet({ iCalUId: 'other', startsAt: start, showAs: 'busy', subject: 'Budget', endsAt: start + hour });
    await world.turn(1_000);
    assert.equal(world.told.at(-1)?.text, 'Busy: Budget until 10:00 (Busy)');
  });

  it('writes on the phone in the language, hours and zone that are set for it', async () => {
    world.values = { ...world.values, phoneLanguage: 'en-US', phoneTimeZone: 'America/New_York' };
    meet({ startsAt: start, endsAt: start + 6 * hour });
    await world.turn(1_000);
    assert.equal(world.told.at(-1)?.text, 'Busy until 9am');
    world.values = { ...world.values, phoneLanguage: 'de', phoneTimeZone: 'Asia/Kolkata' };
    meet({ startsAt: start, endsAt: start + 12 * hour, iCalUId: 'longer' });
    await world.turn(1_000);
    assert.equal(world.told.at(-1)?.text, 'Beschäftigt bis So 29. Nov um 01:30');
  });

  it('says nothing of which event and by which rule to others, and nothing at all of whom nobody knows', async () => {
    meet({ startsAt: start });
    await world.work();
    const jonas = { ...caller, personId: 'jonas' };
    const { people } = await world.feature.handlers.people({ params: {}, query: {}, body: { addresses: ['anna@example.com', 'stranger@example.com'] } }, jonas);
    assert.deepEqual(people.map((each) => [each.availability?.why.rule, each.availability?.why.eventId]), [['calendar', null], [undefined, undefined]]);
    const own = (await world.feature.handlers.mine(nothing, caller)).availability.why;
    assert.deepEqual([own.rule, own.eventId === null], ['busy', false]);
    assert.equal(await world.feature.snapshot(tenant, anna, 'availability:nobody'), null);
    assert.equal(await world.feature.snapshot(tenant, anna, 'conference:x'), undefined);
  });

  it('leaves the phone alone where the calendar is switched off', async () => {
    world.values = { ...world.values, followsCalendar: false };
    meet({ startsAt: start });
    await world.work();
    assert.equal(await now(), 'available by nothing-else');
    assert.deepEqual((await world.feature.handlers.mine(nothing, caller)).availability.missing, ['switched-off']);
  });

  it('loses nothing whatever effect it dies at, before or after', async () => {
    const names: string[] = [];
    world.onEffect = (name, run) => {
      names.push(name);
      return run();
    };
    meet({ startsAt: start });
    await world.turn(2_000);
    const points = names.length;
    assert.ok(points >= 3, names.join());
    for (let point = 0; point < points * 2; point++) {
      world.clock.stop();
      const own = `point${point}`;
      world = await createWorld(store, own);
      let count = 0;
      let died = 0;
      world.onEffect = async (_name, run) => {
        const here = count++;
        if (here !== point >> 1) return run();
        died += 1;
        if (point % 2 === 0) throw new Error('dies before');
        await run();
        throw new Error('dies after');
      };
      meet({ startsAt: start });
      await world.turn(2_000);
      assert.equal(died, 1, `point ${point} was not reached`);
      world.onEffect = (_name, run) => run();
      world.crash();
      await world.turn(2_000);
      const state = await findPersonState(store.db, own, anna);
      assert.deepEqual([state?.state.face, faces().at(-1)], ['busy', 'busy'], `point ${point}`);
    }
  });
});
