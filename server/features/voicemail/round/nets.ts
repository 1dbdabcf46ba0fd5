import type { Pair } from '../rules/pair.ts';

/**
 * When to look without having been told. The promise is that a change is followed within twenty seconds; systems tell most of them at once, and lose one now and then.
 * All instants and spans ms.
 */

/** All boxes of a phone system are compared by their counts so often. The question grows with the boxes, so it may take a twentieth of the phone system's time at most. */
const compare = { leastMs: 15_000, mostMs: 5 * 60_000, share: 20 };

/** `tookMs`: how long the last comparison took. */
export function comparePause(tookMs: number): number {
  return Math.min(compare.mostMs, Math.max(compare.leastMs, tookMs * compare.share));
}

/**
 * A message that is unheard is what somebody is about to hear or read. After a quarter of its age it is looked at again, so that all looks at one together are some
 * thirty. Its age counts from when it was left: a company's old messages are no reason to look at everybody on the first day.
 */
const fresh = { leastMs: 15_000, share: 4, untilMs: 6 * 60 * 60_000 };

/** When a mailbox is looked at although it tells of changes, because a mail in it may be read at any moment; Infinity when none may. */
export function freshLookAt(pairs: readonly Pick<Pair, 'state' | 'voicemail' | 'mail' | 'leftAt'>[], now: number): number {
  const waiting = pairs.filter(({ state, voicemail, mail }) => state === 'paired' && voicemail === 'unheard' && mail !== 'missing');
  const youngest = Math.max(-Infinity, ...waiting.map(({ leftAt }) => leftAt));
  const age = Math.max(0, now - youngest);
  return age >= fresh.untilMs ? Infinity : now + Math.max(fresh.leastMs, age / fresh.share);
}
