import { TheirError } from '../../domain/errors.ts';

/** How a system behind a port can be rude to whoever asks it. Counts are used up, the rest stands until it is set back. */
export interface MemoryFaults {
  /** Nothing answers. */
  isAway: boolean;
  /** So many writes say "done" and do nothing. */
  pretend: number;
  /** So many writes are done, and the answer is lost. */
  loseAnswers: number;
  /** So many calls are put off. */
  throttle: number;
}

/** The faults in a port's way. */
export interface FaultGate {
  readonly faults: MemoryFaults;
  /** Before every call. Throws TheirError. */
  ask(): void;
  /** Does a write, or only says so, or does it and does not say so. */
  write(effect: () => void): void;
}

/** How long a throttled caller is told to wait, ms. */
export const throttledForMs = 5_000;

export function faultGate(instance: string): FaultGate {
  const faults: MemoryFaults = { isAway: false, pretend: 0, loseAnswers: 0, throttle: 0 };
  return {
    faults,
    ask() {
      if (faults.isAway) throw new TheirError(instance, 'no-answer', 'does not answer');
      if (faults.throttle === 0) return;
      faults.throttle -= 1;
      throw new TheirError(instance, 'throttled', 'is asked too often', { retryAfterMs: throttledForMs });
    },
    write(effect) {
      if (faults.pretend > 0) {
        faults.pretend -= 1;
        return;
      }
      effect();
      if (faults.loseAnswers === 0) return;
      faults.loseAnswers -= 1;
      throw new TheirError(instance, 'no-answer', 'did not answer in time');
    },
  };
}
