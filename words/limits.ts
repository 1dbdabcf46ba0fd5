import { de } from './limits/de.ts';
import { en } from './limits/en.ts';
import type { LimitWords } from './limits/en.ts';
import { pick } from './pick.ts';

/** What this computer or this Outlook cannot do now, English when there are no words. */
export function limitWords(language: string): LimitWords {
  return pick({ en, de }, language);
}
