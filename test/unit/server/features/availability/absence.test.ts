import assert from 'node:assert/strict';
import { TheirError, type TheirFault } from '../../../../../server/domain/errors.ts';
import type { AbsenceSource } from '../../../../../server/ports/absence-source.ts';
import { findPersonState, forgetRiding } from '../../../../../server/features/availability/rows.ts';
import { putEvents } from '../../../../../server/features/availability/calendar/event-rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';
import { meeting } from './sample.ts';

const hour = 60 * minute;
const day = 24 * hour;
const tenant = 'default';

describe('automatic replies of mailboxes that do not tell', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  /** Reads, by mailbox. */
  let reads: Map<string, number>;
  let refusing: Map<string, TheirFault>;
  let away: Set<string> | null;
  let bulk: number;

  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
    [reads, refusing, away, bulk] = [new Map(), new Map(), new Set(), 0];
    const source: AbsenceSource = {
      instance: mailbox.instance,
      async absence({ id }) {
        reads.set(id, (reads.get(id) ?? 0) + 1);
        const fault = refusing.get(id);
        if (fault) throw new TheirError('m365', fault, 'tells nothing');
        return { zone: null, outOfOffice: away?.has(id) ? { from: 0, to: Infinity } : null };
      },
      whoIsAway: async () => ((bulk += 1), away),
    };
    Object.assign(world.deps, { absences: [source] });
    for (const name of ['bea', 'cid', 'dan']) {
      const at = new Date(start);
      await store.db.insertInto('person').values({ tenant_id: tenant, person_id: name, name, address: `${name}@example.com`, created_at: at, last_seen_at: at }).execute();
      world.lines.set(name, [{ pbx: 'pbx', context: 'default', extension: name, devices: [] }]);
      world.mailboxes.set(name, { instance: mailbox.instance, id: `${name}-mailbox` });
    }
  });
  afterEach(() => world.clock.stop());

  /** Turns the clock minute by minute. */
  async function pass(minutes: number): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (let gone = 0; gone < minutes; gone++) {
      world.clock.advance(minute);
      failures.push(...(await world.work()));
    }
    return failures;
  }
  const readsOf = (...names: string[]): number[] => names.map((name) => reads.get(`${name}-mailbox`) ?? 0);
  const faceOf = async (personId: string): Promise<string | undefined> => (await findPersonState(store.db, tenant, personId))?.state.face;

  it('a mailbox that names no zone is read once, not every five minutes', async () => {
    await pass(30);
    assert.deepEqual(readsOf('bea', 'cid', 'dan'), [1, 1, 1]);
    assert.ok(bulk >= 6);
  });

  for (const fault of ['denied', 'gone', 'refused'] as const) {
    it(`one that is ${fault} is asked again hourly, and the others are told all the same`, async () => {
      refusing.set('bea-mailbox', fault);
      away = new Set(['cid-mailbox']);
      await pass(5 * 60);
      const [bea = 0, cid] = readsOf('bea', 'cid');
      assert.ok(bea >= 4 && bea <= 6, String(bea));
      assert.deepEqual([cid, await faceOf('cid')], [1, 'outOfOffice']);
      refusing.clear();
      away.add('bea-mailbox');
      await pass(70);
      assert.equal(await faceOf('bea'), 'outOfOffice');
    });
  }

  it('one that is being moved holds up nobody behind it, and is asked again within a minute', async () => {
    refusing.set('anna-mailbox', 'unavailable');
    away = new Set(['anna-mailbox', 'dan-mailbox']);
    const failures = await pass(6);
    assert.deepEqual([failures, await faceOf('dan'), await faceOf(anna)], [[], 'outOfOffice', 'available']);
    refusing.clear();
    await pass(1);
    assert.equal(await faceOf(anna), 'outOfOffice');
  });

  it('a system that answers for nobody is asked about three people, not about all', async () => {
    for (const id of world.mailboxes.values()) refusing.set(id.id, 'no-answer');
    away = new Set([...world.mailboxes.values()].map(({ id }) => id));
    world.clock.advance(5 * minute);
    assert.match(String(await world.work()), /3 mailboxes in a row/);
    assert.equal([...reads.values()].reduce((all, each) => all + each, 0), 3);
  });

  it('where many cannot be asked at once, each is read hourly', async () => {
    away = null;
    await pass(125);
    assert.ok(readsOf('bea').every((count) => count >= 2 && count <= 3), String(readsOf('bea')));
  });
});

describe('states that ride on meetings', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
  });
  afterEach(() => world.clock.stop());

  const caller = { tenantId: tenant, personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user' as const], ticketFor: null, language: 'en', correlationId: 'test' };
  const choose = (iCalUId: string, originalStart: string | null) => world.feature.handlers.chooseForMeeting({ params: {}, query: {}, body: { iCalUId, originalStart, availability: 'away' } }, caller);
  const kept = async (): Promise<string[]> => (await store.db.selectFrom('availability_meeting').select(['series_key', 'occurrence']).orderBy('series_key').execute()).map(({ series_key: key, occurrence }) => `${key} ${occurrence.slice(0, 10)}`.trim());

  it('are forgotten when their meeting is long over, and not while a calendar shows it, nor before anybody has seen it', async () => {
    await choose('weekly', null);
    await choose('next-year', null);
    await choose('one-part', '2026-11-28T09:00:00.000Z');
    await choose('part-in-spring', '2027-03-01T09:00:00.000Z');
    const now = start + 35 * day;
    await forgetRiding(store.db, now);
    assert.deepEqual(await kept(), ['next-year', 'part-in-spring 2027-03-01', 'weekly']);
    await putEvents(store.db, tenant, mailbox, [{ appointment: meeting({ id: 'w', seriesKey: 'weekly', startsAt: now, endsAt: now + hour }), masterId: null }]);
    await forgetRiding(store.db, start + 399 * day);
    await forgetRiding(store.db, start + 500 * day);
    assert.deepEqual(await kept(), ['weekly']);
  });
});
