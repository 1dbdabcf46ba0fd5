import { OurError, TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BridgeCapabilities, BridgeEvent, BridgeParticipant, BridgeRoom, ConferenceBridge } from '../../ports/conference-bridge.ts';

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
  /** What was asked for and done, in order: "ensure room", "close room". */
  readonly done: readonly string[];
}

const capabilities: BridgeCapabilities = {
  preCreate: false,
  dialIn: true,
  participants: true,
  events: true,
  mute: true,
  kick: true,
  lock: true,
  record: false,
  dialOut: false,
};

interface Room { isLocked: boolean; members: Map<string, BridgeParticipant> }

/** Makes an empty bridge. `dialIn`: numbers to show, ISO country and E.164. */
export function createMemoryBridge({ instance, clock, dialIn = [] }: { instance: string; clock: Clock; dialIn?: readonly { country: string; number: string }[] }): MemoryBridge {
  const rooms = new Map<string, Room>();
  const watchers = new Set<(event: BridgeEvent) => void>();
  const done: string[] = [];
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
      member.isMuted = muted;
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
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };

  return {
    port,
    done,
    enter(name, person) {
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
