import type { Recurrence, RecurrencePattern, Weekday } from '../../mailbox.ts';
import { isoDate, wallTime } from '../zones.ts';
import type { Repeat } from './format.ts';

const weekdays: Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The recurrence that one of the form's choices means for an event that starts at `start` (epoch ms UTC) on the wall of `zone`; without end, as Outlook proposes. */
export function recurrenceFor(choice: Exclude<Repeat, 'custom'>, start: number, zone: string): Recurrence | null {
  const wall = wallTime(start, zone);
  const range = { type: 'noEnd', startDate: isoDate(wall) } as const;
  const today = weekdays[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? 'monday';
  if (choice === 'none') return null;
  const patterns: Record<Exclude<Repeat, 'custom' | 'none'>, RecurrencePattern> = {
    daily: { type: 'daily', interval: 1 },
    weekdays: { type: 'weekly', interval: 1, daysOfWeek: weekdays.slice(1, 6) },
    weekly: { type: 'weekly', interval: 1, daysOfWeek: [today] },
    monthly: { type: 'absoluteMonthly', interval: 1, dayOfMonth: wall.day },
  };
  return { pattern: patterns[choice], range };
}
