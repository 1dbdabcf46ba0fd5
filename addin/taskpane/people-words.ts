import type { AvailabilityWords } from '../../words/availability/en.ts';
import type { PeopleWords } from '../../words/people/en.ts';
import { loadedWords } from './loaded-words.ts';

/** The words about people and their states. */
export const usePeopleWords = loadedWords<{ people: PeopleWords; availability: AvailabilityWords }>(async (language) => {
  // What people look like comes with what is said of them, and not with the first panel.
  await import(/* webpackChunkName: "people" */ './styles/people.css');
  if (language === 'de') return import(/* webpackChunkName: "people-words-de" */ '../../words/packs/people-de.ts');
  return import(/* webpackChunkName: "people-words-en" */ '../../words/packs/people-en.ts');
});
