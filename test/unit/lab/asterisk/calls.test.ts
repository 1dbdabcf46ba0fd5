import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, packets, type Wire, type World } from './support.ts';

describe('lab Asterisk: Originate', () => {
  let world: World;
  let wire: Wire;
  beforeEach(async () => {
    world = await createWorld({ clock: createLabClock({ paused: true }) });
    wire = await world.login('least');
  });
  afterEach(() => world.close());

  function originate(more: string): void {
    wire.action(`Action: Originate\nContext: internal\nExten: 202\nPriority: 1\nTimeout: 15000\nAsync: true\nActionID: o1\n${more}`);
  }

  async function outcome(): Promise<Record<string, string> | undefined> {
    await wire.until(/Event: OriginateResponse\r\n[^]*?\r\n\r\n/);
    return packets(wire.text, 'Event: OriginateResponse')[0];
  }

  it('only says that it is queued, then rings, and makes Uniqueid and Linkedid of all legs what was asked for', async () => {
    originate('Channel: PJSIP/201\nChannelId: tl-call-1');
    await wire.until('Response: Success\r\nActionID: o1\r\nMessage: Originate successfully queued\r\n\r\n');
    assert.equal(world.pbx.phone('201').view().display[1], 'Call from Anonymous');
    assert.equal(world.pbx.phone('201').view().state, 'RINGING');
    world.pbx.phone('201').answer();
    const { Response: response, Reason: reason, Uniqueid: id, Channel: channel } = (await outcome()) ?? {};
    assert.deepEqual([response, reason, id, channel], ['Success', '4', 'tl-call-1', 'PJSIP/201-00000000']);
    await world.pbx.until(() => world.pbx.phone('202').view().call ?? undefined);
    assert.equal(world.pbx.phone('202').view().display[1], 'Call from Ann 201');
    world.pbx.phone('202').answer();
    await wire.until(/BridgeEnter[^]*BridgeEnter/);
    assert.deepEqual(packets(wire.text, 'Event: Newchannel').map(({ Linkedid: linked }) => linked), ['tl-call-1', 'tl-call-1']);
    wire.action('Action: Hangup\nChannel: tl-call-1\nCause: 16');
    await wire.until('Message: Channel Hungup\r\n\r\n');
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
    await wire.until(/Event: Hangup[^]*Event: Hangup[^]*Cause-txt: Normal Clearing/);
  });

  it('says 3 for a phone that rang out', async () => {
    originate('Channel: PJSIP/201');
    await world.pbx.until(() => world.pbx.phone('201').view().call ?? undefined);
    world.clock.advance(15_000);
    const { Response: response, Reason: reason, Uniqueid: id } = (await outcome()) ?? {};
    assert.deepEqual([response, reason, id], ['Failure', '3', '<unknown>']);
  });

  it('says 0 for a busy phone, and the cause only in Hangup', async () => {
    world.pbx.phone('201').setBusy(true);
    originate('Channel: PJSIP/201\nChannelId: mine');
    const { Reason: reason, Uniqueid: id } = (await outcome()) ?? {};
    assert.deepEqual([reason, id], ['0', 'mine']);
    const [hangup] = packets(wire.text, 'Event: Hangup');
    assert.deepEqual([hangup?.['Cause'], hangup?.['Cause-txt'], hangup?.['TechCause']], ['17', 'User busy', '486']);
  });

  it('says 0 for an unplugged phone and for one that does not exist', async () => {
    world.pbx.phone('201').plug(false);
    originate('Channel: PJSIP/201');
    assert.equal((await outcome())?.['Reason'], '0');
    wire.take();
    originate('Channel: PJSIP/999');
    assert.equal((await outcome())?.['Reason'], '0');
  });

  it('refuses an id that is in use', async () => {
    originate('Channel: PJSIP/201\nChannelId: mine');
    await world.pbx.until(() => world.pbx.phone('201').view().call ?? undefined);
    originate('Channel: PJSIP/203\nChannelId: mine');
    assert.deepEqual([(await outcome())?.['Response'], world.pbx.phone('203').view().call], ['Failure', null]);
  });

  it('makes the CallerID the identity of the called phone, so that it calls on under it', async () => {
    originate('Channel: PJSIP/201\nCallerID: "Click" <202>');
    await world.pbx.until(() => world.pbx.phone('201').view().call ?? undefined);
    world.pbx.phone('201').answer();
    await world.pbx.until(() => world.pbx.phone('202').view().call ?? undefined);
    assert.equal(world.pbx.phone('202').view().display[1], 'Call from Click 202');
  });

  it('without Async holds up its session and nobody else, and fails with an error', async () => {
    const other = await world.login('least');
    wire.action('Action: Originate\nChannel: PJSIP/201\nContext: internal\nExten: 202\nPriority: 1\nTimeout: 2000\nActionID: o2');
    wire.action('Action: Ping\nActionID: behind');
    await world.pbx.until(() => world.pbx.phone('201').view().call ?? undefined);
    assert.match(await other.ask('Action: Ping\nActionID: free', 'ActionID: free'), /free/);
    assert.doesNotMatch(wire.text, /behind/);
    world.clock.advance(2_000);
    await wire.until('ActionID: behind');
    assert.match(wire.text, /^Response: Error\r\nActionID: o2\r\nMessage: Originate failed\r\n\r\n/);
  });

  for (const [text, message] of [
    ['Async: true', 'Channel not specified'],
    ['Channel: PJSIP/201', "Originate with 'Exten' requires 'Context' and 'Priority'"],
    ['Channel: nope', 'Invalid channel'],
    ['Channel: PJSIP/201\nContext: internal\nExten: 9\nPriority: 1', 'Extension does not exist.'],
    ['Channel: PJSIP/201\nContext: internal\nExten: 202\nPriority: x', 'Invalid priority'],
    ['Channel: PJSIP/201\nContext: internal\nExten: 202\nPriority: 1\nTimeout: x', 'Invalid timeout'],
    ['Channel: PJSIP/201\nApplication: System\nData: ls', 'Originate Access Forbidden: app or data blacklisted'],
  ] as const) {
    it(`refuses: ${message}`, async () => {
      assert.equal(await wire.ask(`Action: Originate\nActionID: 14\n${text}`), `Response: Error\r\nActionID: 14\r\nMessage: ${message}\r\n\r\n`);
    });
  }

  it('splits variables on commas, which is why free text does not belong there', async () => {
    originate('Channel: PJSIP/201\nVariable: A=1,B=two,three');
    const channel = await world.pbx.until(() => world.pbx.exchange.channels.list()[0]);
    assert.deepEqual([...channel.variables], [['A', '1'], ['B', 'two']]);
  });
});

