import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { Hub } from './hub.ts';
import type { Rooms } from './rooms.ts';

/** Between two looks. */
const lookEveryMs = 250;

/** Those who were kicked stay in the list until they have heard so (2.4 s by trial); kicking them again meanwhile is an error, so not much sooner. */
const kickEveryMs = 3_000;

/**
 * Everybody out, and waits until the room is gone and nobody whom we let in is still on the way. Safe to repeat; a room that is not there counts as closed.
 * Throws TheirError 'no-answer' when somebody is still in at `closeMs`.
 */
export async function closeRoom({ instance, clock, hub, rooms, doorkeeper, closeMs }: {
  instance: string;
  clock: Clock;
  hub: Hub;
  rooms: Rooms;
  doorkeeper: Doorkeeper;
  closeMs: number;
}, room: string): Promise<void> {
  doorkeeper.close(room);
  const end = clock.now() + closeMs;
  let nextKick = clock.now();
  for (;;) {
    const found = await rooms.find(room);
    if (!found && doorkeeper.inside(room) === 0) return;
    if (found && clock.now() >= nextKick) {
      // Whatever it answers: the next look is what counts.
      await hub.call('ConfbridgeKick', { Conference: room, Channel: 'all' });
      nextKick = clock.now() + kickEveryMs;
    }
    if (clock.now() >= end) throw new TheirError(instance, 'no-answer', `a room is still not empty after ${closeMs} ms`);
    await clock.sleep(lookEveryMs);
  }
}
