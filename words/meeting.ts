import { pick } from './pick.ts';
import { de } from './meeting/de.ts';
import { en } from './meeting/en.ts';
import type { MeetingWords } from './meeting/en.ts';

export type { MeetingWords } from './meeting/en.ts';

/** The Meeting panel's words in a language, English when there are none. */
export function meetingWords(language: string): MeetingWords {
  return pick({ en, de }, language);
}
