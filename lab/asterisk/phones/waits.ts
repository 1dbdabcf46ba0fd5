import type { Bus } from '../bus.ts';

export interface Waits {
  /** Resolves with the first value that is not undefined, looked at now and after every change. Rejects with the signal's reason. */
  until<T>(look: () => T | undefined, signal?: AbortSignal): Promise<T>;
}

/** Lets tests and the lab page await a condition instead of a time. */
export function createWaits(bus: Bus): Waits {
  return {
    until(look, signal) {
      return new Promise((resolve, reject) => {
        const stop = bus.onChange(settle);
        signal?.addEventListener('abort', aborted, { once: true });
        function aborted(): void {
          stop();
          reject(signal?.reason);
        }
        function settle(): void {
          const value = look();
          if (value === undefined) return;
          stop();
          signal?.removeEventListener('abort', aborted);
          resolve(value);
        }
        if (signal?.aborted) aborted();
        else settle();
      });
    },
  };
}
