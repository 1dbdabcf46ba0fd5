import assert from 'node:assert/strict';
import { viewOf } from '../../../../../server/features/availability/view/view.ts';
import type { MailboxRef } from '../../../../../server/domain/calendar.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const tenant = 'default';
const next: MailboxRef = { instance: mailbox.instance, id: 'anna-new' };

describe('somebody whose mailbox is another one now', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
    await world.turn(2_000);
  });
  afterEach(() => world.clock.stop());

  const meet = (of: MailboxRef, change: object = {}): string => world.memory.events.add(of.id, { startsAt: start, endsAt: start + 4 * hour, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: `uid-${of.id}`, ...change });
  /** As accounts do it: the link and what follows from it, in one transaction. */
  const relink = (personId: string, to: MailboxRef, was: readonly MailboxRef[]) => store.transaction((tx) => {
    world.mailboxes.set(personId, to);
    return world.feature.mailboxChanged(tx, tenant, { personId, was });
  });
  const now = async (): Promise<string> => {
    const state = await findPersonState(store.db, tenant, anna);
    return `${state?.state.face} by ${state?.why.rule}`;
  };

  it('is followed there within seconds; what the old calendar said is gone, and it is let go', async () => {
    meet(mailbox);
    await world.turn(2_000);
    assert.deepEqual([await now(), world.told.at(-1)?.availability], ['busy by busy', 'busy']);
    await relink(anna, next, [mailbox]);
    await world.turn(2_000);
    assert.deepEqual([await now(), world.told.at(-1)?.availability], ['available by nothing-else', 'available']);
    assert.deepEqual([await world.deps.calendars.reasonsOf(tenant, mailbox), await world.deps.calendars.reasonsOf(tenant, next), world.memory.subscriptions()], [[], ['availability'], ['anna-new']]);
    meet(mailbox, { iCalUId: 'late', showAs: 'oof' });
    await world.turn(2_000);
    assert.equal(await now(), 'available by nothing-else', 'nobody listens there any more');
    meet(next);
    await world.turn(2_000);
    assert.deepEqual([await now(), world.told.at(-1)?.availability], ['busy by busy', 'busy']);
    const kept = await store.db.selectFrom('availability_event').select('mailbox_id').execute();
    assert.deepEqual([...new Set(kept.map(({ mailbox_id: id }) => id))], ['anna-new']);
  });

  it('a change that was prepared from the old calendar does not come, and the new calendar’s comes at its second', async () => {
    meet(mailbox, { startsAt: start + hour, endsAt: start + 2 * hour });
    meet(next, { startsAt: start + 1.5 * hour, endsAt: start + 2 * hour });
    await world.turn(2_000);
    await relink(anna, next, [mailbox]);
    await world.turn(2_000);
    await world.turn(hour - 6_000);
    assert.equal(await now(), 'available by nothing-else');
    await world.turn(hour / 2);
    assert.equal(await now(), 'busy by busy');
  });

  it('a choice by hand stands; automatic replies of the old mailbox do not', async () => {
    world.absence.isAway = true;
    world.absence.current = { zone: 'America/New_York', outOfOffice: { from: 0, to: Infinity } };
    await world.turn(5 * minute);
    assert.equal(await now(), 'outOfOffice by automatic-replies');
    world.absence.isAway = false;
    world.absence.current = { zone: 'Europe/Berlin', outOfOffice: null };
    await relink(anna, next, [mailbox]);
    await world.turn(2_000);
    assert.equal(await now(), 'available by nothing-else');
    assert.equal((await findPersonState(store.db, tenant, anna))?.zone, 'Europe/Berlin', 'read anew');
    const caller = { tenantId: tenant, personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user' as const], ticketFor: null, language: 'en', correlationId: 'test' };
    await world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'doNotDisturb', title: null, until: null } }, caller);
    await relink(anna, mailbox, [next]);
    await world.turn(2_000);
    assert.equal(await now(), 'doNotDisturb by until-ended');
  });

  it('a call that goes on is told in the new name and no longer in the old one', async () => {
    const told: string[] = [];
    Object.assign(world.deps.dots[0] ?? assert.fail('no dots'), { inCall: async ({ id }: MailboxRef) => void told.push(`${id} in call`), callOver: async ({ id }: MailboxRef) => void told.push(`${id} clear`) });
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    await world.turn(5_000);
    await relink(anna, next, [mailbox]);
    await world.work();
    assert.deepEqual(told.toSorted(), ['anna-mailbox clear', 'anna-mailbox in call', 'anna-new in call']);
  });

  it('the first mailbox of somebody who has a line is followed at once; of whoever has none, nothing is kept', async () => {
    world.lines.set('jonas', [{ pbx: 'pbx', context: 'default', extension: '202', devices: [] }]);
    meet(next);
    await relink('jonas', next, []);
    await world.turn(2_000);
    assert.deepEqual([(await viewOf(world.deps, tenant, 'jonas', anna))?.state.face, await world.deps.calendars.reasonsOf(tenant, next)], ['busy', ['availability']]);
    await relink('stranger', { ...next, id: 'strange' }, []);
    assert.equal(await store.db.selectFrom('work').select('key').where('key', '=', 'stranger').executeTakeFirst(), undefined);
  });

  it('whoever dies at any point of it, here before and there after it, is followed there in the end', async () => {
    const names: string[] = [];
    const counting = async (): Promise<void> => {
      world.onEffect = (name, run) => (names.push(name), run());
      meet(next);
      await relink(anna, next, [mailbox]);
      await world.turn(2_000);
    };
    await counting();
    assert.ok(names.length >= 3, names.join());
    for (let point = 0; point < names.length; point++) {
      world.clock.stop();
      store = emptied();
      for (const table of ['work', 'calendar_want', 'calendar_watch', 'availability_event', 'availability_target', 'availability_person'] as const) await store.db.deleteFrom(table).execute();
      world = await createWorld(store);
      await world.turn(2_000);
      let count = 0;
      world.onEffect = async (_name, run) => {
        if (count++ !== point) return run();
        if (point % 2 === 1) await run();
        throw new Error('died');
      };
      meet(next);
      await relink(anna, next, [mailbox]);
      await world.turn(2_000);
      world.onEffect = (_name, run) => run();
      world.crash();
      await world.turn(3_000);
      assert.deepEqual([await now(), world.told.at(-1)?.availability, world.memory.subscriptions()], ['busy by busy', 'busy', ['anna-new']], `point ${point}`);
    }
  });
});
