import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import type { Connector, ConnectorStatus } from '../../../../server/ports/connector.ts';
import { silent } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { createAway, type Away } from '../../../../server/wiring/away.ts';
import { testStore } from '../../../support/database.ts';
import { until } from '../../../support/until.ts';

const begins = Date.parse('2026-11-21T09:00:00Z');

/** A phone system whose state a test turns. */
function phoneSystem(): Connector & { turn(state: ConnectorStatus['state']): void } {
  let state: ConnectorStatus['state'] = 'starting';
  const listeners = new Set<(status: ConnectorStatus) => void>();
  const status = (): ConnectorStatus => ({ instance: 'pbx', type: 'x', state, since: begins, capabilities: [], gaps: [] });
  return {
    instance: 'pbx', type: 'x', doors: [], status, start: async () => undefined, stop: async () => undefined,
    onStatus(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    turn(next) {
      state = next;
      for (const listener of listeners) listener(status());
    },
  };
}

describe('which systems do not answer, for processes that have no connection to them', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ReturnType<typeof createLabClock>;
  const ends: (() => Promise<void>)[] = [];

  before(async () => {
    ({ store, close } = await testStore());
  });
  beforeEach(async () => {
    clock = createLabClock({ startAt: begins, paused: true });
    await store.db.deleteFrom('lease').execute();
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    clock.stop();
  });
  after(() => close());

  const process = (): Away => createAway({ clock, log: silent, store, tenantId: 'default' });
  /** A process that has the connection to this system. */
  function keeper(system: Connector): { away: Away; turns: number; end: () => Promise<void> } {
    const away = process();
    const kept = { away, turns: 0, end: away.keep([system], (each) => each.status()) };
    away.onTurn(() => void (kept.turns += 1));
    ends.push(kept.end);
    return kept;
  }
  const isAway = (away: Away): Promise<boolean> => away.isAway('pbx');

  for (const state of ['down', 'refused'] as const) {
    it(`a process without the connection knows that it is ${state}, for as long as it is`, async () => {
      const system = phoneSystem();
      const { away, ...kept } = keeper(system);
      const web = process();
      assert.equal(await isAway(web), false);
      let turns = 0;
      away.onTurn(() => void (turns += 1));
      system.turn(state);
      await until(() => turns === 1);
      assert.equal(await isAway(web), true);
      assert.equal(await web.isAway('another'), false);
      for (let said = 0; said < 9; said++) {
        clock.advance(20_000);
        await until(async () => ((await store.db.selectFrom('lease').select('until').executeTakeFirst())?.until.getTime() ?? 0) === clock.now() + 60_000);
      }
      assert.equal(await isAway(web), true);
      assert.equal(turns, 1, 'told once');
      system.turn('ready');
      await until(() => turns === 2);
      assert.equal(await isAway(web), false);
      await kept.end();
    });
  }

  it('a process that ends takes its word back', async () => {
    const system = phoneSystem();
    const { away, end } = keeper(system);
    system.turn('down');
    await until(() => isAway(away));
    await end();
    assert.equal(await isAway(away), false);
  });

  it('the word of a process that died lasts a minute, and is taken back at once by the next that hears the system', async () => {
    await store.db.insertInto('lease').values({ tenant_id: 'default', name: 'away:pbx', owner: 'dead', until: new Date(begins + 60_000) }).execute();
    assert.equal(await isAway(process()), true);
    const system = phoneSystem();
    const next = keeper(system);
    system.turn('ready');
    await until(async () => !(await isAway(next.away)));
    await store.db.insertInto('lease').values({ tenant_id: 'default', name: 'away:pbx', owner: 'dead', until: new Date(begins + 60_000) }).execute();
    clock.advance(60_000);
    assert.equal(await isAway(next.away), false);
  });

  it('a process that lost the connection leaves what another one says', async () => {
    const system = phoneSystem();
    system.turn('down');
    const old = keeper(system);
    await until(() => isAway(old.away));
    await store.db.updateTable('lease').set({ owner: 'another' }).execute();
    system.turn('elsewhere');
    await old.end();
    assert.equal(await isAway(old.away), true);
  });
});
