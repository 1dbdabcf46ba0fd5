import type { Clock } from '../../ports/clock.ts';
import type { Gap } from '../../ports/connector.ts';
import { missingClass } from './remedies.ts';

/**
 * Notices that Asterisk hides its events from us. It never says so: a manager user without read class "call" logs in, gets a Success, and hears nothing.
 * A room that the list has shown for a while, and that no event ever spoke of, is the proof.
 */
export interface SilenceWatch {
  heard(room: string): void;
  /** Rooms that a list shows now. */
  saw(rooms: readonly string[]): void;
  /** Listening began anew: rooms of the next look are older than that, and no event can be expected of them. */
  reset(): void;
  gap(): Gap | null;
}

/** Events come within milliseconds; a flood delayed them 1.1 s by trial. */
const patienceMs = 5_000;

export function createSilenceWatch({ clock, username, onChange }: { clock: Clock; username: string; onChange: () => void }): SilenceWatch {
  const heardOf = new Set<string>();
  const unheardSince = new Map<string, number>();
  let isNew = true;
  let isSilent = false;

  function decide(next: boolean): void {
    if (next === isSilent) return;
    isSilent = next;
    onChange();
  }

  return {
    heard(room) {
      if (heardOf.size > 10_000) heardOf.clear();
      heardOf.add(room);
      unheardSince.clear();
      decide(false);
    },
    saw(rooms) {
      if (isNew) for (const room of rooms) heardOf.add(room);
      isNew = false;
      for (const room of unheardSince.keys()) if (!rooms.includes(room)) unheardSince.delete(room);
      for (const room of rooms) {
        if (heardOf.has(room)) continue;
        const since = unheardSince.get(room) ?? clock.now();
        unheardSince.set(room, since);
        if (clock.now() - since >= patienceMs) decide(true);
      }
    },
    reset() {
      isNew = true;
      heardOf.clear();
      unheardSince.clear();
    },
    gap: () => (isSilent ? missingClass('events', username, 'read', 'call') : null),
  };
}
