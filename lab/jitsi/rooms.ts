import { randomBytes } from 'node:crypto';
import type { LabClock } from '../clock.ts';
import type { TokenUser } from './tokens.ts';

/** Somebody in a room or in its lobby. */
export interface Occupant {
  /** Eight hexadecimal digits, as Jitsi names its endpoints. */
  endpoint: string;
  name: string;
  isModerator: boolean;
}

export interface Room {
  name: string;
  /** Unix time, seconds, when it was made. */
  createdAt: number;
  occupants: Occupant[];
  /** Those who wait to be let in. The lobby is on from the start (jitsi-contrib's lobby_autostart). */
  lobby: Occupant[];
}

export interface Rooms {
  list(): Room[];
  find(name: string): Room | undefined;
  /** Puts somebody into the room, or into its lobby; makes the room when there is none. */
  enter(name: string, user: TokenUser): { endpoint: string; where: 'in' | 'lobby' };
  /** A moderator lets somebody in. */
  admit(name: string, by: string, endpoint: string): boolean;
  /** Gone, from room or lobby. A room ends with its last occupant. */
  leave(name: string, endpoint: string): void;
  destroy(name: string): void;
  /** kill -9: everything is forgotten and nobody is told. */
  crash(): void;
  where(name: string, endpoint: string): 'in' | 'lobby' | 'out';
}

export function createRooms({ clock, destroyed, changed }: { clock: LabClock; destroyed: (room: Room) => void; changed: () => void }): Rooms {
  const rooms = new Map<string, Room>();

  function destroy(name: string): void {
    const room = rooms.get(name);
    if (!room) return;
    rooms.delete(name);
    destroyed(room);
    changed();
  }

  function where(name: string, endpoint: string): 'in' | 'lobby' | 'out' {
    const room = rooms.get(name);
    if (room?.occupants.some((each) => each.endpoint === endpoint)) return 'in';
    return room?.lobby.some((each) => each.endpoint === endpoint) ? 'lobby' : 'out';
  }

  return {
    list: () => [...rooms.values()],
    find: (name) => rooms.get(name),
    where,
    enter(name, user) {
      const room = rooms.get(name) ?? { name, createdAt: Math.floor(clock.now() / 1000), occupants: [], lobby: [] };
      rooms.set(name, room);
      const occupant = { endpoint: randomBytes(4).toString('hex'), name: user.name, isModerator: user.isModerator };
      const place = user.bypassesLobby ? 'in' : 'lobby';
      (place === 'in' ? room.occupants : room.lobby).push(occupant);
      changed();
      return { endpoint: occupant.endpoint, where: place };
    },
    admit(name, by, endpoint) {
      const room = rooms.get(name);
      const guest = room?.lobby.find((each) => each.endpoint === endpoint);
      if (!room || !guest || !room.occupants.some((each) => each.endpoint === by && each.isModerator)) return false;
      room.lobby = room.lobby.filter((each) => each !== guest);
      room.occupants.push(guest);
      changed();
      return true;
    },
    leave(name, endpoint) {
      const room = rooms.get(name);
      if (!room) return;
      room.occupants = room.occupants.filter((each) => each.endpoint !== endpoint);
      room.lobby = room.lobby.filter((each) => each.endpoint !== endpoint);
      if (room.occupants.length === 0 && room.lobby.length === 0) destroy(name);
      else changed();
    },
    destroy,
    crash() {
      rooms.clear();
      changed();
    },
  };
}
