import { de } from './listening/de.ts';
import { en } from './listening/en.ts';
import type { ListeningWords } from './listening/en.ts';
import { pick } from './pick.ts';

export type { ListeningWords } from './listening/en.ts';

/** The words of voicemail in the pane, English when there are none. The pane loads those of one language with its panel (packs/). */
export function listeningWords(language: string): ListeningWords {
  return pick({ en, de }, language);
}
