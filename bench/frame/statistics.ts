/** The value below which `share` (0 to 1) of the sorted values lie: the nearest rank, so that it is a value that was measured. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** CPU time of this process so far, seconds, user and system: what a loaded machine distorts least. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Runs `fn` and returns what it took. */
export async function measure(fn: () => unknown): Promise<{ wallMs: number; cpuMs: number }> {
  const wall = performance.now();
  const cpu = cpuSeconds();
  await fn();
  return { wallMs: performance.now() - wall, cpuMs: (cpuSeconds() - cpu) * 1000 };
}

/** Four significant digits: more is noise. */
export function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : value;
}
