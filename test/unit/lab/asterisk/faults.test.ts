import assert from 'node:assert/strict';
import { connect } from 'node:net';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, openWire, secret, type World } from './support.ts';

/** Whether somebody takes connections there. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('lab Asterisk: what can be broken', () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld({ clock: createLabClock({ paused: true }) })));
  afterEach(() => world.close());

  /** Turns the clock on until `done`. */
  async function turnUntil<T>(done: Promise<T>): Promise<T> {
    const still = Symbol('still');
    for (;;) {
      world.clock.advance(50);
      const outcome = await Promise.race([done, new Promise<typeof still>((resolve) => setImmediate(() => resolve(still)))]);
      if (outcome !== still) return outcome;
    }
  }

  it('down: refuses connections, ends calls, and comes back', async () => {
    const wire = await world.login();
    world.pbx.phone('201').dial('202');
    const mend = await world.pbx.faults.down();
    await wire.untilEnd();
    assert.equal(await listens(world.pbx.amiPort), false);
    assert.deepEqual(world.pbx.channels(), []);
    assert.equal(world.pbx.phone('201').view().display[0], 'No service');
    assert.deepEqual(world.pbx.faults.active(), [{ name: 'down', detail: '' }]);
    await turnUntil(mend());
    assert.equal(await listens(world.pbx.amiPort), true);
    assert.deepEqual(world.pbx.faults.active(), []);
    await mend();
  });

  it('restart: refused for 1.7 s, then logins before modules for 0.4 s, then FullyBooted', async () => {
    const wire = await world.login();
    const started = world.clock.now();
    const booted = world.pbx.faults.restart();
    await wire.untilEnd();
    world.clock.set(started + 1_699);
    assert.equal(await listens(world.pbx.amiPort), false);
    world.clock.set(started + 1_700);
    await world.pbx.until(() => world.pbx.exchange.boot.phase() === 'loading' || undefined);
    while (!(await listens(world.pbx.amiPort))) await new Promise((resolve) => setImmediate(resolve));
    const early = await world.open();
    early.action(`Action: Login\nUsername: god\nSecret: ${secret}`);
    await early.until('Authentication accepted\r\n\r\n');
    assert.doesNotMatch(early.take(), /FullyBooted/);
    assert.match(await early.ask('Action: ConfbridgeListRooms'), /Error\r\nMessage: Invalid\/unknown command: ConfbridgeListRooms\./);
    assert.match(await early.ask('Action: ExtensionState\nExten: 201\nContext: internal'), /Status: -1\r\nStatusText: Unknown\r\n/);
    assert.match(await early.ask('Action: Setvar\nVariable: DEVICE_STATE(Custom:x)\nValue: BUSY'), /Error\r\nMessage: Variable not set\r\n/);
    assert.match(await early.ask('Action: Ping'), /Pong/);
    early.take();
    world.clock.advance(400);
    await booted;
    await early.until('Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 0\r\nLastReload: 0\r\nStatus: Fully Booted\r\n\r\n');
    assert.match(await early.ask('Action: ConfbridgeListRooms'), /No active conferences/);
    assert.equal(world.pbx.phone('201').view().state, 'UNAVAILABLE');
    world.clock.advance(2_000);
    await world.pbx.until(() => world.pbx.phone('201').view().state === 'NOT_INUSE' || undefined);
  });

  it('slow: each reply comes late, though the action has happened', async () => {
    const wire = await world.login();
    const mend = world.pbx.faults.slow(8_000);
    wire.action('Action: DBPut\nFamily: t\nKey: k\nVal: v\nActionID: late');
    await world.pbx.until(() => world.pbx.log.lines.some(({ text }) => text === 'Action: DBPut') || undefined);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(world.pbx.exchange.database.get('t', 'k'), 'v');
    await world.turn(7_999);
    assert.equal(wire.text, '');
    await world.turn(1);
    await wire.until('ActionID: late');
    await mend();
    assert.match(await wire.ask('Action: Ping'), /Pong/);
  });

  it('half open: takes connections, says nothing, hears nothing; mended, the dead lines are reset', async () => {
    const before = await world.login();
    const mend = world.pbx.faults.halfOpen();
    before.action('Action: DBPut\nFamily: t\nKey: k\nVal: v');
    const during = await openWire(world.pbx.amiPort);
    during.action(`Action: Login\nUsername: god\nSecret: ${secret}`);
    world.pbx.exchange.devices.set('Custom:x', 'BUSY');
    const sentinel = await openWire(world.pbx.amiPort);
    sentinel.socket.destroy();
    assert.equal(before.text + during.text, '');
    assert.deepEqual([before.ended, during.ended], [false, false]);
    assert.equal(world.pbx.exchange.database.get('t', 'k'), undefined);
    await mend();
    await before.untilEnd();
    await during.untilEnd();
    assert.match(await (await world.login()).ask('Action: Ping'), /Pong/);
  });

  it('permission refused: every class is gone, for writing and for reading, while the line stays up', async () => {
    const wire = await world.login();
    const mend = world.pbx.faults.permissionRefused();
    assert.equal(await wire.ask('Action: ConfbridgeListRooms\nActionID: 1'), 'Response: Error\r\nActionID: 1\r\nMessage: Permission denied\r\n\r\n');
    world.pbx.exchange.devices.set('Custom:x', 'BUSY');
    assert.match(await wire.ask('Action: Ping'), /^Response: Success\r\nPing: Pong/);
    await mend();
    assert.match(await wire.ask('Action: ConfbridgeListRooms'), /No active conferences/);
  });

  it('dropped events: lost for good', async () => {
    const wire = await world.login();
    const mend = world.pbx.faults.dropEvents();
    world.pbx.exchange.devices.set('Custom:x', 'BUSY');
    await mend();
    world.pbx.exchange.devices.set('Custom:y', 'BUSY');
    await wire.until('Device: Custom:y');
    assert.doesNotMatch(wire.text, /Custom:x/);
  });

  it('a phone unplugged or busy, and all mended at once', async () => {
    world.pbx.faults.unplugged('201');
    world.pbx.faults.busy('202');
    const mendTwice = world.pbx.faults.busy('202');
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state }) => state), ['UNAVAILABLE', 'INUSE']);
    await mendTwice();
    assert.equal(world.pbx.phone('202').view().busy, true, 'the other fault of the same kind is still on');
    assert.equal(world.pbx.faults.active().length, 2);
    await world.pbx.faults.mendAll();
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state }) => state), ['NOT_INUSE', 'NOT_INUSE']);
  });
});

