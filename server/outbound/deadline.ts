import { TheirError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import { abortReason } from './abort.ts';

/** What is called, for the error's words, and how long it may take. */
export interface Deadline {
  clock: Clock;
  /** Connector instance, for the error. */
  connector: string;
  /** What was asked, as the error shall name it ("AMI ConfbridgeKick"). Never a secret. */
  what: string;
  /** Milliseconds of the clock. */
  ms: number;
  /** Ends the call early: its reason is thrown. */
  signal?: AbortSignal;
}

/**
 * Runs a call that may not take longer than `ms`. The call gets a signal and should stop its work when that fires; it is not waited for any longer.
 * Throws TheirError 'no-answer' when time is up: whether the call had its effect is then unknown.
 */
export async function withDeadline<T>(deadline: Deadline, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, connector, what, ms, signal } = deadline;
  signal?.throwIfAborted();
  const stop = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.at(clock.now() + ms, () => {
      const late = new TheirError(connector, 'no-answer', `${what} gave no answer within ${ms} ms`);
      finish(() => reject(late));
      stop.abort(late);
    });
    function stopped(): void {
      const reason = abortReason(signal);
      finish(() => reject(reason));
      stop.abort(reason);
    }
    function finish(settle: () => void): void {
      cancel();
      signal?.removeEventListener('abort', stopped);
      settle();
    }
    signal?.addEventListener('abort', stopped, { once: true });
    // A call may throw before its first await: that is an answer, too.
    void (async () => run(stop.signal))().then(
      (value) => finish(() => resolve(value)),
      (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error('a call failed with something that is no error', { cause: error }))),
    );
  });
}
