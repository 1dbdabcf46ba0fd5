import assert from 'node:assert/strict';

import type { AsteriskOptions, RoomView } from '../../../../lab/asterisk/index.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { type AgiCall, type AgiService, createWorld, packets, serveAgi, type Wire, type World } from './support.ts';

describe('lab Asterisk: conferences', () => {
  let world: World;
  let service: AgiService;
  /** Hears everything. */
  let wire: Wire;
  /** Asks, and hears no events. */
  let actions: Wire;
  /** What each caller's service does before ConfBridge, by caller. */
  let wishes: Record<string, string[]>;
  /** Replies to EXEC ConfBridge and what became of CONFBRIDGE_RESULT, by caller. */
  let results: Record<string, string[]>;

  beforeEach(async () => {
    [wishes, results] = [{}, {}];
    service = await serveAgi(async (call: AgiCall) => {
      const caller = call.environment['callerid'] ?? '';
      for (const wish of wishes[caller] ?? []) await call.command(`SET VARIABLE CONFBRIDGE(${wish}`);
      const said = await call.command('EXEC ConfBridge room');
      results[caller] = [said];
      if (said === 'HANGUP') return;
      results[caller]?.push(await call.command('GET VARIABLE CONFBRIDGE_RESULT'));
      await call.command('HANGUP');
      call.close();
    });
  });
  afterEach(async () => {
    await world.close();
    await service.close();
  });

  async function start(options: Partial<AsteriskOptions> = {}): Promise<void> {
    world = await createWorld({ agiUrl: service.url, ...options, clock: createLabClock({ paused: true }) });
    wire = await world.login('least');
    actions = await world.login('least', 'off');
  }

  function room(): RoomView | undefined {
    return world.pbx.rooms()[0];
  }

  function member(phone: string): RoomView['members'][number] | undefined {
    return room()?.members.find((each) => each.phone === phone);
  }

  /** Dials in and waits until the member is in the mix. */
  async function join(phone: string, ...options: string[]): Promise<string> {
    wishes[phone] = options;
    world.pbx.phone(phone).dial('8000');
    return (await world.pbx.until(() => (member(phone)?.joined ? member(phone) : undefined))).channel;
  }

  async function left(phone: string): Promise<void> {
    await world.pbx.until(() => (world.pbx.phone(phone).view().call === null && results[phone]?.length === 2) || undefined);
  }

  function ask(text: string, last?: string | RegExp): Promise<string> {
    return actions.ask(`Action: ${text}`, last);
  }

  it('at rest answers lists with an error that is none', async () => {
    await start();
    for (const action of ['ConfbridgeListRooms', 'ConfbridgeList\nConference: room', 'ConfbridgeKick\nConference: room\nChannel: x', 'ConfbridgeLock\nConference: room']) {
      assert.equal(await ask(`${action}\nActionID: 13`), 'Response: Error\r\nActionID: 13\r\nMessage: No active conferences.\r\n\r\n');
    }
    assert.match(await ask('ConfbridgeList'), /Message: No Conference name provided\.\r\n/);
    assert.match(await ask('ConfbridgeMute\nConference: room'), /Message: No channel name provided\.\r\n/);
  });

  it('begins three seconds before the first one is in, and is listed meanwhile', async () => {
    await start({ firstJoinMs: 3_000 });
    world.pbx.phone('201').dial('8000');
    await wire.until('Event: ConfbridgeStart');
    await world.pbx.phone('201').heard('conf-onlyperson');
    assert.match(await ask('ConfbridgeListRooms', 'ListItems: 1\r\n\r\n'), /Parties: 1\r\nMarked: 0\r\nLocked: No\r\nMuted: No\r\n/);
    await world.turn(2_999);
    assert.equal(member('201')?.joined, false);
    world.clock.advance(1);
    await world.pbx.until(() => member('201')?.joined || undefined);
  });

  it('tells of a start and a join in the headers of Asterisk, the announcer counted', async () => {
    await start();
    const channel = await join('201', 'user,startmuted) yes');
    await wire.until(/Event: ConfbridgeJoin[^]*?\r\n\r\n/);
    const bridge = packets(wire.text, 'Event: ConfbridgeStart')[0]?.['BridgeUniqueid'] ?? '';
    const about = (count: number): string => `Privilege: call,all\r\nConference: room\r\nBridgeUniqueid: ${bridge}\r\nBridgeType: base\r\nBridgeTechnology: softmix\r\nBridgeCreator: ConfBridge\r\nBridgeName: room\r\nBridgeNumChannels: ${count}\r\nBridgeVideoSourceMode: none\r\n`;
    assert.ok(wire.text.includes(`Event: ConfbridgeStart\r\n${about(1)}\r\n`));
    const id = packets(wire.text, 'Event: ConfbridgeJoin')[0]?.['Uniqueid'] ?? '';
    assert.ok(wire.text.includes(`Event: ConfbridgeJoin\r\n${about(2)}Channel: ${channel}\r\nChannelState: 6\r\nChannelStateDesc: Up\r\nCallerIDNum: 201\r\nCallerIDName: Ann\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\nLanguage: en\r\nAccountCode: \r\nContext: internal\r\nExten: 8000\r\nPriority: 1\r\nUniqueid: ${id}\r\nLinkedid: ${id}\r\nAdmin: No\r\nMuted: Yes\r\n\r\n`));
    assert.deepEqual(world.pbx.exchange.devices.get('confbridge:room'), 'INUSE');
  });

  it('lists rooms and members as Asterisk does', async () => {
    await start();
    const host = await join('201', 'user,admin) yes', 'user,marked) yes');
    await join('202', 'user,wait_marked) yes', 'user,startmuted) yes');
    world.clock.advance(5_000);
    assert.equal(
      await ask('ConfbridgeListRooms\nActionID: L1', 'ListItems: 1\r\n\r\n'),
      'Response: Success\r\nActionID: L1\r\nEventList: start\r\nMessage: Confbridge conferences will follow\r\n\r\nEvent: ConfbridgeListRooms\r\nActionID: L1\r\nConference: room\r\nParties: 2\r\nMarked: 1\r\nLocked: No\r\nMuted: No\r\n\r\nEvent: ConfbridgeListRoomsComplete\r\nActionID: L1\r\nEventList: Complete\r\nListItems: 1\r\n\r\n',
    );
    const list = await ask('ConfbridgeList\nConference: room\nActionID: L2', 'ListItems: 2\r\n\r\n');
    assert.ok(list.includes(`Event: ConfbridgeList\r\nActionID: L2\r\nConference: room\r\nAdmin: Yes\r\nMarkedUser: Yes\r\nWaitMarked: No\r\nEndMarked: No\r\nEndMarkedAny: No\r\nWaiting: No\r\nMuted: No\r\nTalking: No\r\nAnsweredTime: 5\r\nChannel: ${host}\r\n`));
    assert.match(list, /Admin: No\r\nMarkedUser: No\r\nWaitMarked: Yes\r\n[^]*Waiting: No\r\nMuted: Yes\r\n/);
    assert.match(await ask('ConfbridgeList\nConference: other'), /Error\r\nMessage: No Conference by that name found\.\r\n/);
    assert.match(await ask('CoreShowChannels', 'ListItems: 2\r\n\r\n'), /Application: ConfBridge\r\nApplicationData: room\r\nDuration: 00:00:05\r\nBridgeId: [0-9a-f-]{36}\r\n/);
  });

  it('mutes and unmutes one, many, and whoever’s name begins like that', async () => {
    await start();
    const host = await join('201', 'user,admin) yes');
    const guest = await join('202');
    assert.equal(await ask(`ConfbridgeMute\nConference: room\nChannel: ${guest}\nActionID: m`), 'Response: Success\r\nActionID: m\r\nMessage: User muted\r\n\r\n');
    await wire.until(new RegExp(`Event: ConfbridgeMute[^]*Channel: ${guest}[^]*Admin: No\r\n\r\n`));
    assert.equal(member('202')?.muted, true);
    assert.match(await ask('ConfbridgeUnmute\nConference: room\nChannel: participants'), /Message: User unmuted\r\n/);
    assert.equal(member('202')?.muted, false);
    await ask('ConfbridgeMute\nConference: room\nChannel: all');
    assert.deepEqual(room()?.members.map(({ muted }) => muted), [true, true]);
    await ask('ConfbridgeUnmute\nConference: room\nChannel: pjsip/20');
    assert.deepEqual([member('201')?.muted, member('202')?.muted], [false, true], 'the first one that fits');
    assert.equal(host.startsWith('PJSIP/201-'), true);
    assert.equal(await ask('ConfbridgeMute\nConference: room\nChannel: nope'), 'Response: Error\r\nMessage: No Channel by that name found in Conference.\r\n\r\n');
  });

  it('counts the kicked until they have heard it, and does not find them a second time', async () => {
    await start({ kickedMs: 2_400 });
    await join('201');
    await join('202');
    assert.match(await ask('ConfbridgeKick\nConference: room\nChannel: all\nActionID: k'), /Success\r\nActionID: k\r\nMessage: All participants kicked\r\n/);
    await wire.until(/ConfbridgeLeave[^]*ConfbridgeLeave[^]*BridgeLeave[^]*?\r\n\r\n/);
    assert.deepEqual(packets(wire.text, 'Event: ConfbridgeLeave').map(({ BridgeNumChannels: count }) => count), ['3', '2']);
    assert.equal(await ask('ConfbridgeKick\nConference: room\nChannel: all'), 'Response: Error\r\nMessage: No Channel by that name found in Conference.\r\n\r\n');
    assert.match(await ask('ConfbridgeListRooms', 'ListItems: 1\r\n\r\n'), /Parties: 2\r\n/);
    wire.take();
    await world.turn(2_399);
    assert.equal(world.pbx.rooms().length, 1);
    world.clock.advance(1);
    await wire.until(/Event: ConfbridgeEnd\r\n[^]*BridgeNumChannels: 1\r\n[^]*Event: BridgeDestroy/);
    await left('201');
    assert.deepEqual(results['201'], ['200 result=0', '200 result=1 (KICKED)']);
    assert.deepEqual(world.pbx.phone('201').view().hears.at(-1)?.sound, 'conf-kicked');
  });

  it('lets somebody in who was kicked on the way, and then finds them by no kick, only by a hang-up', async () => {
    await start({ firstJoinMs: 3_000 });
    world.pbx.phone('201').dial('8000');
    await world.pbx.phone('201').heard('conf-onlyperson');
    assert.match(await ask('ConfbridgeKick\nConference: room\nChannel: all'), /All participants kicked/);
    world.clock.advance(3_000);
    const { channel } = await world.pbx.until(() => (member('201')?.joined ? member('201') : undefined));
    assert.match(await ask('ConfbridgeKick\nConference: room\nChannel: all'), /No Channel by that name found/);
    await ask(`Hangup\nChannel: ${channel}`);
    await wire.until('Event: ConfbridgeEnd');
  });

  it('locks without an event, turns guests away and lets admins in', async () => {
    await start();
    await join('201');
    assert.equal(await ask('ConfbridgeLock\nConference: room\nActionID: x'), 'Response: Success\r\nActionID: x\r\nMessage: Conference locked\r\n\r\n');
    assert.doesNotMatch(wire.text, /[Ll]ock/);
    assert.match(await ask('ConfbridgeListRooms', 'ListItems: 1\r\n\r\n'), /Locked: Yes/);
    world.pbx.phone('202').dial('8000');
    await left('202');
    assert.deepEqual(results['202'], ['200 result=-1', '200 result=1 (FAILED)']);
    assert.equal(world.pbx.phone('202').view().hears[0]?.sound, 'conf-locked');
    await join('203', 'user,admin) yes');
    assert.match(await ask('ConfbridgeUnlock\nConference: room'), /Message: Conference unlocked\r\n/);
    await join('202');
  });

  it('is full by the wish of whoever came first, but not for admins', async () => {
    await start();
    await join('201', 'bridge,max_members) 1');
    wishes['202'] = ['bridge,max_members) 9'];
    world.pbx.phone('202').dial('8000');
    await left('202');
    assert.deepEqual(results['202'], ['200 result=-1', '200 result=1 (FAILED)']);
    await join('203', 'user,admin) yes');
  });

  it('holds guests back until a marked one comes, and sends home who is to end with the last of them', async () => {
    await start();
    await join('201', 'user,wait_marked) yes', 'user,end_marked) yes');
    await join('203', 'user,wait_marked) yes');
    assert.deepEqual([member('201')?.waiting, member('203')?.waiting], [true, true]);
    await join('202', 'user,marked) yes');
    assert.deepEqual(room()?.members.map(({ phone, waiting }) => [phone, waiting]), [['202', false], ['201', false], ['203', false]]);
    world.pbx.phone('202').hangUp();
    await left('201');
    assert.deepEqual(results['201'], ['200 result=0', '200 result=1 (ENDMARKED)']);
    assert.equal(member('203')?.waiting, true);
  });

  it('says HANGUP, and a result of 0, for somebody who hung up', async () => {
    await start();
    await join('201');
    world.pbx.phone('201').hangUp();
    await world.pbx.until(() => results['201']?.length === 2 || undefined);
    // The word HANGUP comes between a command and its answer: whoever takes the next line for the answer is one line late from here on.
    assert.deepEqual(results['201'], ['200 result=0', 'HANGUP']);
    await wire.until('Event: ConfbridgeEnd');
  });

  it('can be dialled into directly, for calls that Originate begins', async () => {
    await start();
    actions.action('Action: Originate\nChannel: PJSIP/204\nContext: confdirect\nExten: other\nPriority: 1\nAsync: true');
    await world.pbx.until(() => world.pbx.phone('204').view().call ?? undefined);
    world.pbx.phone('204').answer();
    await world.pbx.until(() => world.pbx.rooms().find(({ name, members }) => name === 'other' && members[0]?.joined));
  });
});
