import type { ChoiceWords } from '../../words/choices/en.ts';
import type { Language } from '../../words/pick.ts';
import type { RoomWords } from '../../words/room/en.ts';
import { loadedWords } from './loaded-words.ts';

function load(language: Language): Promise<{ choices: ChoiceWords; room: RoomWords }> {
  if (language === 'de') return import(/* webpackChunkName: "choices-words-de" */ '../../words/packs/choices-de.ts');
  return import(/* webpackChunkName: "choices-words-en" */ '../../words/packs/choices-en.ts');
}

/** The words of second pages, settings and lists. */
export const useChoiceWords = loadedWords(async (language) => (await load(language)).choices);

/** The words of the page "In the room". */
export const useRoomWords = loadedWords(async (language) => (await load(language)).room);
