import { DateTime } from 'luxon';

/** How the calendar shows an appointment; null where it says nothing (A154: "should never happen"). */
export type ShowAs = 'free' | 'tentative' | 'busy' | 'outOfOffice' | 'workingElsewhere' | null;

/** What the rules know of an appointment in somebody's calendar. Null means: not told, or not to be known. */
export interface Appointment {
  /** The calendar's id of this event or occurrence; names it in "why". */
  id: string;
  /** What all occurrences and copies of a meeting have in common, and which occurrence it is (epoch ms, UTC; the start itself for a single event). */
  seriesKey: string;
  originalStart: number;
  /** Epoch ms, UTC. For an all-day event see `days`. */
  startsAt: number;
  endsAt: number;
  /** All-day events are days and no instants: ISO dates, `afterLast` no longer belongs to it. Placed in the mailbox's zone. */
  days: { first: string; afterLast: string } | null;
  showAs: ShowAs;
  /** Null for private appointments and in free/busy-only mode (promise 5, P13). */
  subject: string | null;
  location: string | null;
  categories: readonly string[] | null;
  /** Lower case. */
  organizer: string | null;
  /** People besides the owner of the calendar. */
  attendees: number | null;
  response: 'organizer' | 'accepted' | 'tentative' | 'declined' | 'none' | null;
  isPrivate: boolean;
  isCancelled: boolean;
}

/** From and to: epoch ms, UTC; `to` is no longer part of it. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * When it takes place; null for one that ends before it starts or has no length, which can make nobody busy.
 * @param zone IANA zone of the mailbox: an all-day event is that mailbox's day, wherever it was made (C7).
 */
export function placed(appointment: Pick<Appointment, 'startsAt' | 'endsAt' | 'days'>, zone: string): Stretch | null {
  const { days } = appointment;
  const from = days ? startOfDay(days.first, zone) : appointment.startsAt;
  const to = days ? startOfDay(days.afterLast, zone) : appointment.endsAt;
  return from < to ? { from, to } : null;
}

/** The first instant of a day: where clocks are put forward at midnight, that is one o'clock. NaN for no date. */
function startOfDay(date: string, zone: string): number {
  const midday = DateTime.fromISO(`${date}T12:00:00`, { zone });
  return midday.startOf('day').toMillis();
}
