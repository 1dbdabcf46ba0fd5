/** Counts requests in a sliding window, in slices of a hundredth of it, so that a long window costs little memory. */
export interface WindowLimit {
  /** Counts one more; false when the limit is over. Refused ones count, too, as Graph does it. */
  take(key: string): boolean;
  /** Milliseconds until the oldest slice of `key` falls out of the window. */
  waitMs(key: string): number;
}

const slices = 100;

/** At most `limit` requests per key in `windowMs` of the clock. */
export function createWindowLimit(limit: number, windowMs: number, now: () => number): WindowLimit {
  const counts = new Map<string, Map<number, number>>();
  const sliceMs = windowMs / slices;

  function living(key: string): Map<number, number> {
    const known = counts.get(key) ?? new Map<number, number>();
    counts.set(key, known);
    const first = Math.floor((now() - windowMs) / sliceMs) + 1;
    for (const slice of known.keys()) if (slice < first) known.delete(slice);
    return known;
  }

  return {
    take(key) {
      const known = living(key);
      const slice = Math.floor(now() / sliceMs);
      known.set(slice, (known.get(slice) ?? 0) + 1);
      let sum = 0;
      for (const count of known.values()) sum += count;
      return sum <= limit;
    },
    waitMs(key) {
      const oldest = Math.min(...living(key).keys());
      return Number.isFinite(oldest) ? Math.max(0, (oldest + 1) * sliceMs + windowMs - now()) : 0;
    },
  };
}
