import { de } from './admin/de.ts';
import { en } from './admin/en.ts';
import type { AdminWords } from './admin/en.ts';
import { pick } from './pick.ts';

export type { AdminWords } from './admin/en.ts';

/** The words of the administrator's page in a language, English when there are none. */
export function adminWords(language: string): AdminWords {
  return pick({ en, de }, language);
}
