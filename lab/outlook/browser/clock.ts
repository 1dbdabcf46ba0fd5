/**
 * Time in the browser. The only file of the lab's pages that looks at the computer's own clock.
 * `now` shows the lab's time, which can stand still or jump; `after` counts what the person in front of the screen waits.
 */
export interface BrowserClock {
  /** The lab's time, epoch ms UTC. */
  now: () => number;
  /** Takes over what the lab's clock says: the distance from the computer's time, or a standstill (epoch ms UTC). */
  follow: (state: { offsetMs: number; pausedAt: number | null }) => void;
  /** Runs `fn` after `ms` of the computer's time. Returns a function that cancels. */
  after: (ms: number, fn: () => void) => () => void;
  /** Resolves after `ms` of the computer's time; without it, when nothing else is due. */
  soon: (ms?: number) => Promise<void>;
}

export function createBrowserClock(): BrowserClock {
  let state: { offsetMs: number; pausedAt: number | null } = { offsetMs: 0, pausedAt: null };
  return {
    now: () => state.pausedAt ?? Date.now() + state.offsetMs,
    follow(next) {
      state = next;
    },
    after(ms, fn) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    soon: (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
