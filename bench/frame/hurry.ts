import type { TurnableClock } from '../../lab/clock.ts';

/** How often it is asked whether the process waits, and how far the clock goes on then, ms: at most six times as fast as the machine. */
const [lookEveryMs, stepMs] = [5, 25];

/**
 * Lets a clock that runs with the machine run faster while the process has little to do, until the returned function is called. What waits for the database or a socket
 * meanwhile seems up to six times as slow, so what is measured on this clock is an upper bound.
 */
export function hurry(clock: TurnableClock): () => void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization < 0.5) clock.advance(stepMs);
  }, lookEveryMs);
  return () => clearInterval(timer);
}
