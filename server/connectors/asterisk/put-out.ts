import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { Hub } from './hub.ts';
import type { Rooms } from './rooms.ts';
import type { ParticipantRow } from './schema.ts';

/** How people leave a room against their will. */
export interface PutOut {
  /** Everybody out; ends when the room is gone and nobody whom we let in is still on the way. A room that is not there is left alone. */
  all(room: string): Promise<void>;
  /** One leg out; a leg that is not there is left alone. */
  one(room: string, leg: string): Promise<void>;
}

/** Between two looks. */
const lookEveryMs = 250;

/**
 * After this time those who are still there are hung up. A kick is kinder, they hear that they were removed (2.4 s by trial). But a second kick is an
 * error, and somebody kicked before the prompts on the way in have ended comes in all the same and can never be kicked again: Asterisk marks them and
 * joins them nevertheless (apps/app_confbridge.c, kick_conference_participant and confbridge_exec; read, not tried).
 */
const hangUpAfterMs = 4_000;

/** Between two rounds of hanging up. */
const hangUpEveryMs = 2_000;

/** Throws TheirError 'no-answer' when somebody is still there at `closeMs`. */
export function createPutOut({ instance, clock, hub, rooms, doorkeeper, closeMs }: {
  instance: string;
  clock: Clock;
  hub: Hub;
  rooms: Rooms;
  doorkeeper: Doorkeeper;
  closeMs: number;
}): PutOut {
  async function hangUp(room: string, isMeant: (row: ParticipantRow) => boolean): Promise<void> {
    for (const { channel } of (await rooms.participants(room)).filter(isMeant)) {
      // In slashes Asterisk would take it for a pattern over all calls of the PBX.
      if (!channel.startsWith('/')) await hub.call('Hangup', { Channel: channel, Cause: '16' });
    }
  }

  /** Whatever kicks and hang-ups answer, the next look is what counts. */
  async function work(room: string, kicked: string, isMeant: (row: ParticipantRow) => boolean, isThere: () => Promise<boolean>, isOnTheWay: () => boolean): Promise<void> {
    const end = clock.now() + closeMs;
    let nextHangUp: number | undefined;
    for (;;) {
      const found = await isThere();
      if (!found && !isOnTheWay()) return;
      if (found && nextHangUp === undefined) {
        await hub.call('ConfbridgeKick', { Conference: room, Channel: kicked });
        nextHangUp = clock.now() + hangUpAfterMs;
      } else if (found && nextHangUp !== undefined && clock.now() >= nextHangUp) {
        await hangUp(room, isMeant);
        nextHangUp = clock.now() + hangUpEveryMs;
      }
      if (clock.now() >= end) throw new TheirError(instance, 'no-answer', `somebody is still in the room after ${closeMs} ms`);
      await clock.sleep(lookEveryMs);
    }
  }

  return {
    async all(room) {
      doorkeeper.close(room);
      await work(room, 'all', () => true, async () => (await rooms.find(room)) !== null, () => doorkeeper.inside(room) > 0);
    },
    async one(room, leg) {
      const isMeant = (row: ParticipantRow): boolean => row.channel === leg;
      await work(room, leg, isMeant, async () => (await rooms.participants(room)).some(isMeant), () => false);
    },
  };
}
