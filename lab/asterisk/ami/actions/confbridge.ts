import { channelHeaders } from '../../calls/channel.ts';
import { putOut } from '../../confbridge/join.ts';
import type { Member, Room } from '../../confbridge/rooms.ts';
import type { Exchange } from '../../exchange.ts';
import { yesNo } from '../packet.ts';
import type { Action, ActionFamily, Reply } from '../action.ts';
import type { Request } from '../request.ts';

const unknownChannel = 'No Channel by that name found in Conference.';

/** The room that the request names; null after the fitting error has gone out. At rest that is an error too: "No active conferences." (tried). */
function roomOf({ rooms }: Exchange, request: Request, reply: Reply): Room | null {
  const problem = rooms.list().length === 0 ? 'No active conferences.' : rooms.find(request.header('Conference')) ? null : 'No Conference by that name found.';
  if (problem) reply.error(problem);
  return problem ? null : (rooms.find(request.header('Conference')) ?? null);
}

/** `all`, `participants` (all but admins), or null for one channel's name. */
function groupOf(channel: string): ((member: Member) => boolean) | null {
  const wanted = channel.toLowerCase();
  return wanted === 'all' ? () => true : wanted === 'participants' ? (member) => !member.options.admin : null;
}

/** Kick wants the whole name, in any case. */
function toKick(room: Room, channel: string): Member[] {
  const there = room.members.filter((member) => !member.kicked);
  return there.filter(groupOf(channel) ?? ((member) => member.channel.name.toLowerCase() === channel.toLowerCase()));
}

/** Mute takes the first member whose channel's name begins like that: `PJSIP/20` mutes somebody, perhaps not the one that was meant (app_confbridge.c). */
function toMute(room: Room, channel: string): Member[] {
  const group = groupOf(channel);
  if (group) return room.members.filter(group);
  return room.members.filter((member) => member.channel.name.toLowerCase().startsWith(channel.toLowerCase())).slice(0, 1);
}

function listRow(room: Room, member: Member, now: number): readonly (readonly [string, string | number])[] {
  const { options, channel } = member;
  return [
    ['Conference', room.name], ['Admin', yesNo(options.admin)], ['MarkedUser', yesNo(options.marked)], ['WaitMarked', yesNo(options.waitMarked)],
    ['EndMarked', yesNo(options.endMarked)], ['EndMarkedAny', 'No'], ['Waiting', yesNo(member.waiting)], ['Muted', yesNo(member.muted)], ['Talking', 'No'],
    ['AnsweredTime', Math.floor((now - (channel.answeredAt ?? now)) / 1000)], ...channelHeaders(channel),
  ];
}

function muting(name: string, synopsis: string, muted: boolean): Action {
  return {
    name, synopsis, classes: ['call'], fromModule: true,
    run(exchange, request, reply) {
      if (request.header('Conference') === '') return reply.error('No Conference name provided.');
      if (request.header('Channel') === '') return reply.error('No channel name provided.');
      const room = roomOf(exchange, request, reply);
      if (!room) return;
      const meant = toMute(room, request.header('Channel'));
      if (meant.length === 0) return reply.error(unknownChannel);
      reply.ack(muted ? 'User muted' : 'User unmuted');
      for (const member of meant) {
        member.muted = muted;
        exchange.rooms.publish(room, muted ? 'ConfbridgeMute' : 'ConfbridgeUnmute', member);
      }
    },
  };
}

/** Fires no event (tried): whoever wants to know reads `Locked` in ConfbridgeListRooms. */
function locking(name: string, synopsis: string, locked: boolean): Action {
  return {
    name, synopsis, classes: ['call'], fromModule: true,
    run(exchange, request, reply) {
      if (request.header('Conference') === '') return reply.error('No Conference name provided.');
      const room = roomOf(exchange, request, reply);
      if (!room) return;
      room.locked = locked;
      exchange.bus.changed();
      reply.ack(locked ? 'Conference locked' : 'Conference unlocked');
    },
  };
}

export const confbridgeActions: ActionFamily = [
  {
    name: 'ConfbridgeKick', synopsis: 'Kick a Confbridge user.', classes: ['call'], fromModule: true,
    run(exchange, request, reply) {
      if (request.header('Conference') === '') return reply.error('No Conference name provided.');
      const room = roomOf(exchange, request, reply);
      if (!room) return;
      const channel = request.header('Channel');
      const meant = toKick(room, channel);
      if (meant.length === 0) return reply.error(unknownChannel);
      reply.ack(channel === 'all' ? 'All participants kicked' : 'User kicked');
      for (const member of meant) putOut(exchange.variables, member, 'KICKED');
    },
  },
  {
    name: 'ConfbridgeList', synopsis: 'List participants in a conference.', classes: ['reporting'], fromModule: true,
    run(exchange, request, reply) {
      if (request.header('Conference') === '') return reply.error('No Conference name provided.');
      const room = roomOf(exchange, request, reply);
      if (!room) return;
      const rows = room.members.map((member) => listRow(room, member, exchange.clock.now()));
      reply.list({ message: 'Confbridge user list will follow', event: 'ConfbridgeList', rows, complete: 'ConfbridgeListComplete' });
    },
  },
  {
    name: 'ConfbridgeListRooms', synopsis: 'List active conferences.', classes: ['reporting'], fromModule: true,
    run({ rooms }, _, reply) {
      if (rooms.list().length === 0) return reply.error('No active conferences.');
      const rows = rooms.list().map((room) => [
        ['Conference', room.name], ['Parties', room.members.length], ['Marked', room.members.filter(({ options }) => options.marked).length],
        ['Locked', yesNo(room.locked)], ['Muted', yesNo(room.muted)],
      ] as const);
      reply.list({ message: 'Confbridge conferences will follow', event: 'ConfbridgeListRooms', rows, complete: 'ConfbridgeListRoomsComplete' });
    },
  },
  locking('ConfbridgeLock', 'Lock a Confbridge conference.', true),
  muting('ConfbridgeMute', 'Mute a Confbridge user.', true),
  locking('ConfbridgeUnlock', 'Unlock a Confbridge conference.', false),
  muting('ConfbridgeUnmute', 'Unmute a Confbridge user.', false),
];
