import { OurError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** So many in any stretch of so many milliseconds. */
export interface Rate {
  amount: number;
  perMs: number;
  /** How many may go at once after a rest; 1 to amount, and no call may cost more. Default a tenth of the amount. */
  burst?: number;
}

export interface TokenBucket {
  /** Takes `cost` tokens, on credit if need be, and returns how long to wait before using them. Null, and nothing taken, when that were more than `longestMs`. */
  take(cost: number, longestMs: number): number | null;
  /** Gives back what was taken and not used. */
  giveBack(cost: number): void;
  /** True when it is as good as new, so that it can be forgotten. */
  isFull(): boolean;
  /** Milliseconds until `cost` could be used. */
  waitFor(cost: number): number;
}

/**
 * A token bucket on credit: the balance may fall below zero, and each taker waits until the balance that it left would be zero again. That is first
 * come, first served, without a queue. Tokens come back at (amount − burst + 1) a stretch, so that burst and refill together never pass `amount` in any
 * stretch, wherever it begins (Graph counts in windows whose beginning it does not tell).
 */
export function tokenBucket(clock: Clock, rate: Rate): TokenBucket {
  const burst = Math.min(rate.amount, Math.max(1, rate.burst ?? Math.ceil(rate.amount / 10)));
  // Counted in whole parts of a token, of which one millisecond brings `perMs`: fractions would add up to a millisecond too late or too early.
  const token = rate.perMs;
  const perMs = rate.amount - burst + 1;
  const full = burst * token;
  let balance = full;
  let seenAt = clock.now();

  function refill(): void {
    const now = clock.now();
    // A clock that was set back gives nothing and takes nothing.
    balance = Math.min(full, balance + Math.max(0, now - seenAt) * perMs);
    seenAt = now;
  }

  function waitFor(cost: number): number {
    refill();
    return Math.max(0, Math.ceil((cost * token - balance) / perMs));
  }

  return {
    waitFor,
    take(cost, longestMs) {
      if (cost > burst) throw new OurError(`a call costs ${cost}, more than the burst of ${burst}: the rate could not be kept`);
      const wait = waitFor(cost);
      if (wait > longestMs) return null;
      balance -= cost * token;
      return wait;
    },
    giveBack(cost) {
      balance = Math.min(full, balance + cost * token);
    },
    isFull() {
      refill();
      return balance >= full;
    },
  };
}
