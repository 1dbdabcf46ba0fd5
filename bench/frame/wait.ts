import { setTimeout as pause } from 'node:timers/promises';

/** Asks every `everyMs` until the answer is not undefined, and returns it. Throws after `patienceMs`, naming what was waited for. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, { everyMs = 10, patienceMs = 60_000 } = {}): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > giveUpAt) throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
    await pause(everyMs);
  }
}
