import type { PromptsConfig } from './prompts-config.ts';

/** What SAY DATETIME needs. */
export interface SpokenTime {
  format: string;
  zone: string;
}

/** Hour and minute; "at ten fifty a m" in English, 24 hours elsewhere (letters: main/say.c). */
const hourOnly: Record<string, string> = { en: "'digits/at' IMp" };
const withDay: Record<string, string> = { en: "ABd 'digits/at' IMp" };

/**
 * How to say `instant` to somebody who listens at `now` (both epoch ms, UTC): the hour alone when it is the same day in `timeZone` (IANA), else with the day.
 * An unknown zone becomes UTC: a wrong hour said with confidence would be worse than one hour off in the open, so the day is said then, too.
 */
export function spokenTime(instant: number, now: number, timeZone: string | undefined, language: string, times: PromptsConfig['times']): SpokenTime {
  const zone = knownZone(timeZone);
  const isToday = zone !== null && dayOf(instant, zone) === dayOf(now, zone);
  const format = isToday ? (times[language]?.today ?? hourOnly[language] ?? 'HM') : (times[language]?.later ?? withDay[language] ?? 'AdB HM');
  return { format, zone: zone ?? 'UTC' };
}

function knownZone(timeZone: string | undefined): string | null {
  if (timeZone === undefined || !/^[A-Za-z0-9_+/-]{1,64}$/.test(timeZone)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function dayOf(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}
