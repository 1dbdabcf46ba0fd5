import type { TurnableClock } from '../../lab/clock.ts';

export interface RunningClock {
  /** Until it holds; meanwhile time runs twenty times as fast as the sockets. Throws, with what `tail` says, when it never does. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** The outcome, with time running until it is there. */
  through<T>(outcome: Promise<T>): Promise<T>;
}

/** Turns the clock where somebody waits: real sockets on one side, a clock that only we turn on the other. */
export function createRunningClock(clock: TurnableClock, tail: () => string): RunningClock {
  /** Those who wait; the first of them turns the clock, because two who turn it at once keep each other's sleepers from waking. */
  const waiting: object[] = [];

  async function until(what: string, holds: () => boolean): Promise<void> {
    const me = {};
    waiting.push(me);
    try {
      for (let turn = 0; turn < 4_000; turn++) {
        if (holds()) return;
        if (waiting[0] === me) clock.advance(20);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      waiting.splice(waiting.indexOf(me), 1);
    }
    throw new Error(`never happened: ${what}; ${tail()}`);
  }

  async function through<T>(outcome: Promise<T>): Promise<T> {
    let isSettled = false;
    void outcome.then(() => (isSettled = true), () => (isSettled = true));
    await until('an outcome', () => isSettled);
    return outcome;
  }

  return { until, through };
}

/** The last lines that went over a stand-in's wire. */
export function lastLines(log: { lines: readonly { direction: string; text: string }[] }): string {
  return `the wire said:\n${log.lines.slice(-40).map(({ direction, text }) => `${direction} ${text}`).join('\n')}`;
}
