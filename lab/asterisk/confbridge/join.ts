import type { LabClock } from '../../clock.ts';
import { yesNo } from '../ami/packet.ts';
import { ended } from '../calls/bridge.ts';
import { type Channel, isAlive } from '../calls/channel.ts';
import type { Media } from '../calls/media.ts';
import type { Variables } from '../calls/variables.ts';
import { type MemberOptions, memberOptions, type Profiles, roomOptions } from './profile.ts';
import type { Member, Room, Rooms } from './rooms.ts';

/** How long the announcements around a conference take, ms. */
export interface ConferenceTimes {
  /** From ConfbridgeStart to the first ConfbridgeJoin: 3000 in the real one, "you are the only person". */
  firstJoinMs: number;
  /** From a kick to the end of "you have been kicked": 2400. */
  kickedMs: number;
}

interface Parts { clock: LabClock; media: Media; rooms: Rooms; variables: Variables; profiles: Profiles; times: ConferenceTimes }

/**
 * ConfBridge(room[,bridge profile[,user profile]]): stays until the caller hangs up, is kicked, or the last marked member leaves.
 * Resolves to the application's result: -1 for a refusal, else 0, even when the caller hung up (tried); why is in CONFBRIDGE_RESULT.
 */
export async function joinConference(parts: Parts, channel: Channel, args: string): Promise<number> {
  const { clock, media, rooms, profiles } = parts;
  const [name = '', bridgeProfile = '', userProfile = ''] = args.split(',').map((each) => each.trim());
  const options = memberOptions(channel, profiles, userProfile);
  const wanted = roomOptions(channel, profiles, bridgeProfile);
  if (name === '' || !options || !wanted) return finish(parts, channel, 'FAILED');

  const existing = rooms.find(name);
  if (existing && !options.admin && (existing.locked || isFull(existing))) {
    await media.play(channel, 'conf-locked');
    return finish(parts, channel, 'FAILED');
  }
  return visit(parts, channel, options, existing ?? rooms.start(name, wanted, clock.now()));
}

function ignore(): void {}

/** From the announcements to the end of the stay. */
async function visit(parts: Parts, channel: Channel, options: MemberOptions, room: Room): Promise<number> {
  const waiting = options.waitMarked && !hasMarked(room);
  const member: Member = { channel, options, muted: options.startMuted || room.muted, waiting, joined: false, kicked: false, leave: ignore };
  const left = new Promise<void>((resolve) => {
    member.leave = resolve;
    void ended(channel).then(resolve);
  });
  room.members.push(member);

  await announce(parts, room, member);
  // Even who was kicked during the announcements comes in now, and no second kick finds them: only a hang-up helps (tried).
  if (isAlive(channel)) enter(parts.rooms, room, member);
  await left;
  await part(parts, room, member);
  if (!member.kicked) return finish(parts, channel, 'HANGUP');
  return isAlive(channel) ? 0 : -1;
}

async function announce({ media, times }: Parts, room: Room, { channel, options, waiting }: Member): Promise<void> {
  if (options.quiet) return;
  const alone = room.members.length === 1 && options.announceOnlyUser;
  if (!waiting && !alone) return;
  const heard = waiting ? { sound: 'conf-waitforleader', words: 'The conference will begin when the leader arrives.' } : { sound: 'conf-onlyperson', words: 'You are currently the only person in this conference.' };
  channel.hear({ kind: 'sound', ...heard });
  await media.digit(channel, times.firstJoinMs, '');
}

function enter(rooms: Rooms, room: Room, member: Member): void {
  member.joined = true;
  member.channel.bridgeId = room.bridgeId;
  if (member.options.marked) wakeWaiting(room);
  rooms.publishBridge(room, 'BridgeEnter', member.channel);
  rooms.publish(room, 'ConfbridgeJoin', member, [['Muted', yesNo(member.muted)]]);
}

async function part(parts: Parts, room: Room, member: Member): Promise<void> {
  const { media, rooms, times } = parts;
  const { channel } = member;
  if (member.joined) {
    rooms.publish(room, 'ConfbridgeLeave', member);
    member.joined = false;
    rooms.publishBridge(room, 'BridgeLeave', channel);
  }
  channel.bridgeId = '';
  if (member.kicked && !member.options.quiet && isAlive(channel)) {
    channel.hear({ kind: 'sound', sound: 'conf-kicked', words: 'You have been kicked from this conference.' });
    await media.digit(channel, times.kickedMs, '');
  }
  room.members = room.members.filter((each) => each !== member);
  if (member.options.marked && !hasMarked(room)) withoutLeader(parts.variables, room);
  rooms.endIfEmpty(room);
}

/** Who waited for a marked member comes into the mix, and in lists after those who were in it (tried). */
function wakeWaiting(room: Room): void {
  const waiting = room.members.filter((each) => each.waiting);
  room.members = [...room.members.filter((each) => !each.waiting), ...waiting];
  for (const each of waiting) each.waiting = false;
}

function isFull(room: Room): boolean {
  const active = room.members.filter((each) => !each.waiting).length;
  return room.options.maxMembers > 0 && active >= room.options.maxMembers;
}

function hasMarked(room: Room): boolean {
  return room.members.some((each) => each.options.marked);
}

/** The last marked member left: who came to wait waits again, who is to end with the leader leaves. */
function withoutLeader(variables: Variables, room: Room): void {
  for (const each of room.members) {
    each.channel.hear({ kind: 'sound', sound: 'conf-leaderhasleft', words: 'The leader has left the conference.' });
    if (each.options.endMarked) putOut(variables, each, 'ENDMARKED');
    else each.waiting = each.options.waitMarked;
  }
}

/** Marks a member as kicked, and ends the stay of one who is in already. `why` goes into CONFBRIDGE_RESULT at once. */
export function putOut(variables: Variables, member: Member, why: 'KICKED' | 'ENDMARKED'): void {
  member.kicked = true;
  variables.set(member.channel, 'CONFBRIDGE_RESULT', why);
  if (member.joined) member.leave();
}

function finish({ variables }: Parts, channel: Channel, why: 'FAILED' | 'HANGUP'): number {
  variables.set(channel, 'CONFBRIDGE_RESULT', why);
  return why === 'FAILED' ? -1 : 0;
}
