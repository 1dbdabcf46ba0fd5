import { pick } from './pick.ts';
import { de } from './bar/de.ts';
import { en } from './bar/en.ts';
import type { BarWords } from './bar/en.ts';

export type { BarWords } from './bar/en.ts';

/** The words of a language, English when there are none. */
export function barWords(language: string): BarWords {
  return pick({ en, de }, language);
}
