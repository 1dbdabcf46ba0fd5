/** Ahead of us by more than this, the phone system's clock is wrong, ms. */
const ahead = 5 * 60_000;

/**
 * When a message was left. The phone system's own time counts, unless it cannot be: later than now, or before a look at the box that did not show the
 * message. Then the instant at which we first saw it. All epoch ms, UTC.
 */
export function messageTime({ leftAt, seenAt, lookedAt }: { leftAt: number | null; seenAt: number; lookedAt: number | null }): { at: number; isClockWrong: boolean } {
  if (leftAt === null) return { at: seenAt, isClockWrong: false };
  const isClockWrong = leftAt > seenAt + ahead || leftAt <= 0 || (lookedAt !== null && leftAt < lookedAt - longestCall);
  return { at: isClockWrong ? seenAt : leftAt, isClockWrong };
}

/** A message shows in the box at the end of the call that leaves it, and bears the time of its beginning: an hour is longer than any recording. */
const longestCall = 3_600_000;
