import { pick } from './pick.ts';
import { de } from './room/de.ts';
import { en } from './room/en.ts';
import type { RoomWords } from './room/en.ts';

export type { RoomWords } from './room/en.ts';

/** The words of the page "In the room", English when there are none. The pane loads those of one language with that page (packs/). */
export function roomWords(language: string): RoomWords {
  return pick({ en, de }, language);
}
