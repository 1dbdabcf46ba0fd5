import type { Clock } from '../ports/clock.ts';
import { abortReason } from './abort.ts';

export interface Semaphore {
  /**
   * Resolves with a release function when there is room; null when none came within `longestMs`. Rejects with the signal's reason. First come, first served: whoever wants
   * several places (default 1; at most all) is not overtaken by others who want fewer.
   */
  enter(longestMs: number, signal?: AbortSignal, wanted?: number): Promise<(() => void) | null>;
}

/** Lets at most `places` in at a time. */
export function semaphore(clock: Clock, places: number): Semaphore {
  let inside = 0;
  const queue: { wants: number; called: () => void }[] = [];

  function admit(wants: number): () => void {
    inside += wants;
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      inside -= wants;
      callNext();
    };
  }

  function callNext(): void {
    for (let [next] = queue; next && inside + next.wants <= places; [next] = queue) next.called();
  }

  function enter(longestMs: number, signal?: AbortSignal, wanted = 1): Promise<(() => void) | null> {
    const wants = Math.min(wanted, places);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortReason(signal));
      if (inside + wants <= places && queue.length === 0) return resolve(admit(wants));
      const cancel = clock.at(clock.now() + longestMs, () => leaveQueue(() => resolve(null)));
      const waiting = { wants, called: (): void => leaveQueue(() => resolve(admit(wants))) };
      function stopped(): void {
        leaveQueue(() => reject(abortReason(signal)));
      }
      function leaveQueue(settle: () => void): void {
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
        cancel();
        signal?.removeEventListener('abort', stopped);
        settle();
        // One that wanted many may have stood before others for whom there is room.
        if (place === 0) callNext();
      }
      signal?.addEventListener('abort', stopped, { once: true });
      queue.push(waiting);
    });
  }

  return { enter };
}
