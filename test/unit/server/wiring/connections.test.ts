import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connector, ConnectorStatus } from '../../../../server/ports/connector.ts';
import { silent } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { openStore } from '../../../../server/store/connect.ts';
import { connectedKinds, createConnections, type Connections } from '../../../../server/wiring/connections.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { testDatabase, type TestDatabase } from '../../../support/database.ts';
import { until } from '../../../support/until.ts';
import { openWire } from '../../../support/wire.ts';

const leaseMs = 15_000;
const begins = Date.parse('2026-11-21T09:00:00Z');

/** A connector that only says whether it runs. */
function connector(instance: string, holdsConnection: boolean): Connector & { isRunning: boolean } {
  const status = (): ConnectorStatus => ({ instance, type: 'x', state: 'ready', since: begins, capabilities: ['conference'], gaps: [] });
  return {
    instance, type: 'x', holdsConnection, doors: [], isRunning: false, status, onStatus: () => () => undefined,
    async start() {
      this.isRunning = true;
    },
    async stop() {
      this.isRunning = false;
    },
  };
}

interface Process { pbx: ReturnType<typeof connector>; graph: ReturnType<typeof connector>; connections: Connections; changes: number; store: Store; wire: Awaited<ReturnType<typeof openWire>> }

describe('several processes on one database: who has the connections', () => {
  let database: TestDatabase;
  let clock: ReturnType<typeof createLabClock>;
  const running: Process[] = [];

  before(async function () {
    this.timeout(60_000);
    database = await testDatabase();
  });
  beforeEach(async () => {
    clock = createLabClock({ startAt: begins, paused: true });
    const store = await openStore({ databaseUrl: database.url, log: silent, clock });
    await store.db.deleteFrom('lease').execute();
    await store.stop();
  });
  afterEach(async () => {
    for (const each of running.splice(0)) {
      each.wire.mend();
      await each.connections.stop();
      await each.store.stop();
      await each.wire.close();
    }
  });
  after(async () => database.drop());

  /** One process with its own way to the database. */
  async function begin(): Promise<Process> {
    const wire = await openWire(database.url);
    const store = await openStore({ databaseUrl: wire.url, log: silent, clock });
    const [pbx, graph] = [connector('pbx', true), connector('m365', false)];
    const made: Process = { pbx, graph, changes: 0, store, wire, connections: createConnections({
      world: { clock, connectors: [pbx, graph], log: silent, store, tenantId: 'default' }, kinds: new Set(['conference.bridge']), leaseMs, onChange: () => void (made.changes += 1),
    }) };
    running.push(made);
    await made.connections.start();
    return made;
  }

  /** Turns the clock in small steps, with time for the database between them. */
  async function pass(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 1_000) {
      clock.advance(1_000);
      // Alarms ring by the machine's timers: they get their turns, and so does the database.
      for (let turn = 0; turn < 3; turn++) {
        await pause(2);
        for (const { connections } of running) await connections.idle();
      }
    }
  }

  /** Within the time of one lease, a third of one for the next try, and what the steps are too coarse for. */
  async function passUntil(holds: () => boolean): Promise<void> {
    const end = clock.now() + 2 * leaseMs;
    while (!holds()) {
      assert.ok(clock.now() < end, 'not taken over in time');
      await pass(1_000);
    }
  }

  async function first(): Promise<[Process, Process]> {
    const one = await begin();
    await until(() => one.pbx.isRunning);
    const two = await begin();
    await pass(2 * leaseMs);
    return [one, two];
  }

  it('one process has them and does the work that needs them; both have what keeps no connection', async () => {
    const [one, two] = await first();
    assert.deepEqual([one.pbx.isRunning, two.pbx.isRunning, one.graph.isRunning, two.graph.isRunning], [true, false, true, true]);
    assert.deepEqual([one, two].map(({ connections }) => [connections.mayDo('conference.bridge'), connections.mayDo('calendar.sweep')]), [[true, true], [false, true]]);
    assert.deepEqual([one, two].map(({ connections, pbx }) => connections.statusOf(pbx).state), ['ready', 'elsewhere']);
    assert.equal(two.connections.statusOf(two.graph).state, 'ready');
  });

  it('given back at a stop: the other one takes over at its next try', async () => {
    const [one, two] = await first();
    await one.connections.stop();
    assert.equal(one.pbx.isRunning, false);
    await passUntil(() => two.pbx.isRunning && two.changes > 0);
    assert.deepEqual([two.pbx.isRunning, two.connections.mayDo('conference.bridge'), two.changes], [true, true, 1]);
  });

  it('a process that is cut off lets go before the other one can begin: never two at a time', async () => {
    const [one, two] = await first();
    one.wire.cut();
    let seen = '';
    for (let seconds = 0; seconds < 3 * leaseMs / 1_000; seconds++) {
      await pass(1_000);
      assert.equal(one.pbx.isRunning && two.pbx.isRunning, false, `both at second ${seconds}`);
      seen = `${one.pbx.isRunning} ${two.pbx.isRunning}`;
      if (two.pbx.isRunning) break;
    }
    assert.equal(seen, 'false true');
    one.wire.mend();
    await pass(2 * leaseMs);
    assert.deepEqual([one.pbx.isRunning, two.pbx.isRunning], [false, true], 'who comes back waits');
  });

  it('killed without a word: taken over when the lease is over, and not before', async () => {
    const [one, two] = await first();
    // Nothing of a killed process runs any more, not even its letting go.
    await two.store.db.updateTable('lease').set({ owner: 'killed' }).execute();
    one.wire.cut();
    const { until: over } = await two.store.db.selectFrom('lease').select('until').executeTakeFirstOrThrow();
    await pass(over.getTime() - clock.now() - 2_000);
    assert.equal(two.pbx.isRunning, false);
    await passUntil(() => two.pbx.isRunning);
  });

  it('kinds of work that nobody does are a mistake of ours', () => {
    assert.throws(() => connectedKinds([{ connectedWork: ['conference.brigde'], workHandlers: { 'conference.bridge': async () => undefined } }]), /nobody does the work/);
    assert.deepEqual([...connectedKinds([{ connectedWork: ['a'], workHandlers: { a: async () => undefined } }, {}])], ['a']);
  });
});
