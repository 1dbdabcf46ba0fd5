import type { Stretch } from '../rules/appointment.ts';
import { ahead, behind } from '../rules/horizon.ts';
import type { PersonState } from '../rows.ts';

const hour = 60 * 60_000;
/** Meetings are rarely farther apart on a working day, so that this look mostly sees the end of what begins now. Ours. */
const nearAhead = 4 * hour;

/**
 * All that a timeline may reach. Of the calendar a week ahead is read; but an end that is known already (of automatic replies, of a choice by hand, of a long appointment) is told however far away it is: who is on
 * vacation for three weeks says so on the first day. What begins after that week is not known, and then moves the end as soon as it comes into sight.
 */
export function wideLook(now: number): Stretch {
  return { from: now - behind, to: Infinity };
}

/** What must be read for it: a day more back, for a choice by hand may have ended with an appointment that was over before. */
export function wideReach(now: number): Stretch {
  return { from: now - 2 * behind, to: now + ahead };
}

/**
 * The part of a person's time that decides what they are now, once they were looked at not long ago: back to that look (nothing that was over by then can change anything, but a choice by hand ends with the
 * first appointment after it), and some hours ahead. When it does not show how long the state lasts, the wide look must be taken; else both show the same. Null when only the wide one can tell.
 * A meeting that begins for 20,000 people so costs the reading of some events each instead of a week of them.
 */
export function nearLook(before: PersonState | null, now: number): Stretch | null {
  if (before === null) return null;
  const from = Math.min(before.lookedAt, before.manual?.chosenAt ?? Infinity);
  return from <= now && from > now - behind / 2 ? { from, to: now + nearAhead } : null;
}
