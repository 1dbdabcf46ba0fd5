import { languageOf } from './pick.ts';
import type { Language } from './pick.ts';

/** An instant: epoch milliseconds UTC, or ISO 8601 as the API writes it. */
export type Instant = number | string;

/** Dates and times as people read them, in one language and one zone. */
export interface Times {
  /** "09:52". */
  time: (at: Instant) => string;
  /** "Sun 22 Nov". */
  day: (at: Instant) => string;
  /** "Sun 22 Nov at 09:52". */
  dayAndTime: (at: Instant) => string;
  /** "Sat 21 Nov, 11:00 to 11:45"; with the second day when it is another one. */
  range: (start: Instant, end: Instant) => string;
  /** "11:00 to 11:45". */
  hours: (start: Instant, end: Instant) => string;
}

/** English as ux.md writes it: day before month, 24 hours. */
const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

interface Parts {
  weekday: string;
  day: string;
  month: string;
  year: string;
  time: string;
}

/** The zone if the platform knows it, else UTC: a wrong zone name must not empty a screen. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const words = {
  en: { at: 'at', to: 'to', day: (parts: Parts) => `${parts.weekday} ${parts.day} ${parts.month}` },
  de: { at: 'um', to: 'bis', day: (parts: Parts) => `${parts.weekday} ${parts.day}. ${parts.month}` },
};

/** Making a formatter costs a hundred times what using it does. A few are kept: there are not many languages and zones at one place. */
const made = new Map<string, Times>();
const mostKept = 100;

/**
 * @param timeZone IANA name; an unknown one counts as UTC.
 */
export function timesFor(language: string, timeZone: string): Times {
  const key = `${language} ${timeZone}`;
  const times = made.get(key) ?? makeTimes(language, timeZone);
  if (made.size >= mostKept) made.clear();
  made.set(key, times);
  return times;
}

/**
 * By a clock that names no zone.
 *
 * @param offsetAt how far it is ahead of UTC at an instant (epoch ms), ms.
 */
export function timesBy(language: string, offsetAt: (at: number) => number): Times {
  return makeTimes(language, 'UTC', offsetAt);
}

function makeTimes(language: string, timeZone: string, offsetAt: (at: number) => number = () => 0): Times {
  const own = languageOf(language);
  const zone = knownZone(timeZone);
  const format = new Intl.DateTimeFormat(locales[own], {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const { at: atWord, to, day: dayWords } = words[own];

  function partsOf(at: Instant): Parts {
    const instant = new Date(at).getTime();
    const found = new Map(format.formatToParts(new Date(instant + offsetAt(instant))).map((part) => [part.type, part.value]));
    const text = (type: Intl.DateTimeFormatPartTypes): string => (found.get(type) ?? '').replace(/\.$/, '');
    return { weekday: text('weekday'), day: text('day'), month: text('month'), year: text('year'), time: `${text('hour')}:${text('minute')}` };
  }

  const time = (at: Instant): string => partsOf(at).time;
  const day = (at: Instant): string => dayWords(partsOf(at));
  const dayAndTime = (at: Instant): string => `${day(at)} ${atWord} ${time(at)}`;
  const hours = (start: Instant, end: Instant): string => `${time(start)} ${to} ${time(end)}`;

  function range(start: Instant, end: Instant): string {
    if (day(start) === day(end)) return `${day(start)}, ${hours(start, end)}`;
    return `${day(start)}, ${time(start)} ${to} ${day(end)}, ${time(end)}`;
  }

  return { time, day, dayAndTime, range, hours };
}
