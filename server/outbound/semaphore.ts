import type { Clock } from '../ports/clock.ts';
import { abortReason } from './abort.ts';

export interface Semaphore {
  /** Resolves with a release function when there is room; null when none came within `longestMs`. Rejects with the signal's reason. First come, first served. */
  enter(longestMs: number, signal?: AbortSignal): Promise<(() => void) | null>;
}

/** Lets at most `places` in at a time. */
export function semaphore(clock: Clock, places: number): Semaphore {
  let inside = 0;
  const queue: (() => void)[] = [];

  function admit(): () => void {
    inside++;
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      inside--;
      queue.shift()?.();
    };
  }

  function enter(longestMs: number, signal?: AbortSignal): Promise<(() => void) | null> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortReason(signal));
      if (inside < places && queue.length === 0) return resolve(admit());
      const cancel = clock.at(clock.now() + longestMs, () => leaveQueue(() => resolve(null)));
      function called(): void {
        leaveQueue(() => resolve(admit()));
      }
      function stopped(): void {
        leaveQueue(() => reject(abortReason(signal)));
      }
      function leaveQueue(settle: () => void): void {
        const place = queue.indexOf(called);
        if (place >= 0) queue.splice(place, 1);
        cancel();
        signal?.removeEventListener('abort', stopped);
        settle();
      }
      signal?.addEventListener('abort', stopped, { once: true });
      queue.push(called);
    });
  }

  return { enter };
}
