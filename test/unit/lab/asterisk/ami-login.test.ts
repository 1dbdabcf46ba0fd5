import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, secret, type World } from './support.ts';

describe('lab Asterisk: coming in over AMI', () => {
  let world: World;
  afterEach(() => world.close());

  it('greets with a lone line', async () => {
    world = await createWorld();
    const wire = await world.open();
    await wire.until('\n');
    assert.equal(wire.take(), 'Asterisk Call Manager/11.0.0\r\n');
  });

  it('lets nobody do anything before login, and stays on the line', async () => {
    world = await createWorld();
    const wire = await world.open();
    assert.equal((await wire.ask('Action: Ping\nActionID: x1')).replace(/^Asterisk.*\r\n/, ''), 'Response: Error\r\nActionID: x1\r\nMessage: Permission denied\r\n\r\n');
    assert.equal(await wire.ask('Action: NoSuchThing'), 'Response: Error\r\nMessage: Permission denied\r\n\r\n');
    assert.equal(wire.ended, false);
  });

  it('thinks a second about a wrong password, says so and closes', async () => {
    world = await createWorld({ clock: createLabClock({ paused: true }) });
    const wire = await world.open();
    wire.action('Action: Login\nUsername: god\nSecret: wrong\nActionID: x1');
    await world.pbx.until(() => world.pbx.log.lines.some(({ text }) => text === 'Action: Login') || undefined);
    const asked = world.clock.now();
    await world.turn(999);
    await world.turn(1);
    await wire.untilEnd();
    assert.deepEqual(world.pbx.log.lines.filter(({ text }) => text.includes('failed')).map(({ at }) => at - asked), [1_000]);
    assert.equal(wire.take(), 'Asterisk Call Manager/11.0.0\r\nResponse: Error\r\nActionID: x1\r\nMessage: Authentication failed\r\n\r\n');
  });

  it('drops whoever does not log in within 30 seconds', async () => {
    world = await createWorld({ clock: createLabClock({ paused: true }) });
    const wire = await world.open();
    await wire.until('\n');
    world.clock.advance(30_000);
    await wire.untilEnd();
  });

  it('says FullyBooted after the login only to those who may read system', async () => {
    world = await createWorld({ clock: createLabClock({ paused: true }) });
    world.clock.advance(7_000);
    const god = await world.open();
    god.action(`Action: Login\nUsername: god\nSecret: ${secret}`);
    await god.until('Fully Booted\r\n\r\n');
    assert.equal(god.take(), 'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nMessage: Authentication accepted\r\n\r\nEvent: FullyBooted\r\nPrivilege: system,all\r\nUptime: 7\r\nLastReload: 7\r\nStatus: Fully Booted\r\n\r\n');
    const least = await world.login('least');
    assert.equal((await least.ask('Action: Ping')).startsWith('Response: Success\r\nPing: Pong\r\n'), true);
    const deaf = await world.login('god', 'off');
    assert.equal((await deaf.ask('Action: Ping')).startsWith('Response: Success\r\nPing: Pong\r\n'), true);
  });

  it('says goodbye and closes', async () => {
    world = await createWorld();
    const wire = await world.login();
    wire.take();
    wire.action('Action: Logoff\nActionID: 99');
    await wire.untilEnd();
    assert.match(wire.take(), /Response: Goodbye\r\nActionID: 99\r\nMessage: Thanks for all the fish\.\r\n\r\n$/);
  });

  it('takes a second login for one', async () => {
    world = await createWorld();
    const wire = await world.login('least');
    assert.equal(await wire.ask(`Action: Login\nUsername: least\nSecret: ${secret}`), 'Response: Success\r\nMessage: Already authenticated\r\n\r\n');
  });

  it('shows each user only the actions that their classes allow', async () => {
    world = await createWorld();
    const watcher = await (await world.login('watcher')).ask('Action: ListCommands');
    assert.match(watcher, /Ping: Keepalive command\. {2}\(Priv: <none>\)\r\n/);
    assert.doesNotMatch(watcher, /DBPut|Setvar|ConfbridgeKick|Originate/);
    const least = await (await world.login('least')).ask('Action: ListCommands');
    assert.match(least, /ConfbridgeKick: Kick a Confbridge user\. {2}\(Priv: call,all\)\r\n/);
    assert.match(least, /CoreShowChannels: List currently active channels\. {2}\(Priv: system,reporting,all\)\r\n/);
    assert.doesNotMatch(least, /DBPut/);
  });

  it('refuses what the classes do not allow, by a reply that only says so', async () => {
    world = await createWorld();
    const least = await world.login('least');
    assert.equal(await least.ask('Action: DBPut\nFamily: a\nKey: b\nVal: c\nActionID: 3'), 'Response: Error\r\nActionID: 3\r\nMessage: Permission denied\r\n\r\n');
    const watcher = await world.login('watcher');
    assert.equal(await watcher.ask('Action: Setvar\nVariable: DEVICE_STATE(Custom:x)\nValue: BUSY'), 'Response: Error\r\nMessage: Permission denied\r\n\r\n');
  });
});

describe('lab Asterisk: which events a session hears', () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld()));
  afterEach(() => world.close());

  for (const [mask, answer] of [['on', 'On'], ['off', 'Off'], ['call', 'On'], ['call,system', 'On'], ['bogus', 'Off'], ['0', 'Off']] as const) {
    it(`takes the mask ${mask}`, async () => {
      const wire = await world.login('least');
      assert.equal(await wire.ask(`Action: Events\nActionID: 5\nEventMask: ${mask}`), `Response: Success\r\nActionID: 5\r\nEvents: ${answer}\r\n\r\n`);
    });
  }

  it('refuses an empty mask', async () => {
    const wire = await world.login('least');
    assert.equal(await wire.ask('Action: Events\nActionID: 5'), 'Response: Error\r\nActionID: 5\r\nMessage: Invalid event mask\r\n\r\n');
  });

  it('sends call events to readers of call who want them, and user events to nobody else', async () => {
    const [hears, deaf, other] = [await world.login('watcher'), await world.login('watcher', 'off'), await world.login('god', 'user')];
    const god = await world.login('god', 'off');
    await god.ask('Action: Setvar\nVariable: DEVICE_STATE(Custom:x)\nValue: BUSY');
    await god.ask('Action: UserEvent\nUserEvent: Done\nEvent: Fake\nActionID: 4');
    await other.until('UserEvent: Done');
    await hears.until('Device: Custom:x\r\nState: BUSY\r\n\r\n');
    assert.equal(other.take(), 'Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Done\r\nEvent: Fake\r\nActionID: 4\r\n\r\n');
    assert.doesNotMatch(hears.take(), /UserEvent/);
    assert.doesNotMatch(await deaf.ask('Action: Ping'), /Event:/);
  });
});
