import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { OwnedLine } from '../../../../../server/features/availability/deps.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const tenant = 'default';
const jonas = 'jonas';
const nothing = { params: {}, query: {}, body: {} };
const callerOf = (personId: string): Caller => ({ tenantId: tenant, personId, name: personId, address: `${personId}@example.com`, roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' });
const lineOf = (extension: string, context = 'default'): OwnedLine => ({ pbx: 'pbx', context, extension, devices: [`PJSIP/${extension}`] });

describe('when rules, lines and owners change', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
  });
  afterEach(() => world.clock.stop());

  const meet = (change: object = {}): string => world.memory.events.add(mailbox.id, { startsAt: start, endsAt: start + 2 * hour, subject: 'Budget', location: 'Room 7', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: 'uid-budget', ...change });
  const choose = (personId: string, body: object) => world.feature.handlers.choose({ ...nothing, body: { face: 'away', title: null, until: null, ...body } as never }, callerOf(personId));
  const change = (values: object, whose?: { scope: 'organisation' | 'person'; scopeId: string }) => {
    Object.assign(world.values, values);
    return store.transaction((tx) => world.feature.settingsChanged(tx, tenant, whose));
  };
  const faceOf = async (personId: string): Promise<string | undefined> => (await findPersonState(store.db, tenant, personId))?.state.face;
  /** Work that waits, by kind. */
  const waiting = async (kind: string): Promise<string[]> => (await store.db.selectFrom('work').select('key').where('kind', '=', kind).where('due_at', '<=', new Date(world.clock.now())).execute()).map(({ key }) => key);

  it('whoever has no line is repainted with everybody else', async () => {
    world.lines.clear();
    meet();
    await world.turn(1_000);
    // Watched for a conference, say: what is read for others is heard.
    await store.transaction((tx) => world.deps.calendars.watch(tx, tenant, mailbox, 'conference'));
    await world.work();
    assert.equal(await faceOf(anna), 'busy');
    await change({ mapping: { ...world.values.mapping, busy: 'doNotDisturb' } });
    await world.work();
    assert.equal(await faceOf(anna), 'doNotDisturb');
  });

  it('what one person sets for themselves makes nobody else be looked at', async () => {
    await world.turn(2_000);
    await change({ mapping: { ...world.values.mapping, busy: 'doNotDisturb' } }, { scope: 'person', scopeId: anna });
    assert.deepEqual([await waiting('availability.round'), await waiting('availability.follow')], [[], [anna]]);
    meet();
    await world.turn(1_000);
    assert.equal(await faceOf(anna), 'doNotDisturb');
  });

  it('a display in another language is written anew, though nobody became anything else', async () => {
    meet();
    await world.turn(2_000);
    assert.equal(world.told.at(-1)?.text, 'Busy until 11:00');
    await change({ phoneLanguage: 'de' });
    await world.turn(2_000);
    assert.equal(world.told.at(-1)?.text, 'Beschäftigt bis 11:00');
  });

  it('a line that somebody gets who is known already shows at once what they are', async () => {
    await choose(jonas, { face: 'doNotDisturb' });
    await world.work();
    const before = world.told.length;
    world.lines.set(jonas, [lineOf('202')]);
    await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    await world.work();
    assert.deepEqual(world.told.slice(before).map(({ face }) => face), ['doNotDisturb']);
  });

  describe('a line that is nobody’s any more', () => {
    const lose = async (): Promise<void> => {
      await world.turn(2_000);
      await choose(anna, { face: 'doNotDisturb' });
      await world.work();
      assert.equal(world.told.at(-1)?.face, 'doNotDisturb');
      world.lines.clear();
      await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    };
    const targets = async () => (await store.db.selectFrom('availability_target').select('target').execute()).map(({ target }) => target);

    it('forgets the state of whoever had it, once, and the calendar is let go', async () => {
      await lose();
      await world.work();
      assert.deepEqual([world.forgotten, await targets()], [['pbx/default/201'], []]);
      assert.deepEqual(await world.deps.calendars.reasonsOf(tenant, mailbox), []);
      await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
      await world.turn(2_000);
      assert.equal(world.forgotten.length, 1);
    });

    it('is forgotten later where the phone system is away, and whoever dies at it does it again', async () => {
      await lose();
      world.setPhoneAway(true);
      assert.match(String(await world.work()), /is away/);
      assert.deepEqual([world.forgotten, await targets()], [[], ['pbx/default/201']]);
      world.setPhoneAway(false);
      for (const point of ['availability.release', 'availability.shown.write']) {
        let died = false;
        world.onEffect = async (name, run) => {
          const result = name === point && point === 'availability.shown.write' ? undefined : await run();
          if (name !== point || died) return result ?? run();
          died = true;
          throw new TheirError('process', 'no-answer', 'died');
        };
        await world.turn(2_000);
        assert.equal(died, true, point);
        world.crash();
      }
      world.onEffect = (_name, run) => run();
      await world.turn(2_000);
      assert.deepEqual([new Set(world.forgotten), await targets()], [new Set(['pbx/default/201']), []]);
    });

    it('keeps quiet where another line drives that extension', async () => {
      await lose();
      world.lines.set(jonas, [lineOf('201', 'branch')]);
      await world.work();
      assert.deepEqual([world.forgotten, await targets()], [[], ['pbx/branch/201']]);
    });

    it('and that somebody gets in the very moment shows what they are', async () => {
      await choose(jonas, { face: 'away' });
      await lose();
      let isGiven = false;
      world.onEffect = async (name, run) => {
        const result = await run();
        if (name === 'availability.release' && !isGiven) {
          isGiven = true;
          world.lines.set(jonas, [lineOf('201')]);
        }
        return result;
      };
      await world.turn(2_000);
      assert.deepEqual([isGiven, world.told.at(-1)?.face], [true, 'away']);
    });
  });

  it('a call that goes on is told, or told no longer, where that was switched on or off, or the line was taken away; whoever is not on the phone costs nothing', async () => {
    const settle = async (): Promise<void> => {
      await world.work();
      await world.turn(5_000);
    };
    const call = (isBusy: boolean) => world.say({ type: 'device', device: 'PJSIP/201', isBusy, at: start });
    await call(true);
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, ['in call']);
    await change({ showsCalls: false });
    await settle();
    await change({ showsCalls: true }, { scope: 'person', scopeId: anna });
    await settle();
    await change({ showsCalls: false }, { scope: 'person', scopeId: anna });
    await settle();
    await change({ showsCalls: true });
    await settle();
    assert.deepEqual(world.dots.told, ['in call', 'clear', 'in call', 'clear', 'in call']);
    world.lines.clear();
    await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    await settle();
    assert.equal(world.dots.told.at(-1), 'clear');
    await call(false);
    await world.turn(5_000);
    await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    assert.deepEqual([world.dots.told.length, await waiting('availability.dot')], [6, []]);
  });

  it('a call that has just begun is not told sooner because rules changed', async () => {
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    await world.turn(4_000);
    await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    await world.turn(999);
    assert.deepEqual(world.dots.told, []);
    await world.turn(1);
    assert.deepEqual(world.dots.told, ['in call']);
  });

  it('a directory that does not answer for one holds up nobody else', async () => {
    const { mailboxOf } = world.deps.people;
    let isSilent = true;
    world.deps.people.mailboxOf = async (of, personId) => {
      if (personId !== 'a-first') return mailboxOf(of, personId);
      if (isSilent) throw new TheirError('m365', 'no-answer', 'is slow');
      world.mailboxes.set(personId, { instance: 'm365', id: 'first-mailbox' });
      return { instance: 'm365', id: 'first-mailbox' };
    };
    // Behind the one whom nobody can say anything of.
    world.lines = new Map([['a-first', [lineOf('199')]], [anna, [lineOf('201')]]]);
    await store.transaction((tx) => world.deps.calendars.letGo(tx, tenant, mailbox, 'availability'));
    await store.transaction((tx) => world.feature.settingsChanged(tx, tenant));
    await world.work();
    assert.deepEqual(await world.deps.calendars.reasonsOf(tenant, mailbox), ['availability']);
    isSilent = false;
    await world.turn(minute);
    assert.deepEqual(await world.deps.calendars.reasonsOf(tenant, { instance: 'm365', id: 'first-mailbox' }), ['availability']);
  });

  describe('times only', () => {
    const stored = async (): Promise<string> => JSON.stringify(await store.db.selectFrom('availability_event').select('facts').execute());

    it('forgets the words at once and the phone does not ring through the meeting; back again, the words are read', async () => {
      Object.assign(world.values, { showsSubject: true });
      meet();
      await store.transaction((tx) => world.deps.calendars.watch(tx, tenant, mailbox, 'conference'));
      await world.turn(2_000);
      assert.match(await stored(), /Budget.*Room 7|Room 7.*Budget/);
      const before = world.told.length;
      await change({ calendarDetail: 'times' });
      await world.turn(3_000);
      assert.doesNotMatch(await stored(), /Budget|Room 7/);
      assert.deepEqual(new Set(world.told.slice(before).map(({ availability }) => availability)), new Set(['busy']));
      await change({ calendarDetail: 'events' });
      await world.turn(3_000);
      assert.match(await stored(), /Budget/);
    });

    it('holds for whoever has no line, too, whatever made the calendar be read', async () => {
      world.lines.clear();
      await store.transaction((tx) => world.deps.calendars.watch(tx, tenant, mailbox, 'conference'));
      meet();
      await world.turn(2_000);
      assert.match(await stored(), /Budget/);
      await change({ calendarDetail: 'times' });
      await world.work();
      assert.doesNotMatch(await stored(), /Budget|Room 7/);
      assert.equal(await faceOf(anna), 'busy');
    });
  });

  it('of a calendar that is switched off nothing is kept, though it is read for conferences; switched on, it counts at once', async () => {
    await change({ followsCalendar: false });
    await store.transaction((tx) => world.deps.calendars.watch(tx, tenant, mailbox, 'conference'));
    meet();
    await world.turn(2_000);
    assert.deepEqual([await store.db.selectFrom('availability_event').select('event_id').execute(), await faceOf(anna)], [[], 'available']);
    await change({ followsCalendar: true });
    await world.turn(2_000);
    assert.equal(await faceOf(anna), 'busy');
  });
});
