import type { ParticipantRow, RoomRow } from './schema.ts';
import { readParticipant, readRoom } from './schema.ts';
import { TheirError } from '../../domain/errors.ts';
import type { Hub } from './hub.ts';
import type { AmiPacket } from './client/ami/packet.ts';
import type { AmiReply } from './client/ami/reply.ts';

/** Fresh lists of ConfBridge. At rest Asterisk answers with an error that means "empty". */
export interface Rooms {
  list(): Promise<RoomRow[]>;
  /** Null when nobody is in such a room. */
  find(room: string): Promise<RoomRow | null>;
  participants(room: string): Promise<ParticipantRow[]>;
}

/** Errors that only say that there is nothing (by trial and apps/app_confbridge.c). */
const nothingThere = new Set(['No active conferences.', 'No Conference by that name found.']);

/** True when the answer says that the room is not there. */
export function saysNotThere(reply: AmiReply): boolean {
  return !reply.isSuccess && nothingThere.has(reply.message);
}

export function createRooms(hub: Hub, instance: string): Rooms {
  async function rows<T>(action: string, fields: Record<string, string>, read: (packet: AmiPacket) => T | null): Promise<T[]> {
    const reply = await hub.call(action, fields);
    if (saysNotThere(reply)) return [];
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `${action} failed: ${reply.message}`);
    return reply.rows.map((row) => {
      const value = read(row);
      if (value === null) throw new TheirError(instance, 'unreadable', `a row of ${action} lacks what it must have`);
      return value;
    });
  }

  function list(): Promise<RoomRow[]> {
    return rows('ConfbridgeListRooms', {}, readRoom);
  }

  return {
    list,
    async find(room) {
      return (await list()).find((each) => each.conference === room) ?? null;
    },
    participants: (room) => rows('ConfbridgeList', { Conference: room }, readParticipant),
  };
}
