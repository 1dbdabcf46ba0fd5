import type { LabClock } from '../clock.ts';
import type { Bus } from './bus.ts';

/** Where Asterisk stands between a kill -9 and being itself again. */
export type Phase = 'down' | 'loading' | 'up';

export interface Boot {
  phase(): Phase;
  /** Modules are loaded; until then their actions and functions do not exist, though logging in works (tried). */
  loaded(): boolean;
  /** Epoch ms, UTC. */
  startedAt(): number;
  set(phase: Phase): void;
}

export function createBoot(clock: LabClock, bus: Bus): Boot {
  let phase: Phase = 'up';
  let startedAt = clock.now();
  return {
    phase: () => phase,
    loaded: () => phase === 'up',
    startedAt: () => startedAt,
    set(next) {
      phase = next;
      if (next === 'loading') startedAt = clock.now();
      bus.changed();
    },
  };
}
