import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { parsePacket } from '../../../../../server/connectors/asterisk/client/ami/packet.ts';
import type { AmiPacket } from '../../../../../server/connectors/asterisk/client/ami/packet.ts';
import type { AmiReply } from '../../../../../server/connectors/asterisk/client/ami/reply.ts';
import { createConferenceBridge } from '../../../../../server/connectors/asterisk/conference-bridge.ts';
import { createDoorkeeper } from '../../../../../server/connectors/asterisk/doorkeeper.ts';
import type { Doorkeeper } from '../../../../../server/connectors/asterisk/doorkeeper.ts';
import type { Hub } from '../../../../../server/connectors/asterisk/hub.ts';
import { createSilenceWatch } from '../../../../../server/connectors/asterisk/silence.ts';
import { OurError } from '../../../../../server/domain/errors.ts';
import type { TheirError } from '../../../../../server/domain/errors.ts';
import type { BridgeEvent, BridgeRoom, ConferenceBridge } from '../../../../../server/ports/conference-bridge.ts';
import type { Gap } from '../../../../../server/ports/connector.ts';
import { config, turnThrough, turnUntil } from './support.ts';

function packet(text: string): AmiPacket {
  const read = parsePacket(text);
  assert.ok(read);
  return read;
}

function reply(result: 'Success' | 'Error', message: string, rows: string[] = []): AmiReply {
  return { isSuccess: result === 'Success', message, head: packet(`Response: ${result}`), rows: rows.map(packet) };
}

const none = reply('Error', 'No active conferences.');
const room: BridgeRoom = { conferenceId: 'a'.repeat(26), room: 'roomx7', opensAt: 0, closesAt: 1, maxMembers: 9 };

function memberRow(channel: string, more = ''): string {
  return `Event: ConfbridgeList\r\nConference: roomx7\r\nAdmin: No\r\nMuted: No\r\nChannel: ${channel}\r\nCallerIDNum: 1001\r\nCallerIDName: Ann Alder${more}`;
}

function roomRow(name: string, more = 'Parties: 1\r\nLocked: No'): string {
  return `Event: ConfbridgeListRooms\r\nConference: ${name}\r\n${more}`;
}