describe('lab Asterisk: what it shows', () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld({ clock: createLabClock({ paused: true, startAt: 1_795_249_737_000 }) })));
  afterEach(() => world.close());

  it('each line of both directions with its instant, and no password', async () => {
    const wire = await world.login('god', 'off');
    await wire.ask('Action: DBPut\nFamily: t\nKey: k\nVal: v');
    assert.deepEqual(world.pbx.log.lines.map(({ direction, text }) => `${direction} ${text}`), [
      'out Asterisk Call Manager/11.0.0', 'in Action: Login', 'in Username: god', 'in Secret: ****', 'in Events: off', 'out Response: Success', 'out Message: Authentication accepted',
      'in Action: DBPut', 'in Family: t', 'in Key: k', 'in Val: v', 'out Response: Success', 'out Message: Updated database successfully',
    ]);
    assert.deepEqual(new Set(world.pbx.log.lines.map(({ at, protocol, connection }) => `${at} ${protocol} ${connection}`)), new Set(['1795249737000 ami 1']));
  });

  it('changes as they happen, and who is logged in', async () => {
    let changes = 0;
    const stop = world.pbx.onChange(() => (changes += 1));
    world.pbx.phone('201').dial('202');
    assert.ok(changes > 0);
    stop();
    await world.login('watcher');
    assert.deepEqual(world.pbx.sessions(), [{ user: 'watcher' }]);
    assert.throws(() => world.pbx.phone('999'), /no phone 999/);
  });

  it('nothing after it was closed: port free, calls gone', async () => {
    const { amiPort } = world.pbx;
    world.pbx.phone('201').dial('202');
    await world.pbx.close();
    assert.equal(await listens(amiPort), false);
    assert.deepEqual(world.pbx.channels(), []);
  });

  it('gives up waiting when told to', async () => {
    await assert.rejects(world.pbx.until(() => undefined, AbortSignal.abort(new Error('enough'))), /enough/);
    await assert.rejects(world.pbx.phone('201').enter('1', AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
