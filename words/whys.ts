import { pick } from './pick.ts';
import { de } from './whys/de.ts';
import { en } from './whys/en.ts';
import type { WhyWords } from './whys/en.ts';

export type { WhyWords } from './whys/en.ts';

/** Why a conference stands where it stands, English when there are no words; apart from its states, whose weight the add-in's first panel bears. */
export function whyWords(language: string): WhyWords {
  return pick({ en, de }, language);
}
