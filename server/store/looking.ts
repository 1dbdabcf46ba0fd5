import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from './connect.ts';

/** Hints can be lost; then work is found at the latest after this. */
export const longestWaitMs = 30_000;
/** After a failure of the database itself. */
export const databaseRetryMs = 2_000;

export interface LookingOptions {
  store: Pick<Store, 'onWork'>;
  clock: Clock;
  log: Log;
  /** Starts what is due and fits. Answers when to look again (epoch ms), or `at once`. */
  takeDue: () => Promise<number | 'at once'>;
}

/** Looks for due work: when asked, when a hint says so, and at the instant that the last look named. One look at a time. */
export interface Looking {
  start(): void;
  look(): void;
  readonly isStopped: boolean;
  /** Looks no more; resolves when the look that was under way is over. */
  stop(): Promise<void>;
}

function nothing(): void {}

export function createLooking({ store, clock, log, takeDue }: LookingOptions): Looking {
  let stopped = true;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let cancelTimer = nothing;
  let forgetHints = nothing;

  /** Now, or right after the look that is under way. */
  function look(): void {
    if (stopped) return;
    lookAgain = true;
    looking ??= lookOnce().finally(() => {
      looking = undefined;
      if (lookAgain) look();
    });
  }

  async function lookOnce(): Promise<void> {
    lookAgain = false;
    cancelTimer();
    const next = await takeDue().catch((error: unknown) => {
      log.warn({ err: String(error) }, 'the work table cannot be read; trying again');
      return clock.now() + databaseRetryMs;
    });
    if (next === 'at once') lookAgain = true;
    else if (!stopped) cancelTimer = clock.at(next, look);
  }

  return {
    look,
    get isStopped() {
      return stopped;
    },
    start() {
      stopped = false;
      forgetHints = store.onWork((dueAt) => {
        if (dueAt === null || dueAt <= clock.now() + longestWaitMs) look();
      });
      look();
    },
    async stop() {
      stopped = true;
      forgetHints();
      cancelTimer();
      await looking;
    },
  };
}
