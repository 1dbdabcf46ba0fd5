import { de } from './messages/de.ts';
import { en } from './messages/en.ts';
import type { MessageWords } from './messages/en.ts';
import { pick } from './pick.ts';

export type { MessageWords } from './messages/en.ts';

/** The messages in a language, English when there are none. */
export function messageWords(language: string): MessageWords {
  return pick({ en, de }, language);
}
