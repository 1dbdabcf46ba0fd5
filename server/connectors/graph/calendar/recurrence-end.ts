import { DateTime } from 'luxon';
import type { RecurrenceRow } from '../schema.ts';
import { ianaZone } from '../../../domain/zones.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Outlook lets people choose up to 999 occurrences. */
const mostOccurrences = 999;

/**
 * When the last occurrence ends, epoch ms UTC; null for a series without end. `startsAt` and `endsAt` are the master's, `zone` its IANA zone.
 * A series that is limited by a number of relative months ("the second Tuesday") is given to the end of its last month: at most four weeks too late, never too early.
 */
export function recurrenceEnd({ pattern, range }: RecurrenceRow, startsAt: number, endsAt: number, zone: string): number | null {
  const wallZone = ianaZone(range.recurrenceTimeZone) ?? zone;
  const first = DateTime.fromMillis(startsAt, { zone: wallZone });
  const last = lastDay(pattern, range, first, wallZone);
  if (last === null) return null;
  const { year, month, day } = last;
  return first.set({ year, month, day }).toMillis() + (endsAt - startsAt);
}

function lastDay(pattern: RecurrenceRow['pattern'], range: RecurrenceRow['range'], first: DateTime, zone: string): DateTime | null {
  if (range.type === 'enddate') {
    const end = DateTime.fromISO(range.endDate ?? '', { zone });
    // An end before the start is no end that can be believed: better open too long than closed at once.
    return end.isValid && end.endOf('day') >= first ? end : null;
  }
  if (range.type !== 'numbered') return null;
  const count = Math.min(mostOccurrences, range.numberOfOccurrences ?? 0);
  return count < 1 ? null : afterOccurrences(pattern, first, count);
}

function afterOccurrences(pattern: RecurrenceRow['pattern'], first: DateTime, count: number): DateTime | null {
  const interval = pattern.interval ?? 1;
  const steps = (count - 1) * interval;
  switch (pattern.type) {
    case 'daily': return first.plus({ days: steps });
    case 'weekly': return weekly(pattern, first, count, interval);
    case 'absolutemonthly': return first.plus({ months: steps });
    case 'absoluteyearly': return first.plus({ years: steps });
    case 'relativemonthly': return first.plus({ months: steps }).endOf('month');
    case 'relativeyearly': return first.plus({ years: steps }).endOf('month');
    default: return null;
  }
}

/** The day of the last of `count` occurrences: the days of the week, in every `interval`th week, beginning with the first day's week. */
function weekly(pattern: RecurrenceRow['pattern'], first: DateTime, count: number, interval: number): DateTime {
  const startsWeek = Math.max(0, weekdays.indexOf(pattern.firstDayOfWeek === '' ? 'sunday' : pattern.firstDayOfWeek));
  const placeOf = (weekday: number): number => (weekday - startsWeek + 7) % 7;
  const places = [...new Set((pattern.daysOfWeek ?? []).map((day) => weekdays.indexOf(day)).filter((day) => day >= 0).map(placeOf))].toSorted((a, b) => a - b);
  const own = placeOf(first.weekday - 1);
  if (places.length === 0) places.push(own);
  const before = places.filter((place) => place < own).length;
  const index = before + count - 1;
  const week = Math.floor(index / places.length) * interval;
  return first.plus({ days: week * 7 + (places[index % places.length] ?? own) - own });
}
