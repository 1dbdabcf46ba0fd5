/**
 * How far two sides are apart, by connector: the age of the oldest change that we know of and could not bring over yet. Kept in memory of the process that
 * does the work; a restart begins anew with the first look.
 */
export interface LagKeeper {
  /** This thing waits for the connector since then (epoch ms); the first instant counts. */
  waits(connector: string, key: string, since: number): void;
  /** It does not wait any more. */
  settled(connector: string, key: string): void;
  /** Seconds and number of what waits, by connector. */
  read(now: number): { connector: string; lagSeconds: number; waiting: number }[];
}

export function createLagKeeper(): LagKeeper {
  const waiting = new Map<string, Map<string, number>>();

  return {
    waits(connector, key, since) {
      const known = waiting.get(connector) ?? new Map<string, number>();
      waiting.set(connector, known);
      if (!known.has(key)) known.set(key, since);
    },
    settled: (connector, key) => void waiting.get(connector)?.delete(key),
    read: (now) => [...waiting].map(([connector, since]) => ({
      connector, waiting: since.size, lagSeconds: since.size === 0 ? 0 : Math.max(0, now - Math.min(...since.values())) / 1000,
    })),
  };
}
