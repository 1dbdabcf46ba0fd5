import { pick } from './pick.ts';
import { de } from './pane/de.ts';
import { en } from './pane/en.ts';
import type { PaneWords } from './pane/en.ts';

export type { PaneWords } from './pane/en.ts';

/** The pane's words in a language, English when there are none. */
export function paneWords(language: string): PaneWords {
  return pick({ en, de }, language);
}
