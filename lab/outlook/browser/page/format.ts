import type { Recurrence } from '../../mailbox.ts';
import type { Words } from './words.ts';

/** How the window writes times, on the wall of `zone` (IANA), in the words of `language` (`en-GB`, `de-DE`). Instants are epoch ms UTC. */
export interface Formats {
  time: (instant: number) => string;
  clock: (instant: number) => string;
  date: (instant: number) => string;
  span: (start: number, end: number, isAllDay: boolean) => string;
}

/** American English has the month first and a twelve-hour clock, which the lab's pictures do not. */
function displayLanguage(language: string): string {
  return language === 'en-US' ? 'en-GB' : language;
}

export function createFormats(language: string, zone: string): Formats {
  const locale = displayLanguage(language);
  const make = (options: Intl.DateTimeFormatOptions): ((instant: number) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    return (instant) => format.format(instant);
  };
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const clock = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const longDate = make({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const date = (instant: number): string => longDate(instant).replace(/^(\p{L}+),/u, '$1');
  const to = locale.startsWith('de') ? 'bis' : 'to';
  return {
    time,
    clock,
    date,
    span(start, end, isAllDay) {
      const [first, last] = [date(start), date(isAllDay ? end - 1 : end)];
      if (isAllDay) return first === last ? first : `${first} ${to} ${last}`;
      return first === last ? `${first}, ${time(start)} ${to} ${time(end)}` : `${first}, ${time(start)} ${to} ${last}, ${time(end)}`;
    },
  };
}

export type Repeat = 'none' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'custom';

/** Which of the form's simple choices a recurrence is. */
export function repeatOf(recurrence: Recurrence | null): Repeat {
  if (!recurrence) return 'none';
  const { type, interval, daysOfWeek = [] } = recurrence.pattern;
  if (interval !== 1) return 'custom';
  if (type === 'daily') return 'daily';
  if (type === 'weekly' && daysOfWeek.length === 5 && !daysOfWeek.includes('saturday') && !daysOfWeek.includes('sunday')) return 'weekdays';
  if (type === 'weekly' && daysOfWeek.length <= 1) return 'weekly';
  return type === 'absoluteMonthly' ? 'monthly' : 'custom';
}

export function repeatText(recurrence: Recurrence | null, words: Words): string {
  if (!recurrence) return '';
  const names = { none: '', daily: words.daily, weekdays: words.weekdays, weekly: words.weekly, monthly: words.monthly, custom: words.repeats };
  const { endDate } = recurrence.range;
  return endDate ? `${names[repeatOf(recurrence)]} ${words.until(endDate)}` : names[repeatOf(recurrence)];
}
