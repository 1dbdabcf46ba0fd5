import { use } from 'react';
import type { ChoiceWords } from '../../words/choices/en.ts';
import type { Language } from '../../words/pick.ts';
import { useSurroundings } from './surroundings.tsx';

const packs = new Map<Language, Promise<ChoiceWords>>();

async function load(language: Language): Promise<ChoiceWords> {
  if (language === 'de') return (await import(/* webpackChunkName: "choices-words-de" */ '../../words/packs/choices-de.ts')).choices;
  return (await import(/* webpackChunkName: "choices-words-en" */ '../../words/packs/choices-en.ts')).choices;
}

function packOf(language: Language): Promise<ChoiceWords> {
  const known = packs.get(language);
  if (known !== undefined) return known;
  const pack = load(language);
  packs.set(language, pack);
  // A piece that could not be loaded is asked for again the next time.
  pack.catch(() => packs.delete(language));
  return pack;
}

/** The words of second pages, settings and lists: loaded once, when the first of them is drawn, and apart from the first panel. */
export function useChoiceWords(): ChoiceWords {
  const { language } = useSurroundings();
  return use(packOf(language));
}
