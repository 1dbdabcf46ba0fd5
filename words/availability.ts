import { de } from './availability/de.ts';
import { en } from './availability/en.ts';
import type { AvailabilityWords } from './availability/en.ts';
import { clockTime, hourStyleOf } from './clock-style.ts';
import { pick } from './pick.ts';
import { timesFor } from './times.ts';
import type { Times } from './times.ts';

export type { AvailabilityWords, StateParts } from './availability/en.ts';

/** The words of availability in a language, English when there are none. */
export function availabilityWords(language: string): AvailabilityWords {
  return pick({ en, de }, language);
}

/** A state as the server tells it: codes and instants, no words. */
export interface ToldState {
  face: keyof AvailabilityWords['faces'];
  /** A title that may be seen; null for none. */
  title: string | null;
}

/** Who reads it: a language tag ("de", "en-US"), and an IANA zone or whatever writes times for them. */
export type Reader = { language: string } & ({ timeZone: string } | { times: Pick<Times, 'time' | 'day'> });

/**
 * "Homeoffice until 2pm (Busy: Meeting)": what is true now, until when, what comes next; in the reader's language and zone.
 * @param until and now: epoch ms, UTC; `until` null when nothing in sight ends it.
 * @param words replaces the language's own: for languages that are not in the house yet.
 */
export function stateText(told: { state: ToldState; until: number | null; next: ToldState | null }, now: number, reader: Reader, words = availabilityWords(reader.language)): string {
  const { state, until, next } = told;
  // Available with a title is handled as free but shown by it (A152); another state by hand has its own name the same way.
  const showsTitle = state.title !== null && (state.face === 'available' || state.face === 'custom');
  const label = showsTitle ? (state.title ?? '') : state.title === null ? words.faces[state.face] : `${words.faces[state.face]}: ${state.title}`;
  const isUsual = next === null || (next.face === 'available' && next.title === null);
  return words.sentence({
    now: label,
    until: until === null ? null : untilText(until, now, reader, words),
    next: isUsual ? null : { state: words.faces[next.face], title: next.title },
  });
}

function untilText(until: number, now: number, reader: Reader, words: AvailabilityWords): string {
  const times = 'times' in reader ? reader.times : timesFor(reader.language, reader.timeZone);
  const [hour = 0, minute = 0] = times.time(until).split(':').map(Number);
  const time = clockTime(hour, minute, hourStyleOf(reader.language));
  return times.day(until) === times.day(now) ? time : words.dayAndTime(times.day(until), time);
}
