import { randomUUID } from 'node:crypto';

import { type Header, yesNo } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { type Channel, channelHeaders } from '../calls/channel.ts';
import type { DeviceStates } from '../states/device-states.ts';
import type { MemberOptions, RoomOptions } from './profile.ts';

/** Somebody in a room, or on the way in or out. */
export interface Member {
  readonly channel: Channel;
  readonly options: MemberOptions;
  muted: boolean;
  /** In the mix, or held back until a marked member comes. */
  waiting: boolean;
  /** ConfbridgeJoin went out. Before that, prompts are played. */
  joined: boolean;
  /** Kicked: still counts in Parties, cannot be kicked again (tried). */
  kicked: boolean;
  /** Ends the member's stay. */
  leave: () => void;
}

/** A conference that somebody is in. */
export interface Room {
  readonly name: string;
  readonly bridgeId: string;
  readonly options: RoomOptions;
  readonly startedAt: number;
  locked: boolean;
  muted: boolean;
  members: Member[];
}

export interface Rooms {
  list(): Room[];
  find(name: string): Room | undefined;
  /** Makes the room and says ConfbridgeStart. */
  start(name: string, options: RoomOptions, now: number): Room;
  /** Says ConfbridgeEnd and forgets the room, if nobody is left. */
  endIfEmpty(room: Room): void;
  /** Tells one of ConfbridgeJoin, Leave, Mute, Unmute about a member. */
  publish(room: Room, event: string, member: Member, more?: readonly Header[]): void;
  publishBridge(room: Room, event: 'BridgeEnter' | 'BridgeLeave', channel: Channel): void;
  crash(): void;
}

/** Members plus the announcer, which is why BridgeNumChannels is one more than people think (tried). */
function bridgeHeaders(room: Room): Header[] {
  const inMix = room.members.filter((each) => each.joined).length;
  return [
    ['BridgeUniqueid', room.bridgeId], ['BridgeType', 'base'], ['BridgeTechnology', 'softmix'], ['BridgeCreator', 'ConfBridge'], ['BridgeName', room.name],
    ['BridgeNumChannels', inMix + 1], ['BridgeVideoSourceMode', 'none'],
  ];
}

export function createRooms(bus: Bus, devices: DeviceStates): Rooms {
  let rooms: Room[] = [];

  return {
    list: () => [...rooms],
    find: (name) => rooms.find((each) => each.name === name),
    start(name, options, now) {
      const room: Room = { name, bridgeId: randomUUID(), options, startedAt: now, locked: false, muted: false, members: [] };
      rooms.push(room);
      bus.publish(['call'], 'BridgeCreate', bridgeHeaders(room));
      bus.publish(['call'], 'ConfbridgeStart', [['Conference', name], ...bridgeHeaders(room)]);
      devices.set(`confbridge:${name}`, 'INUSE');
      return room;
    },
    endIfEmpty(room) {
      if (room.members.length > 0 || !rooms.includes(room)) return;
      rooms = rooms.filter((each) => each !== room);
      devices.set(`confbridge:${room.name}`, 'NOT_INUSE');
      bus.publish(['call'], 'ConfbridgeEnd', [['Conference', room.name], ...bridgeHeaders(room)]);
      bus.publish(['call'], 'BridgeDestroy', bridgeHeaders(room));
    },
    publish(room, event, member, more = []) {
      const headers: Header[] = [['Conference', room.name], ...bridgeHeaders(room), ...channelHeaders(member.channel), ['Admin', yesNo(member.options.admin)], ...more];
      bus.publish(['call'], event, headers);
    },
    publishBridge(room, event, channel) {
      bus.publish(['call'], event, [...bridgeHeaders(room), ...channelHeaders(channel)]);
    },
    crash() {
      rooms = [];
      bus.changed();
    },
  };
}
