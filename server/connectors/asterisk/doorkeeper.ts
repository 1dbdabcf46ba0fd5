import type { Clock } from '../../ports/clock.ts';

/**
 * Remembers which callers are on their way into which room, because the bridge does not: a room shows up seconds after its first caller was let in
 * (3 s of prompts, by trial). Without it, somebody admitted just before a cancellation would come in just after the room was emptied.
 */
export interface Doorkeeper {
  /** A caller is about to enter. Null when the room is being closed or was just closed: do not let in. Call the function when they have left. */
  enter(room: string): (() => void) | null;
  /** Callers between our verdict and their leaving. */
  inside(room: string): number;
  /** From now on nobody enters. */
  close(room: string): void;
  /** The conference is on again. */
  open(room: string): void;
}

/** A verdict that was asked for before a cancellation cannot be older than this: the deadline of a decision is at most a minute (config.ts). */
const closedForMs = 60_000;

export function createDoorkeeper(clock: Clock): Doorkeeper {
  const inside = new Map<string, number>();
  const closedUntil = new Map<string, number>();

  function forgetOld(): void {
    for (const [room, until] of closedUntil) if (until <= clock.now()) closedUntil.delete(room);
  }

  return {
    enter(room) {
      forgetOld();
      if (closedUntil.has(room)) return null;
      inside.set(room, (inside.get(room) ?? 0) + 1);
      let isOut = false;
      return () => {
        if (isOut) return;
        isOut = true;
        const left = (inside.get(room) ?? 1) - 1;
        if (left > 0) inside.set(room, left);
        else inside.delete(room);
      };
    },
    inside: (room) => inside.get(room) ?? 0,
    close(room) {
      forgetOld();
      closedUntil.set(room, clock.now() + closedForMs);
    },
    open: (room) => void closedUntil.delete(room),
  };
}
