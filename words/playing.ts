import { pick } from './pick.ts';
import { de } from './playing/de.ts';
import { en } from './playing/en.ts';
import type { PlayingWords } from './playing/en.ts';

export type { PlayingWords } from './playing/en.ts';

/** The voicemail messages in a language, English when there are none. */
export function playingWords(language: string): PlayingWords {
  return pick({ en, de }, language);
}
