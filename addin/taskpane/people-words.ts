import { use } from 'react';
import type { AvailabilityWords } from '../../words/availability/en.ts';
import type { PeopleWords } from '../../words/people/en.ts';
import type { Language } from '../../words/pick.ts';
import { useSurroundings } from './surroundings.tsx';

interface Pack {
  people: PeopleWords;
  availability: AvailabilityWords;
}

const packs = new Map<Language, Promise<Pack>>();

async function load(language: Language): Promise<Pack> {
  // What people look like comes with what is said of them, and not with the first panel.
  await import(/* webpackChunkName: "people" */ './styles/people.css');
  if (language === 'de') return import(/* webpackChunkName: "people-words-de" */ '../../words/packs/people-de.ts');
  return import(/* webpackChunkName: "people-words-en" */ '../../words/packs/people-en.ts');
}

function packOf(language: Language): Promise<Pack> {
  const known = packs.get(language);
  if (known !== undefined) return known;
  const pack = load(language);
  packs.set(language, pack);
  // A piece that could not be loaded is asked for again the next time.
  pack.catch(() => packs.delete(language));
  return pack;
}

/** The words about people and their states, loaded when the first panel about them is drawn. */
export function usePeopleWords(): Pack {
  const { language } = useSurroundings();
  return use(packOf(language));
}
