import type { ListeningWords } from '../../../../words/listening/en.ts';
import type { PlayingWords } from '../../../../words/playing/en.ts';
import { loadedWords } from '../../loaded-words.ts';

/** The words of voicemail. */
export const useListeningWords = loadedWords<{ listening: ListeningWords; playing: PlayingWords }>((language) => {
  if (language === 'de') return import(/* webpackChunkName: "voicemail-words-de" */ '../../../../words/packs/voicemail-de.ts');
  return import(/* webpackChunkName: "voicemail-words-en" */ '../../../../words/packs/voicemail-en.ts');
});
