import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, type Wire, type World } from './support.ts';

function headers(count: number): string {
  return Array.from({ length: count }, (_, index) => `V${index}: x`).join('\n');
}

describe('lab Asterisk: what AMI makes of its input', () => {
  let world: World;
  let wire: Wire;
  beforeEach(async () => {
    world = await createWorld();
    wire = await world.login('god', 'off');
  });
  afterEach(() => world.close());

  it('gives back the ActionID as it came, letters of all kinds too, and none for none', async () => {
    assert.match(await wire.ask('Action: Ping\nActionID: é:1'), /^Response: Success\r\nActionID: é:1\r\nPing: Pong\r\nTimestamp: \d+\.\d{6}\r\n\r\n$/);
    assert.match(await wire.ask('Action: Ping'), /^Response: Success\r\nPing: Pong\r\n/);
    assert.match(await wire.ask('Action: Ping\nActionID:'), /^Response: Success\r\nPing: Pong\r\n/);
  });

  it('reads names without case, and values after any number of blanks', async () => {
    assert.match(await wire.ask('aCTION:ping\naCTIONid:    a'), /^Response: Success\r\nActionID: a\r\n/);
  });

  it('takes the first of several headers', async () => {
    assert.match(await wire.ask('ActionID: a\nActionID: b\nAction: Ping\nAction: Logoff'), /^Response: Success\r\nActionID: a\r\nPing: Pong/);
  });

  it('names an unknown action in its refusal', async () => {
    assert.equal(await wire.ask('Action: Bogus\nActionID: 1'), 'Response: Error\r\nActionID: 1\r\nMessage: Invalid/unknown command: Bogus. Use Action: ListCommands to show available commands.\r\n\r\n');
  });

  it('answers an empty message, too', async () => {
    wire.send('\r\n');
    await wire.until('\r\n\r\n');
    assert.equal(wire.take(), 'Response: Error\r\nMessage: Missing action in request\r\n\r\n');
  });

  it('refuses a line that does not fit into 1024 bytes with its end, and survives', async () => {
    const fits = `ActionID: ${'y'.repeat(1022 - 'ActionID: '.length)}`;
    assert.match(await wire.ask(`Action: Ping\n${fits}`), /^Response: Success\r\nActionID: y+\r\nPing: Pong/);
    assert.equal(await wire.ask(`Action: Ping\n${fits}yy`), 'Response: Error\r\nMessage: Failed to parse message: line too long\r\n\r\n');
    assert.equal(await wire.ask(`Action: Ping\nFoo: ${'x'.repeat(5000)}`), 'Response: Error\r\nMessage: Failed to parse message: line too long\r\n\r\n');
    assert.match(await wire.ask('Action: Ping'), /Pong/);
  });

  it('refuses the 129th header, and survives', async () => {
    assert.match(await wire.ask(`Action: Ping\n${headers(127)}`), /Pong/);
    assert.equal(await wire.ask(`Action: Ping\n${headers(128)}`), 'Response: Error\r\nMessage: Too many lines in message or allocation failure\r\n\r\n');
    assert.match(await wire.ask('Action: Ping'), /Pong/);
  });

  it('lets a line end inside a value add a header, which is why nobody may send one', async () => {
    wire.send('Action: DBPut\r\nFamily: t\r\nVal: bare\nKey: injected\r\n\r\n');
    await wire.until('successfully');
    assert.equal(world.pbx.exchange.database.get('t', 'injected'), 'bare');
  });

  it('lets line ends inside a value add a whole action, which is why nobody may send them', async () => {
    const value = 'hello\r\n\r\nAction: DBPut\r\nFamily: t\r\nKey: second\r\nVal: pwned';
    wire.send(`Action: DBPut\r\nFamily: t\r\nKey: first\r\nVal: ${value}\r\n\r\n`);
    await wire.until(/successfully[^]*successfully/);
    assert.equal(world.pbx.exchange.database.get('t', 'second'), 'pwned');
  });

  it('reads a message however it is cut into pieces', async () => {
    wire.take();
    for (const sign of 'Action: Ping\r\nActionID: cut\r\n\r\n') {
      wire.send(sign);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await wire.until('ActionID: cut\r\nPing: Pong');
  });
});

describe('lab Asterisk: a reader that stops reading', () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld({ clock: createLabClock({ paused: true }) })));
  afterEach(() => world.close());

  it('is cut off without a word, while others get everything', async () => {
    const [lazy, busy] = [await world.login('god', 'user'), await world.login('god', 'user')];
    lazy.socket.pause();
    let received = 0;
    const all = new Promise<void>((resolve) => busy.socket.on('data', (chunk: string) => (received += chunk.length) >= 3_000 * 5_000 && resolve()));
    const filler = 'x'.repeat(5_000);
    for (let index = 0; index < 3_000; index += 1) world.pbx.exchange.bus.publish(['user'], 'UserEvent', [['Filler', filler]]);
    await all;
    assert.equal(world.pbx.sessions().length, 2);
    for (let round = 0; round < 100 && world.pbx.sessions().length === 2; round += 1) await world.turn(50);
    assert.equal(world.pbx.sessions().length, 1);
    busy.take();
    assert.match(await busy.ask('Action: Ping'), /Pong/);
  });
});
