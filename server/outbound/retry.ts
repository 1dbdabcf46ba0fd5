import { TheirError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * When the same call may be made again.
 * - `always`: it has an idempotency key, or repeating changes nothing.
 * - `if-refused`: only when they said that they did nothing ('throttled'): a call whose effect must not happen twice.
 * - `never`: at most once, whatever the answer.
 */
export type Repeat = 'always' | 'if-refused' | 'never';

export interface RetryPolicy {
  /** How often in all, the first time included. */
  attempts: number;
  /** The first pause is drawn from 0 to this, each later one from twice as much. Milliseconds. */
  firstDelayMs: number;
  /** No pause of our own is drawn from more than this. Milliseconds. */
  longestDelayMs: number;
  /** When they ask for a longer pause than this, we give up at once and hand the error on (its retryAfterMs tells the caller when). Milliseconds. */
  longestWaitMs: number;
}

/** Three tries within about two seconds: for a person who waits. */
export const shortRetry: RetryPolicy = { attempts: 3, firstDelayMs: 250, longestDelayMs: 2_000, longestWaitMs: 5_000 };

/** Six tries within about a minute: for work that nobody waits for. */
export const patientRetry: RetryPolicy = { attempts: 6, firstDelayMs: 1_000, longestDelayMs: 30_000, longestWaitMs: 120_000 };

/**
 * The pause before the next try. Exponential with full jitter, so that many clients that failed together do not come back together
 * (AWS Architecture Blog, "Exponential Backoff And Jitter"); `attempt` counts from 1, `random` gives [0, 1). A pause that they asked for is a floor, our draw comes on top.
 */
export function pauseBefore(policy: RetryPolicy, attempt: number, random: () => number, askedMs = 0): number {
  const ceiling = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  return askedMs + Math.floor(random() * ceiling);
}

export interface RetryOptions {
  clock: Clock;
  policy: RetryPolicy;
  repeat: Repeat;
  /** Gives [0, 1). */
  random: () => number;
  signal?: AbortSignal;
  /** Told before each pause. */
  onRetry?: (error: TheirError, attempt: number, pauseMs: number) => void;
}

/** Makes a call again while its failure may pass by itself (TheirError.passing) and it is safe. Throws the last error. */
export async function withRetry<T>(options: RetryOptions, run: (attempt: number) => Promise<T>): Promise<T> {
  const { clock, policy, random, signal } = options;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await run(attempt);
    } catch (error) {
      if (attempt >= policy.attempts || !mayRepeat(error, options.repeat)) throw error;
      if ((error.retryAfterMs ?? 0) > policy.longestWaitMs) throw error;
      const pauseMs = pauseBefore(policy, attempt, random, error.retryAfterMs);
      options.onRetry?.(error, attempt, pauseMs);
      await clock.sleep(pauseMs, signal);
    }
  }
}

function mayRepeat(error: unknown, repeat: Repeat): error is TheirError {
  if (!(error instanceof TheirError) || !error.passing) return false;
  if (repeat === 'always') return true;
  return repeat === 'if-refused' && error.fault === 'throttled';
}