describe('lab Asterisk: phones that call each other', () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld({ clock: createLabClock({ paused: true }) })));
  afterEach(() => world.close());

  async function connect(): Promise<void> {
    world.pbx.phone('201').dial('202');
    await world.pbx.until(() => world.pbx.phone('202').view().call ?? undefined);
    world.pbx.phone('202').answer();
    await world.pbx.until(() => world.pbx.phone('201').view().call?.phase === 'connected' || undefined);
  }

  it('ring, talk, and show each other’s state', async () => {
    world.pbx.phone('201').dial('202');
    await world.pbx.until(() => world.pbx.phone('202').view().call ?? undefined);
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state }) => state), ['INUSE', 'RINGING']);
    world.pbx.phone('202').answer();
    await world.pbx.until(() => world.pbx.phone('201').view().call?.phase === 'connected' || undefined);
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state }) => state), ['INUSE', 'INUSE']);
    world.pbx.phone('202').hangUp();
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state, call }) => [state, call]), [['NOT_INUSE', null], ['NOT_INUSE', null]]);
  });

  it('put the other one on hold, not themselves', async () => {
    await connect();
    world.pbx.phone('202').hold(true);
    assert.deepEqual(world.pbx.phones().slice(0, 2).map(({ state }) => state), ['ONHOLD', 'INUSE']);
    world.pbx.phone('202').hold(false);
    assert.equal(world.pbx.phone('201').view().state, 'INUSE');
  });

  it('hear that nobody is there for a number that does not exist', async () => {
    world.pbx.phone('201').dial('999');
    await world.pbx.phone('201').heard('ss-noservice');
    assert.equal(world.pbx.phone('201').view().call, null);
  });

  it('are refused by a busy phone, and give up when the other gives up', async () => {
    world.pbx.phone('202').setBusy(true);
    world.pbx.phone('201').dial('202');
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
    world.pbx.phone('202').setBusy(false);
    world.pbx.phone('201').dial('202');
    await world.pbx.until(() => world.pbx.phone('202').view().call ?? undefined);
    world.pbx.phone('201').hangUp();
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
  });

  it('cannot call without a cable or while in a call', async () => {
    world.pbx.phone('203').plug(false);
    assert.throws(() => world.pbx.phone('203').dial('201'), /no service/);
    assert.equal(world.pbx.phone('203').view().display[0], 'No service');
    await connect();
    assert.throws(() => world.pbx.phone('201').dial('8000'), /in a call/);
  });

  it('are described in events by hostile names escaped as Asterisk does', async () => {
    const wire = await world.login('least');
    world.pbx.phone('201').dial('202');
    const channel = await world.pbx.until(() => world.pbx.exchange.channels.list()[0]);
    channel.caller = { number: '201', name: 'O\'Brien "x" ?\r\nEvent: Fake' };
    world.pbx.exchange.channels.publish(channel, ['call'], 'NewCallerid');
    await wire.until('NewCallerid');
    await wire.until(String.raw`CallerIDName: O\'Brien \"x\" \?\r\nEvent: Fake`);
  });
});
