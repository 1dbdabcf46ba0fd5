import { DateTime } from 'luxon';
import type { Recurrence, RecurrencePattern, Weekday } from './types.ts';

const weekdays: Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const indexes = { first: 0, second: 1, third: 2, fourth: 3, last: -1 };

function weekdayOf(date: DateTime): Weekday {
  return weekdayAfter(date, 0);
}

/** So many days after `date`, by counting: making the date only to ask it costs a hundred times as much. */
function weekdayAfter(date: DateTime, days: number): Weekday {
  return weekdays[(date.weekday + days) % 7] ?? 'sunday';
}

function* weekly(pattern: RecurrencePattern, first: DateTime): Generator<DateTime> {
  const wanted = pattern.daysOfWeek ?? [weekdayOf(first)];
  const back = (first.weekday - weekdays.indexOf(pattern.firstDayOfWeek ?? 'sunday') + 7) % 7;
  for (let week = first.minus({ days: back }); ; week = week.plus({ weeks: pattern.interval })) {
    for (let day = 0; day < 7; day++) {
      if (wanted.includes(weekdayAfter(week, day))) yield week.plus({ days: day });
    }
  }
}

/** The day in `month` (its first day) that an absolute or relative pattern means. A month that is too short gives its last day, as Exchange does. */
function dayInMonth(pattern: RecurrencePattern, month: DateTime, first: DateTime): DateTime {
  const length = month.daysInMonth ?? 28;
  if (pattern.type.startsWith('absolute')) return month.set({ day: Math.min(pattern.dayOfMonth ?? first.day, length) });
  const wanted = pattern.daysOfWeek ?? [weekdayOf(first)];
  const days = Array.from({ length }, (_, n) => n).filter((n) => wanted.includes(weekdayAfter(month, n)));
  return month.plus({ days: days.at(indexes[pattern.index ?? 'first']) ?? 0 });
}

function* monthly(pattern: RecurrencePattern, first: DateTime): Generator<DateTime> {
  const isYearly = pattern.type.endsWith('Yearly');
  const step = { months: isYearly ? pattern.interval * 12 : pattern.interval };
  let month = first.startOf('month');
  if (isYearly) month = month.set({ month: pattern.month ?? first.month });
  for (; ; month = month.plus(step)) yield dayInMonth(pattern, month, first);
}

function* daily(pattern: RecurrencePattern, first: DateTime): Generator<DateTime> {
  for (let date = first; ; date = date.plus({ days: pattern.interval })) yield date;
}

function dates(pattern: RecurrencePattern, first: DateTime): Generator<DateTime> {
  if (pattern.type === 'daily') return daily(pattern, first);
  if (pattern.type === 'weekly') return weekly(pattern, first);
  return monthly(pattern, first);
}

/**
 * Original starts (epoch ms, UTC) of a series, in order, those before `until` (epoch ms UTC). `start` is the master's start: its wall time in `zone`
 * (IANA) is kept over clock changes; a wall time that a change skips moves ahead, as Exchange does.
 */
export function* originalStarts({ pattern, range }: Recurrence, start: number, zone: string, until: number): Generator<number> {
  const wall = DateTime.fromMillis(start, { zone: range.timeZone ?? zone });
  const first = DateTime.fromISO(range.startDate, { zone: 'utc' });
  const last = range.type === 'endDate' && range.endDate ? DateTime.fromISO(range.endDate, { zone: 'utc' }) : null;
  let left = range.type === 'numbered' ? (range.numberOfOccurrences ?? 1) : Infinity;
  for (const date of dates(pattern, first)) {
    if (date < first) continue;
    if ((last && date > last) || left <= 0) return;
    left -= 1;
    const { year, month, day } = date;
    const instant = wall.set({ year, month, day }).toMillis();
    if (instant >= until) return;
    yield instant;
  }
}
