import { OurError, TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BridgeCapabilities, BridgeEvent, BridgeParticipant, BridgeRoom, ConferenceBridge, DialOut } from '../../ports/conference-bridge.ts';

/** Somebody whom Admission let in. */
export interface MemoryPerson {
  name: string;
  number: string;
  isHost: boolean;
}

/** A conference bridge that is nothing but its promises: the reference that every other bridge is held against, and the one that random histories drive. */
export interface MemoryBridge {
  readonly port: ConferenceBridge;
  /** Somebody comes in and gets a leg; null when the room is locked and they are no host. */
  enter(room: string, person: MemoryPerson): string | null;
  /** Somebody hangs up. A leg that is gone is no error. */
  leave(leg: string): void;
  /** Nothing answers and no event arrives; people stay where they are. Coming back tells 'resync'. */
  setAway(isAway: boolean): void;
  /** Everybody is out, nobody is told so; then 'resync'. */
  restart(): void;
  /** The phone of a call rings no more: somebody answers and comes in, or nobody does. Returns the leg; null when there is none. */
  answer(key: string, outcome?: 'answered' | 'no-answer' | 'failed'): string | null;
  /** What was asked for and done, in order: "ensure room", "close room", "end room", "call room number". */
  readonly done: readonly string[];
}

const everything: BridgeCapabilities = {
  preCreate: false,
  dialIn: true,
  participants: true,
  hosts: true,
  events: true,
  mute: true,
  kick: true,
  lock: true,
  end: true,
  record: false,
  dialOut: true,
  joinLinks: true,
};

interface Room { isLocked: boolean; members: Map<string, BridgeParticipant> }

/** Makes an empty bridge. `dialIn`: numbers to show, ISO country and E.164. */
export function createMemoryBridge({ instance, clock, dialIn = [], lacks = {} }: {
  instance: string;
  clock: Clock;
  dialIn?: readonly { country: string; number: string }[];
  /** What this one cannot do. */
  lacks?: Partial<BridgeCapabilities>;
}): MemoryBridge {
  const capabilities: BridgeCapabilities = { ...everything, ...lacks };
  const rooms = new Map<string, Room>();
  const watchers = new Set<(event: BridgeEvent) => void>();
  const done: string[] = [];
  const calls = new Map<string, DialOut>();
  const ringing = new Set<string>();
  let isAway = false;
  let legs = 0;

  function tell(event: BridgeEvent): void {
    if (isAway) return;
    for (const fn of watchers) fn(event);
  }

  function asked(room: string): void {
    if (!/^[a-z0-9]+$/.test(room)) throw new OurError('a room with a strange name');
    mustAnswer();
  }

  function mustAnswer(): void {
    if (isAway) throw new TheirError(instance, 'no-answer', 'does not answer');
  }

  function remove(name: string, leg: string): void {
    const room = rooms.get(name);
    if (!room?.members.delete(leg)) return;
    tell({ type: 'left', room: name, leg, at: clock.now() });
    if (room.members.size > 0) return;
    rooms.delete(name);
    tell({ type: 'ended', room: name, at: clock.now() });
  }

  const port: ConferenceBridge = {
    instance,
    capabilities,
    dialIn,
    async ensure({ room }: BridgeRoom) {
      asked(room);
      done.push(`ensure ${room}`);
    },
    async close(room) {
      asked(room);
      for (const leg of rooms.get(room)?.members.keys() ?? []) remove(room, leg);
      done.push(`close ${room}`);
    },
    async end(room) {
      asked(room);
      for (const leg of rooms.get(room)?.members.keys() ?? []) remove(room, leg);
      done.push(`end ${room}`);
    },
    async occupancy(room) {
      return (await port.participants(room)).length;
    },
    async participants(room) {
      asked(room);
      return [...(rooms.get(room)?.members.values() ?? [])].map((member) => ({ ...member }));
    },
    async liveRooms() {
      mustAnswer();
      return [...rooms.keys()];
    },
    async mute(room, leg, muted) {
      asked(room);
      const member = rooms.get(room)?.members.get(leg);
      if (!member) throw new TheirError(instance, 'gone', 'this participant is no longer in the room');
      if (member.isMuted === muted) return;
      member.isMuted = muted;
      tell({ type: 'changed', room, at: clock.now() });
    },
    async kick(room, leg) {
      asked(room);
      remove(room, leg);
    },
    async lock(room, locked) {
      asked(room);
      const found = rooms.get(room);
      if (!found) throw new TheirError(instance, 'gone', 'nobody is in this room');
      found.isLocked = locked;
    },
    async isLocked(room) {
      asked(room);
      return rooms.get(room)?.isLocked ?? false;
    },
    mayCall: (number) => capabilities.dialOut && /^(\+[1-9]\d{1,14}|\d{2,8})$/.test(number),
    async call(call) {
      asked(call.room);
      if (calls.has(call.key)) return;
      calls.set(call.key, call);
      ringing.add(call.key);
      done.push(`call ${call.room} ${call.number}`);
    },
    async joinLink({ room, role, name, until }) {
      asked(room);
      return `https://memory.invalid/${room}#${new URLSearchParams({ role, name, until: String(until) }).toString()}`;
    },
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };

  function enter(name: string, person: MemoryPerson): string | null {
    const at = clock.now();
    const known = rooms.get(name);
    if (known?.isLocked && !person.isHost) return null;
    const room = known ?? { isLocked: false, members: new Map<string, BridgeParticipant>() };
    const leg = `memory/${++legs}`;
    rooms.set(name, room);
    room.members.set(leg, { leg, ...person, isMuted: false, joinedAt: at });
    if (!known) tell({ type: 'started', room: name, at });
    tell({ type: 'joined', room: name, leg, at });
    return leg;
  }

  return {
    port,
    done,
    enter,
    answer(key, outcome = 'answered') {
      const call = calls.get(key);
      if (!call || !ringing.delete(key)) return null;
      tell({ type: 'called', room: call.room, key, outcome, at: clock.now() });
      return outcome === 'answered' ? enter(call.room, { name: call.name, number: call.number, isHost: call.role === 'host' }) : null;
    },
    leave(leg) {
      for (const [name, room] of rooms) if (room.members.has(leg)) remove(name, leg);
    },
    setAway(away) {
      const wasAway = isAway;
      isAway = away;
      if (wasAway && !away) tell({ type: 'resync', at: clock.now() });
    },
    restart() {
      rooms.clear();
      tell({ type: 'resync', at: clock.now() });
    },
  };
}
