/**
 * The lab's one clock. It drives every stand-in and, by messages, the server, so that a newcomer or a test can pause time or jump ahead.
 * The only file of lab/ that may look at the machine's own time.
 */

/** What a clock shows: the distance from the machine's time, or a standstill. Instants and distances in milliseconds, UTC. */
export interface ClockState {
  /** Added to the machine's time while the clock runs. */
  offsetMs: number;
  /** The instant shown while the clock stands still; null while it runs. */
  pausedAt: number | null;
}

/** The shape that stand-ins ask of a clock. */
export interface LabClock {
  /** Now, epoch milliseconds, UTC. */
  now(): number;
  /** Resolves when `ms` of this clock's time have passed; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `fn` once at `instant` (epoch ms, UTC), at once if that has passed. Returns a function that cancels. */
  at(instant: number, fn: () => void): () => void;
}

/** A clock that can be turned. */
export interface TurnableClock extends LabClock {
  readonly state: ClockState;
  pause(): void;
  resume(): void;
  /** Jumps ahead (or back, for the fault "clock set back") by `ms`. Due sleepers wake in order of their instants. */
  advance(ms: number): void;
  /** Jumps to `instant`. */
  set(instant: number): void;
  /** Calls `fn` after every turn with the new state. Returns a function that stops it. */
  onTurn(fn: (state: ClockState) => void): () => void;
  /** Forgets all sleepers and frees the process. */
  stop(): void;
}

interface Sleeper { instant: number; order: number; fn: () => void }

/** Longest wait handed to the machine's timer, which counts in 32 bits. */
const longestTimer = 2 ** 31 - 1;

/**
 * Makes a clock. It runs with the machine's time unless `startAt` (epoch ms, UTC) or `paused` say otherwise.
 */
export function createLabClock({ startAt, paused = false }: { startAt?: number; paused?: boolean } = {}): TurnableClock {
  const state: ClockState = { offsetMs: startAt === undefined ? 0 : startAt - Date.now(), pausedAt: null };
  if (paused) state.pausedAt = startAt ?? Date.now();
  let sleepers: Sleeper[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** The timer is for somebody who is due already. */
  let isDue = false;
  let order = 0;
  const watchers = new Set<(state: ClockState) => void>();

  function now(): number {
    return state.pausedAt ?? Date.now() + state.offsetMs;
  }

  function wakeDue(): void {
    disarm();
    sleepers.sort((a, b) => a.instant - b.instant || a.order - b.order);
    try {
      while (sleepers[0] && sleepers[0].instant <= now()) sleepers.shift()?.fn();
    } finally {
      arm();
    }
  }

  function disarm(): void {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  }

  function arm(): void {
    // Whoever is due wakes, however often the clock is turned meanwhile: a timer that began anew at every turn would never end.
    if (isDue) return;
    disarm();
    const next = sleepers.reduce((least, each) => Math.min(least, each.instant), Infinity);
    if (next === Infinity) return;
    isDue = next <= now();
    if (isDue) timer = setTimeout(wakeDue, 0);
    else if (state.pausedAt === null) timer = setTimeout(wakeDue, Math.min(next - now(), longestTimer));
    timer?.unref();
  }

  function turned(): void {
    for (const watcher of watchers) watcher({ ...state });
    arm();
  }

  function at(instant: number, fn: () => void): () => void {
    const sleeper = { instant, order: order++, fn };
    sleepers.push(sleeper);
    arm();
    return () => {
      sleepers = sleepers.filter((each) => each !== sleeper);
      arm();
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

  function set(instant: number): void {
    if (state.pausedAt === null) state.offsetMs = instant - Date.now();
    else state.pausedAt = instant;
    turned();
  }

  return {
    now,
    sleep,
    at,
    set,
    get state() {
      return { ...state };
    },
    pause() {
      state.pausedAt = now();
      turned();
    },
    resume() {
      if (state.pausedAt === null) return;
      state.offsetMs = state.pausedAt - Date.now();
      state.pausedAt = null;
      turned();
    },
    advance(ms) {
      set(now() + ms);
    },
    onTurn(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    stop() {
      sleepers = [];
      disarm();
    },
  };
}
