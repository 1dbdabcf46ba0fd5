import { de } from './de.ts';
import { en, type Words } from './en.ts';

export type { Words } from './en.ts';

const languages: Record<string, Words> = { en, de };

/** The words of a language (two letters, or a tag that begins with them), English when there are none. */
export function wordsFor(language: string): Words {
  return languages[language.slice(0, 2).toLowerCase()] ?? en;
}
