import { pick } from './pick.ts';
import { de } from './choices/de.ts';
import { en } from './choices/en.ts';
import type { ChoiceWords } from './choices/en.ts';

export type { ChoiceWords } from './choices/en.ts';

/** The words of choices, settings and lists in a language, English when there are none. They come with the pages that need them, not with the first panel. */
export function choiceWords(language: string): ChoiceWords {
  return pick({ en, de }, language);
}
