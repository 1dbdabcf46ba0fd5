import type { ChoiceWords } from '../../words/choices/en.ts';
import { loadedWords } from './loaded-words.ts';

/** The words of second pages, settings and lists. */
export const useChoiceWords = loadedWords<ChoiceWords>(async (language) => {
  if (language === 'de') return (await import(/* webpackChunkName: "choices-words-de" */ '../../words/packs/choices-de.ts')).choices;
  return (await import(/* webpackChunkName: "choices-words-en" */ '../../words/packs/choices-en.ts')).choices;
});
