import assert from 'node:assert/strict';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { putEvents } from '../../../../../server/features/availability/calendar/event-rows.ts';
import { findPersonStates, putManual } from '../../../../../server/features/availability/rows.ts';
import type { ManualChoice } from '../../../../../server/features/availability/rules/sources.ts';
import type { OwnedLine } from '../../../../../server/features/availability/deps.ts';
import type { PresenceTarget } from '../../../../../server/ports/presence-target.ts';
import { silent } from '../../../../../server/ports/log.ts';
import { createBatchWorker, type BatchOutcome } from '../../../../../server/store/batch-worker.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { putWork } from '../../../../../server/store/work.ts';
import { testStore } from '../../../../support/database.ts';
import { createWorld, minute, start, type AvailabilityWorld } from './world.ts';
import { meeting } from './sample.ts';

const hour = 60 * minute;
const people = Array.from({ length: 60 }, (_, index) => `p${index}`);
const againAt = (outcome: BatchOutcome | undefined) => (outcome && 'againAt' in outcome ? outcome.againAt : outcome);
const calendarOf = (personId: string) => ({ instance: 'm365', id: `${personId}-box` });

describe('many people whose meetings begin at one second', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let world: AvailabilityWorld;
  let count = 0;
  let tenant = '';
  /** By extension, what the lines were told. */
  let told: Map<string, string[]>;
  let failing: Set<string>;
  const asked: Record<string, number> = {};

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    count += 1;
    tenant = `many-${count}`;
    world = await createWorld(store, tenant);
    told = new Map();
    failing = new Set();
    const at = new Date(start);
    await store.db.insertInto('person').values(people.map((personId) => ({ tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: at, last_seen_at: at }))).execute();
    for (const personId of people) {
      const appointment = meeting({ id: `m-${personId}`, startsAt: start + hour, endsAt: start + 2 * hour, attendees: 2 });
      await putEvents(store.db, tenant, calendarOf(personId), [{ appointment, masterId: null }]);
    }
    const once = (name: string) => void (asked[name] = (asked[name] ?? 0) + 1);
    const lineOf = (personId: string): OwnedLine => ({ pbx: 'pbx', context: 'default', extension: `x${personId.slice(1)}`, devices: [] });
    const target: PresenceTarget = {
      instance: 'pbx', devices: async () => [], doNotDisturbKeys: async () => [], forget: async () => undefined, onEvent: () => () => undefined,
      async show({ extension }, { face }) {
        if (failing.has(extension)) throw new TheirError('pbx', 'refused', 'no such line');
        told.set(extension, [...(told.get(extension) ?? []), face]);
      },
    };
    Object.assign(world.deps, { targets: [target] });
    Object.assign(world.deps.crowd, {
      mailboxes: async (_tenant: string, ids: readonly string[]) => (once('mailboxes'), new Map(ids.map((id) => [id, calendarOf(id)]))),
      lines: async (_tenant: string, ids: readonly string[]) => (once('lines'), new Map(ids.map((id) => [id, [lineOf(id)]]))),
      policies: async (_tenant: string, ids: readonly string[]) => (once('policies'), new Map(ids.map((id) => [id, world.values]))),
    });
  });
  afterEach(() => world.clock.stop());
  after(() => opened.close());

  const batch = (kind: 'person' | 'show', keys: readonly string[] = people) => world.feature.workBatches[`availability.${kind}`]?.(tenant, keys) ?? Promise.reject(new Error('no such work'));
  const states = async () => new Set([...(await findPersonStates(store.db, tenant, people)).values()].map(({ state, why }) => `${state.face} by ${why.rule}`));

  it('are all told in the questions of one, and come back when each meeting ends', async () => {
    await batch('person');
    await batch('show');
    world.clock.advance(hour);
    Object.assign(asked, { mailboxes: 0, lines: 0, policies: 0 });
    const outcomes = await batch('person');
    assert.deepEqual([outcomes.size, new Set([...outcomes.values()].map(againAt)).size, againAt(outcomes.get('p7'))], [60, 1, start + 2 * hour]);
    await batch('show');
    assert.deepEqual([...(await states())], ['meeting by busy']);
    assert.deepEqual([told.size, told.get('x7')], [60, ['available', 'meeting']]);
    assert.deepEqual(asked, { mailboxes: 1, lines: 1, policies: 2 });
    const history = await store.db.selectFrom('availability_history').select((row) => row.fn.countAll().as('all')).where('tenant_id', '=', tenant).executeTakeFirst();
    assert.equal(Number(history?.all), 120 + 1, 'one line of history for each news, and the one of the world’s own person');
  });

  it('one line that is refused fails alone, and nobody is told twice', async () => {
    await batch('person');
    failing.add('x7');
    const outcomes = await batch('show');
    assert.deepEqual([...outcomes.keys()], ['p7']);
    assert.equal(told.size, 59);
    failing.clear();
    assert.equal((await batch('show')).size, 0);
    assert.deepEqual([told.size, told.get('x7'), told.get('x8')], [60, ['available'], ['available']]);
  });

  it('somebody who chooses while the batch is judged keeps the choice, and is judged again; whoever was erased is nobody’s work', async () => {
    await batch('person');
    world.clock.advance(hour);
    const chosen: ManualChoice = { availability: 'doNotDisturb', face: 'doNotDisturb', title: null, chosenAt: start + hour, endsAt: null };
    world.onEffect = async (name, run) => {
      if (name === 'availability.state.write') {
        await putManual(store.db, tenant, 'p7', chosen, start + hour);
        await store.db.deleteFrom('person').where('tenant_id', '=', tenant).where('person_id', '=', 'p8').execute();
      }
      return run();
    };
    const outcomes = await batch('person');
    assert.deepEqual([againAt(outcomes.get('p7')), outcomes.get('p8'), againAt(outcomes.get('p9'))], [start + hour, null, start + 2 * hour]);
    world.onEffect = (_name, run) => run();
    await batch('person', ['p7']);
    const after = await findPersonStates(store.db, tenant, people);
    assert.deepEqual([after.get('p7')?.state.face, after.get('p7')?.manual, after.get('p8'), after.get('p9')?.state.face], ['doNotDisturb', chosen, undefined, 'meeting']);
  });

  it('of two processes on one database only the one that has the connection tells the phones, each line once', async () => {
    await batch('person');
    world.clock.advance(hour);
    await putWork(store.db, ...people.map((key) => ({ tenantId: tenant, kind: 'availability.person', key, dueAt: world.clock.now() })));
    await store.db.deleteFrom('work').where('tenant_id', '!=', tenant).execute();
    const process = (hasConnection: boolean) => createBatchWorker({ store, clock: world.clock, log: silent, batches: world.feature.workBatches, mayDo: (kind) => hasConnection || kind !== 'availability.show' });
    const [without, having] = [process(false), process(true)];
    try {
      without.start();
      await without.idle();
      assert.equal(told.size, 0, 'whoever has no connection judges, and tells nobody');
      assert.deepEqual([...(await states())], ['meeting by busy']);
      having.start();
      await having.idle();
      await without.idle();
      assert.deepEqual([told.size, ...new Set([...told.values()].map(String))], [60, 'meeting']);
    } finally {
      await Promise.all([without.stop(), having.stop()]);
    }
  });

  it('another system that does not say whose a calendar is holds up only whom it is asked for', async () => {
    Object.assign(world.deps.crowd, { mailboxes: async (_tenant: string, ids: readonly string[]) => new Map(ids.filter((id) => id !== 'p7').map((id) => [id, calendarOf(id)])) });
    Object.assign(world.deps.people, { mailboxOf: async () => Promise.reject(new TheirError('m365', 'no-answer', 'is slow')) });
    const outcomes = await batch('person');
    assert.match(JSON.stringify([...outcomes].filter(([, outcome]) => outcome !== null && 'error' in outcome).map(([key]) => key)), /^\["p7"\]$/);
    assert.equal(againAt(outcomes.get('p8')), start + hour);
  });
});
