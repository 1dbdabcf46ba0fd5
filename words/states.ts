import { pick } from './pick.ts';
import { de } from './states/de.ts';
import { en } from './states/en.ts';
import type { StateWords } from './states/en.ts';

export type { StateWords } from './states/en.ts';

/** The states in a language, English when there are none. */
export function stateWords(language: string): StateWords {
  return pick({ en, de }, language);
}
