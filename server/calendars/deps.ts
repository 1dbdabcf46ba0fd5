import type { CalendarSource } from '../ports/calendar-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Queries } from '../store/schema.ts';
import type { RunTransaction } from '../store/transaction.ts';

/** What the watch over calendars is given. */
export interface CalendarsDeps {
  clock: Clock;
  log: Log;
  store: { db: Queries; transaction: RunTransaction };
  /** By connector instance. */
  sources: readonly CalendarSource[];
  /** Time between two sweeps of a calendar that said nothing, ms: the second net. */
  sweepMs: number;
  /**
   * Notices of one mailbox are gathered for this long, ms, where what is near now is enough: saving one meeting is told two or three times within a second. graph.md §1 names 5 to 30 s;
   * a phone should not wait that long.
   */
  gatherMs: number;
  /** Runs one outside or durable effect; the fault tests end the process's world before or after any of them (design §11). */
  effect: <T>(name: CalendarEffect, run: () => Promise<T>) => Promise<T>;
}

/** Every effect of watching. */
export const calendarEffects = ['calendar.subscribe', 'calendar.unsubscribe', 'calendar.watch.write', 'calendar.read', 'calendar.sweep.write'] as const;

export type CalendarEffect = (typeof calendarEffects)[number];