describe('ConfBridge over the manager', () => {
  let clock: TurnableClock;
  let bridge: ConferenceBridge;
  let doorkeeper: Doorkeeper;
  let called: string[];
  let answer: (action: string, fields: Record<string, string>) => AmiReply;
  let hear: (event: AmiPacket) => void;
  let resync: () => void;
  let told: BridgeEvent[];
  let dialInGap: Gap | null;
  let silenceGap: () => Gap | null;

  beforeEach(() => {
    clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
    called = [];
    told = [];
    dialInGap = null;
    answer = () => none;
    const hub: Hub = {
      start: () => undefined,
      stop: async () => undefined,
      async call(action, fields = {}) {
        called.push([action, ...Object.values(fields)].join(' '));
        return answer(action, fields);
      },
      facts: () => ({ isEventsUp: true, isActionsUp: true, probe: null, trouble: null }),
      onFacts: () => undefined,
      onEvent: (fn) => (hear = fn),
      onResync: (fn) => (resync = fn),
    };
    doorkeeper = createDoorkeeper(clock);
    const silence = createSilenceWatch({ clock, username: 'tieline', onChange: () => undefined });
    silenceGap = () => silence.gap();
    bridge = createConferenceBridge({ config: config(1), clock, hub, doorkeeper, silence, dialInGap: () => dialInGap });
    bridge.onEvent((event) => told.push(event));
  });
  afterEach(() => clock.stop());

  it('takes "no active conferences" for an empty list', async () => {
    assert.deepEqual(await bridge.liveRooms(), []);
    assert.deepEqual(await bridge.participants('roomx7'), []);
    answer = () => reply('Error', 'No Conference by that name found.');
    assert.deepEqual(await bridge.participants('roomx7'), []);
  });

  it('does not take another failure for an empty list', async () => {
    answer = () => reply('Error', 'Out of memory');
    await assert.rejects(bridge.liveRooms(), (error: TheirError) => error.fault === 'refused' && /Out of memory/.test(error.message));
  });

  it('does not take a row that it cannot read for nobody', async () => {
    answer = () => reply('Success', '', ['Event: ConfbridgeList\r\nConference: roomx7\r\nChannel:']);
    await assert.rejects(bridge.participants('roomx7'), (error: TheirError) => error.fault === 'unreadable');
  });

  it('is ready for people only when callers can ask us', async () => {
    await bridge.ensure(room);
    dialInGap = { capability: 'dialIn', reason: 'we cannot listen', remedy: 'choose another port' };
    await assert.rejects(bridge.ensure(room), (error: TheirError) => error.fault === 'unavailable' && error.remedy === 'choose another port');
  });

  it('lists people, with names that cannot rewrite a screen', async () => {
    answer = () => reply('Success', '', [
      memberRow('PJSIP/1001-00000001').replace('Admin: No', 'Admin: Yes').replace('Ann Alder', 'Ann\u202E\u0007 Alder'),
      memberRow('PJSIP/1002-00000002').replace('Muted: No', 'Muted: Yes').replace('Ann Alder', '<no name>').replace('1001\r\n', '<unknown>\r\n'),
    ]);
    hear(packet('Event: ConfbridgeJoin\r\nConference: roomx7\r\nChannel: PJSIP/1001-00000001'));
    assert.deepEqual(await bridge.participants('roomx7'), [
      { leg: 'PJSIP/1001-00000001', name: 'Ann Alder', number: '1001', isHost: true, isMuted: false, joinedAt: clock.now() },
      { leg: 'PJSIP/1002-00000002', name: '', number: '', isHost: false, isMuted: true, joinedAt: null },
    ]);
  });

  it('tells what happens in rooms, and leaves those of others and other events alone', () => {
    const at = clock.now();
    for (const name of ['Start', 'Join', 'Leave', 'End', 'Talking', 'Mute']) hear(packet(`Event: Confbridge${name}\r\nConference: roomx7\r\nChannel: c`));
    hear(packet('Event: ConfbridgeJoin\r\nConference: Board-Room\r\nChannel: c'));
    hear(packet('Event: ConfbridgeJoin\r\nConference: roomx7'));
    hear(packet('Event: ConfbridgeStart\r\nFoo: roomx7'));
    hear(packet('Event: Newchannel\r\nConference: roomx7\r\nChannel: c'));
    resync();
    assert.deepEqual(told, [
      { type: 'started', room: 'roomx7', at },
      { type: 'joined', room: 'roomx7', leg: 'c', at },
      { type: 'left', room: 'roomx7', leg: 'c', at },
      { type: 'ended', room: 'roomx7', at },
      { type: 'changed', room: 'roomx7', at },
      { type: 'resync', at },
    ]);
  });

  it('shows live rooms only, and only such as can be ours', async () => {
    answer = () => reply('Success', '', [roomRow('roomx7'), roomRow('empty', 'Parties: 0\r\nLocked: No'), roomRow('Board-Room')]);
    assert.deepEqual(await bridge.liveRooms(), ['roomx7']);
  });

  it('believes a mute only when the list shows it', async () => {
    let isMuted = false;
    let isHonest = true;
    answer = (action) => {
      if (action === 'ConfbridgeMute') {
        isMuted = isHonest;
        return reply('Success', 'User muted');
      }
      return reply('Success', '', [memberRow('PJSIP/1001-00000001').replace('Muted: No', `Muted: ${isMuted ? 'Yes' : 'No'}`)]);
    };
    await bridge.mute('roomx7', 'PJSIP/1001-00000001', true);
    isMuted = isHonest = false;
    const failed = turnThrough(clock, bridge.mute('roomx7', 'PJSIP/1001-00000001', true));
    await assert.rejects(failed, (error: TheirError) => error.fault === 'refused' && /muting did not show/.test(error.message));
  });

  it('never takes "all", or the beginning of a name, for one participant', async () => {
    answer = () => reply('Success', '', [memberRow('PJSIP/1001-00000001')]);
    for (const leg of ['all', 'participants', 'PJSIP', '']) {
      await assert.rejects(bridge.mute('roomx7', leg, true), (error: TheirError) => error.fault === 'gone', leg);
      await bridge.kick('roomx7', leg);
    }
    assert.ok(called.every((line) => line === 'ConfbridgeList roomx7'));
  });

  it('waits until somebody who was kicked has left', async () => {
    let looks = 0;
    answer = (action) => (action === 'ConfbridgeKick' ? reply('Success', 'User kicked') : ++looks > 5 ? none : reply('Success', '', [memberRow('c')]));
    await turnThrough(clock, bridge.kick('roomx7', 'c'));
    assert.equal(called.filter((line) => line === 'ConfbridgeKick roomx7 c').length, 1);
    assert.ok(looks > 5);
  });

  it('believes a lock only when the list shows it, and says when the room is gone', async () => {
    let locked = 'No';
    answer = (action) => {
      if (action === 'ConfbridgeLock') locked = 'Yes';
      return action === 'ConfbridgeListRooms' ? reply('Success', '', [roomRow('roomx7', `Parties: 1\r\nLocked: ${locked}`)]) : reply('Success', 'Conference locked');
    };
    await bridge.lock('roomx7', true);
    await assert.rejects(turnThrough(clock, bridge.lock('roomx7', false)), (error: TheirError) => error.fault === 'refused');
    answer = () => none;
    await assert.rejects(bridge.lock('roomx7', true), (error: TheirError) => error.fault === 'gone');
  });

  it('closes a room that is not there without a word to anybody', async () => {
    await bridge.close('roomx7');
    assert.deepEqual(called, ['ConfbridgeListRooms']);
  });

  it('closes a room: kicks all once and waits until they have heard it', async () => {
    const goneAt = clock.now() + 2_400;
    answer = (action) => {
      if (action === 'ConfbridgeKick') return reply('Success', 'All participants kicked');
      return clock.now() < goneAt ? reply('Success', '', [roomRow('roomx7', 'Parties: 2\r\nLocked: No')]) : none;
    };
    await turnThrough(clock, bridge.close('roomx7'));
    assert.deepEqual(called.filter((line) => !line.startsWith('ConfbridgeList')), ['ConfbridgeKick roomx7 all']);
    assert.ok(clock.now() >= goneAt);
  });

  it('hangs up who is still there after the kick, but nothing that Asterisk would take for a pattern', async () => {
    const inside = ['PJSIP/1001-00000001', '/.*/', 'PJSIP/1002-00000002'];
    answer = (action, { Channel }) => {
      if (action === 'Hangup') inside.splice(inside.indexOf(Channel ?? ''), 1);
      if (action === 'Hangup' || action === 'ConfbridgeKick') return reply('Error', 'No Channel by that name found in Conference.');
      if (inside.length === 1) return none;
      return reply('Success', '', action === 'ConfbridgeList' ? inside.map((each) => memberRow(each)) : [roomRow('roomx7')]);
    };
    await turnThrough(clock, bridge.close('roomx7'));
    assert.deepEqual(called.filter((line) => !line.startsWith('ConfbridgeList')), ['ConfbridgeKick roomx7 all', 'Hangup PJSIP/1001-00000001 16', 'Hangup PJSIP/1002-00000002 16']);
  });

  it('does not call a room closed that is still there at the end of its patience', async () => {
    answer = (action) => reply('Success', '', action === 'ConfbridgeListRooms' ? [roomRow('roomx7')] : []);
    await assert.rejects(turnThrough(clock, bridge.close('roomx7')), (error: TheirError) => error.fault === 'no-answer' && /still in the room/.test(error.message));
  });

  it('waits for those whom we let in and whom the list does not show yet, and kicks them when it does', async () => {
    const leave = doorkeeper.enter('roomx7');
    assert.ok(leave);
    let isIn = false;
    answer = (action) => {
      if (action === 'ConfbridgeKick') {
        isIn = false;
        leave();
        return reply('Success', 'All participants kicked');
      }
      return isIn ? reply('Success', '', [roomRow('roomx7')]) : none;
    };
    const closing = bridge.close('roomx7');
    await turnUntil(clock, 'some looks', () => called.length > 3);
    isIn = true;
    await turnThrough(clock, closing);
    assert.ok(called.includes('ConfbridgeKick roomx7 all'));
    assert.equal(doorkeeper.enter('roomx7'), null);
    await bridge.ensure(room);
    assert.ok(doorkeeper.enter('roomx7'));
  });

  it('asks for nothing with a room name that is none', async () => {
    for (const name of ['', 'A', 'a b', 'a\r\n\r\nAction: DBPut', 'a,b']) {
      await assert.rejects(bridge.close(name), OurError);
      await assert.rejects(bridge.ensure({ ...room, room: name }), OurError);
      await assert.rejects(bridge.participants(name), OurError);
      await assert.rejects(bridge.mute(name, 'c', true), OurError);
      await assert.rejects(bridge.kick(name, 'c'), OurError);
      await assert.rejects(bridge.lock(name, true), OurError);
    }
    assert.deepEqual(called, []);
  });

  it('notices that events are hidden from it: a live room of which none ever spoke', async () => {
    answer = () => reply('Success', '', [roomRow('old')]);
    await bridge.liveRooms();
    clock.advance(60_000);
    await bridge.liveRooms();
    assert.equal(silenceGap(), null, 'a room of before the connection proves nothing');
    answer = () => reply('Success', '', [roomRow('old'), roomRow('roomx7')]);
    await bridge.liveRooms();
    assert.equal(silenceGap(), null, 'its event may be on the way');
    clock.advance(5_000);
    await bridge.liveRooms();
    assert.match(silenceGap()?.remedy ?? '', /add "call" to "read ="/);
    hear(packet('Event: ConfbridgeJoin\r\nConference: roomx7\r\nChannel: c'));
    assert.equal(silenceGap(), null);
  });
});
