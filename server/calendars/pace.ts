import { z } from 'zod';

/** Where nobody tells us of changes, what is near now is looked at this often: six requests an hour, half of what peers ask that poll every five minutes. A mailbox that refuses us is asked again after as long, and then after twice as long each time. */
export const deafMs = 10 * 60_000;

/** Payload of a round: how long the last pause was, ms; missing for the usual one. */
const pace = z.object({ pauseMs: z.number().positive().optional() });

/** The pause before this round, ms. */
export function pauseOf(payload: unknown, usualMs: number): number {
  return pace.safeParse(payload).data?.pauseMs ?? usualMs;
}
