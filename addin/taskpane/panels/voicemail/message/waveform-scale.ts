/** Bars that 260 px have room for, each with as much air beside it. */
export const BARS = 64;
/** A silent second is seen, too. */
const LEAST = 0.06;

/** The loudest of each group, as loud as the loudest of all is high. */
export function barsOf(peaks: readonly number[]): number[] {
  const top = Math.max(...peaks, 0.01);
  return Array.from({ length: BARS }, (_bar, index) => {
    const [from, to] = [Math.floor((index * peaks.length) / BARS), Math.max(Math.floor(((index + 1) * peaks.length) / BARS), Math.floor((index * peaks.length) / BARS) + 1)];
    return Math.max(LEAST, Math.max(0, ...peaks.slice(from, to)) / top);
  });
}

/** Where a key leads, seconds; undefined for keys that mean nothing here (ux.md section 8: 1 s, Page keys 10 s, Home, End). */
export function keyStep(key: string, at: number, duration: number): number | undefined {
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + 10, PageDown: at - 10, Home: 0, End: duration };
  const next = steps[key];
  return next === undefined ? undefined : Math.min(duration, Math.max(0, next));
}
