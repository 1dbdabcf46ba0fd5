import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import type { Caller } from '../../../../contract/endpoint.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { logSettings } from '../../../../contract/operations/log-settings.ts';
import { addLink, ensureTenant, insertPerson } from '../../../../server/accounts/rows.ts';
import { UserError } from '../../../../server/domain/errors.ts';
import { createLogKeeper, createOperations, type LogKeeper, type OperationsFeature } from '../../../../server/features/operations/index.ts';
import type { Connector, ConnectorStatus, Gap } from '../../../../server/ports/connector.ts';
import { silent } from '../../../../server/ports/log.ts';
import { putWork } from '../../../../server/store/work.ts';
import { createLog } from '../../../../server/web/log.ts';
import { testStore } from '../../../support/database.ts';
import { until } from '../../../support/until.ts';

const day = 24 * 60 * 60_000;
const admin: Caller = { tenantId: 't', personId: 'p', name: 'Ada', address: '', roles: ['user', 'administrator'], ticketFor: null, language: 'en', correlationId: 'x' };

describe('the machine room for administrators', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-28T09:00:00Z'), paused: true });
  let opened: Awaited<ReturnType<typeof testStore>>;
  let keeper: LogKeeper;
  let feature: OperationsFeature;
  let limits: { days: number; megabytes: number };
  let told: ((status: ConnectorStatus) => void) | undefined;
  const status: ConnectorStatus = { instance: 'pbx', type: 'asterisk', state: 'limited', since: 0, capabilities: ['dialIn'], gaps: [{ capability: 'kick', reason: 'denied', remedy: 'Add "call" to write.' }], version: 'Asterisk 22.10.1' };
  let here: ConnectorStatus;
  let further: Map<string, Gap[]>;

  before(async () => {
    opened = await testStore({ clock });
  });
  beforeEach(async () => {
    for (const table of ['log_line', 'log_minute', 'connector_told', 'work'] as const) await opened.store.db.deleteFrom(table).execute();
    keeper = createLogKeeper();
    limits = { days: 7, megabytes: 4_000 };
    here = status;
    further = new Map();
    const connector = { instance: 'pbx', type: 'asterisk', doors: [], onStatus: (fn: typeof told) => { told = fn; return () => undefined; }, status: () => status, start: async () => undefined, stop: async () => undefined } as Connector;
    feature = createOperations({
      clock, log: silent, store: opened.store, tenantId: 't', version: '1.2.3', connectors: [connector], statuses: () => [here], addressOf: () => '10.0.0.1:5038', force: async () => ['calendar.sweep'], limits: async () => limits, keeper, furtherGaps: async () => further,
    });
  });
  after(() => opened.close());

  const log = () => createLog({ level: 'debug', clock, stream: new Writable({ write: (_chunk, _encoding, done) => done() }), also: keeper });
  const read = async (query: object = {}) => feature.handlers.log({ params: {}, query: { level: 'info', limit: 100, ...query }, body: {} }, admin);
  const kept = async (count: number) => {
    await until(async () => (await read()).lines.length === count);
    return (await read()).lines;
  };

  it('what is missing besides what a connector says stands with its gaps, and with no other system', async () => {
    const gap = { capability: 'calendars', reason: 'One calendar cannot be read.', remedy: 'Grant the right.' };
    further.set('elsewhere', [gap]).set('pbx', [gap]);
    const { systems } = await feature.handlers.status({ params: {}, query: {}, body: {} }, admin);
    assert.deepEqual(systems.map(({ instance, gaps }) => [instance, gaps.filter(({ capability }) => capability === 'calendars')]), [['pbx', [gap]]]);
  });

  it('what the log says is kept, newest first, without secrets, without each request of each pane', async () => {
    const lines = log();
    lines.debug({}, 'too small');
    lines.info({ path: '/api' }, 'request');
    lines.info({ step: 'calendar.subscribe', instance: 'm365', mailbox: 'anna', token: 'secret-token', subject: 'Surgery' }, 'subscribing to a calendar');
    lines.error({ err: new Error('postgres://me:word@host/db is away') }, 'it broke');
    const [newest, oldest] = await kept(2);
    assert.deepEqual([newest?.level, oldest?.step, oldest?.fields['mailbox'], oldest?.fields['instance']], ['error', 'calendar.subscribe', 'anna', 'm365']);
    assert.doesNotMatch(JSON.stringify(await read()), /secret-token|Surgery|:word@/);
    assert.deepEqual((await read({ level: 'error' })).lines.map((each) => each.message), ['it broke']);
    assert.deepEqual((await read({ after: oldest?.seq })).lines.map((each) => each.message), ['it broke']);
    assert.deepEqual((await read({ before: newest?.seq })).lines.map((each) => each.message), ['subscribing to a calendar']);
    assert.deepEqual((await read({ instance: 'm365' })).lines.length, 1);
  });

  it('while the database is away nothing waits or fails; what came meanwhile is stored afterwards, and what was too much is counted', async () => {
    const early = createLogKeeper();
    const stored: string[] = [];
    let isAway = true;
    early.storeWith(async (lines) => {
      if (isAway) throw new Error('away');
      stored.push(...lines.map(({ message, fields }) => (message === 'lines of the log could not be kept' ? `left out ${String(fields['count'])}` : message)));
    });
    const line = (message: string): void => early.write(JSON.stringify({ level: 'info', time: '2026-11-28T09:00:00.000Z', msg: message }));
    for (let n = 0; n < 5_010; n++) line(`line ${n}`);
    await early.idle();
    isAway = false;
    line('back');
    await early.idle();
    assert.deepEqual([stored.length, stored[0], stored[1], stored.at(-1)], [5_001, 'left out 11', 'line 11', 'back']);
    early.write('not a line of ours');
    early.write('{"level":"info"}');
    await early.idle();
    assert.equal(stored.length, 5_001);
  });

  it('says whom and what the ids in its fields stand for; the log itself keeps ids alone', async () => {
    await ensureTenant(opened.store.db, 't', 'Example', clock.now());
    const anna = await insertPerson(opened.store.db, 't', { name: 'Anna Berger', address: 'anna@example.com' }, clock.now());
    await addLink(opened.store.db, 't', anna, { instance: 'm365', mailboxId: 'mailbox-of-anna', address: 'anna@example.com' }, 'directory', clock.now());
    log().info({ step: 'calendar.subscribe', instance: 'm365', mailbox: 'mailbox-of-anna' }, 'subscribing to a calendar');
    log().info({ personId: anna, mailbox: 'of nobody' }, 'somebody signed in on the web');
    assert.doesNotMatch(JSON.stringify(await kept(2)), /Anna|anna@/);
    assert.deepEqual((await read()).names, { [anna]: 'Anna Berger', 'mailbox-of-anna': 'anna@example.com' });
  });

  it('its limits are those of the seed at both ends, and each end is kept to', async () => {
    const takes = (key: 'days' | 'megabytes', values: readonly number[]): boolean[] => values.map((value) => logSettings.schema[key].safeParse(value).success);
    assert.deepEqual([takes('days', [0, 1, 30, 31]), takes('megabytes', [9, 10, 60_000, 60_001])], [[false, true, true, false], [false, true, true, false]]);
    const { db } = opened.store;
    const tidy = () => feature.workHandlers['operations.tidy']?.({ tenantId: 't', kind: '', key: '', dueAt: 0, payload: {}, attempt: 1, revision: 0, owner: '' });
    /** A line of so many bytes, so long ago. */
    async function put(name: string, ago: number, bytes: number): Promise<void> {
      const at = clock.now() - ago;
      await db.insertInto('log_line').values({ tenant_id: 't', at: new Date(at), level: 'info', instance: null, message: name, fields: '{}' }).execute();
      await db.insertInto('log_minute').values({ tenant_id: 't', minute: new Date(at - (at % 60_000)), bytes }).execute();
    }
    const names = async () => (await read()).lines.map(({ message }) => message);
    for (const [name, ago] of [['31 days', 31 * day], ['29 days', 29 * day], ['25 hours', 25 * day / 24], ['23 hours', 23 * day / 24]] as const) await put(name, ago, 100);
    limits = { days: 30, megabytes: 60_000 };
    await tidy();
    assert.deepEqual(await names(), ['23 hours', '25 hours', '29 days']);
    limits = { days: 1, megabytes: 60_000 };
    await tidy();
    assert.deepEqual(await names(), ['23 hours']);
    await put('a minute', 120_000, 59_000_000_000);
    await put('now', 0, 999_000_000);
    await tidy();
    assert.deepEqual(await names(), ['now', 'a minute', '23 hours'], '59,999 MB and 100 bytes of 60,000');
    await put('one more', 60_000, 2_000_000);
    await tidy();
    assert.deepEqual((await names()).includes('23 hours'), false, 'the oldest goes first');
  });

  it('the oldest go after so many days, and before that when there is too much', async () => {
    const tidy = () => feature.workHandlers['operations.tidy']?.({ tenantId: 't', kind: '', key: '', dueAt: 0, payload: {}, attempt: 1, revision: 0, owner: '' });
    const text = 'x'.repeat(3_000);
    for (let minute = 0; minute < 4; minute++) {
      for (let n = 0; n < 1_200; n++) keeper.write(JSON.stringify({ level: 'info', time: new Date(clock.now() + minute * 60_000).toISOString(), msg: `minute ${minute}`, text }));
      await keeper.idle();
    }
    assert.ok((await read()).usedMegabytes > 14);
    limits = { days: 7, megabytes: 10 };
    await tidy();
    const { usedMegabytes, lines } = await read({ limit: 500 });
    assert.ok(usedMegabytes <= 10 && usedMegabytes > 7, String(usedMegabytes));
    assert.equal(lines[0]?.message, 'minute 3');
    assert.equal((await opened.store.db.selectFrom('log_line').select('message').where('message', 'in', ['minute 0', 'minute 1']).execute()).length, 0);
    clock.advance(8 * day);
    await tidy();
    assert.deepEqual([(await read()).lines.length, (await read()).oldest], [0, null]);
  });

  it('each system with its remedies and with the work that waits for it; of one that another process has, what that told last', async () => {
    await putWork(opened.store.db, { tenantId: 't', kind: 'voicemail.boxes', key: 'pbx', dueAt: clock.now() });
    await opened.store.db.updateTable('work').set({ last_error: 'TheirError: [pbx] no answer' }).execute();
    const ask = async () => (await feature.handlers.status({ params: {}, query: {}, body: {} }, admin)).systems[0];
    const system = await ask();
    assert.deepEqual([system?.state, system?.gaps[0]?.remedy, system?.version, system?.address, system?.failing], ['limited', 'Add "call" to write.', 'Asterisk 22.10.1', '10.0.0.1:5038', [{ kind: 'voicemail.boxes', waiting: 1, error: 'TheirError: [pbx] no answer' }]]);
    here = { ...status, state: 'elsewhere', capabilities: [], gaps: [] };
    assert.equal((await ask())?.state, 'elsewhere');
    const stop = feature.listen();
    told?.({ ...status, state: 'down' });
    await until(async () => (await ask())?.state === 'down');
    stop();
  });

  it('forces only what is connected', async () => {
    assert.deepEqual(await feature.handlers.force({ params: { instance: 'pbx' }, query: {}, body: {} }, admin), { asked: ['calendar.sweep'] });
    await assert.rejects(feature.handlers.force({ params: { instance: 'other' }, query: {}, body: {} }, admin), (error: unknown) => error instanceof UserError && error.status === 404);
  });
});
