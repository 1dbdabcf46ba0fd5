import { pick } from './pick.ts';
import { de } from './people/de.ts';
import { en } from './people/en.ts';
import type { PeopleWords } from './people/en.ts';

export type { PeopleWords } from './people/en.ts';

/** The words about people in a language, English when there are none. */
export function peopleWords(language: string): PeopleWords {
  return pick({ en, de }, language);
}
