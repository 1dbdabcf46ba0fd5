/**
 * Time, as an argument. Nothing else in server/ may look at the machine's clock (a house test forbids it), so that tests, the lab and the bench
 * can turn it. The one file of server/ that does.
 */

/** What the server asks of a clock. */
export interface Clock {
  /** Now, epoch milliseconds, UTC. */
  now(): number;
  /** Resolves when `ms` of this clock's time have passed; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `fn` once at `instant` (epoch ms, UTC), at once if that has passed. Returns a function that cancels. */
  at(instant: number, fn: () => void): () => void;
}

/** How a followed clock differs from the machine's: see lab/clock.ts, which sends it. */
export interface ClockState {
  offsetMs: number;
  pausedAt: number | null;
}

/** A clock that shows the machine's time, or follows another clock by the states it is told. */
export interface FollowingClock extends Clock {
  /** Alarms that are due by it ring soon, in order of their instants, and only once however often it is told. */
  follow(state: ClockState): void;
}

/** Longest wait handed to the machine's timer, which counts in 32 bits. */
const longestTimer = 2 ** 31 - 1;

/** `isDue`: its timer only waits for the present turn of the event loop to end. */
interface Alarm { instant: number; fn: () => void; timer: NodeJS.Timeout | undefined; isDue: boolean }

/**
 * The machine's clock, which keeps its promises when it is told to follow another one. Timers do not keep the process alive
 * unless `keepsAlive` says so: for waits at the start of a process, when nothing else does.
 */
export function systemClock({ keepsAlive = false }: { keepsAlive?: boolean } = {}): FollowingClock {
  let state: ClockState = { offsetMs: 0, pausedAt: null };
  const alarms = new Set<Alarm>();

  function now(): number {
    return state.pausedAt ?? Date.now() + state.offsetMs;
  }

  function arm(alarm: Alarm): void {
    // Whoever is due rings, however often the clock is turned meanwhile: a timer that began anew at every turn would never end.
    if (alarm.isDue) return;
    clearTimeout(alarm.timer);
    const wait = alarm.instant - now();
    alarm.isDue = wait <= 0;
    if (wait > 0 && state.pausedAt !== null) return;
    alarm.timer = setTimeout(() => ring(alarm), Math.max(0, Math.min(wait, longestTimer)));
    if (!keepsAlive) alarm.timer.unref();
  }

  function ring(alarm: Alarm): void {
    alarm.isDue = false;
    if (now() < alarm.instant) return arm(alarm);
    alarms.delete(alarm);
    alarm.fn();
  }

  function at(instant: number, fn: () => void): () => void {
    const alarm: Alarm = { instant, fn, timer: undefined, isDue: false };
    alarms.add(alarm);
    arm(alarm);
    return () => {
      alarms.delete(alarm);
      clearTimeout(alarm.timer);
    };
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const cancel = at(now() + ms, () => {
        signal?.removeEventListener('abort', stopped);
        resolve();
      });
      function stopped(): void {
        cancel();
        reject(signal?.reason as Error);
      }
      signal?.addEventListener('abort', stopped, { once: true });
    });
  }

  return {
    now,
    at,
    sleep,
    follow(next) {
      state = next;
      // In order of their instants, because timers of the same length end in the order in which they began.
      for (const alarm of [...alarms].toSorted((a, b) => a.instant - b.instant)) arm(alarm);
    },
  };
}
