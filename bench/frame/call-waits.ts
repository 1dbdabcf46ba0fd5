import type { TurnableClock } from '../../lab/clock.ts';
import type { Clock } from '../../server/ports/clock.ts';

/** A clock that knows who sleeps by it, so that a bench can turn it exactly when everybody waits. */
export interface CallWaits {
  clock: Clock;
  /** When the next sleeper wakes (epoch ms); Infinity when nobody sleeps. */
  next(): number;
  /** Resolves when as many sleep as are at work. */
  untilAllWait(atWork: () => number): Promise<void>;
}

export function callWaits(turned: TurnableClock): CallWaits {
  const sleeping = new Map<object, number>();
  return {
    clock: {
      now: () => turned.now(), at: (instant, fn) => turned.at(instant, fn),
      async sleep(ms, signal) {
        const me = {};
        sleeping.set(me, turned.now() + ms);
        try {
          await turned.sleep(ms, signal);
        } finally {
          sleeping.delete(me);
        }
      },
    },
    next: () => Math.min(Infinity, ...sleeping.values()),
    async untilAllWait(atWork) {
      // Whoever is due already is about to wake.
      while (atWork() > [...sleeping.values()].filter((wakes) => wakes > turned.now()).length) await new Promise(setImmediate);
    },
  };
}
