import { use } from 'react';
import type { Language } from '../../words/pick.ts';
import { useSurroundings } from './surroundings.tsx';

/**
 * Makes a hook that gives words in the language of the pane. They are loaded once, when the first part that needs them is drawn: they weigh nothing
 * on the first panel, and nobody loads a language that they do not read.
 */
export function loadedWords<Words>(load: (language: Language) => Promise<Words>): () => Words {
  const packs = new Map<Language, Promise<Words>>();

  function packOf(language: Language): Promise<Words> {
    const known = packs.get(language);
    if (known !== undefined) return known;
    const pack = load(language);
    packs.set(language, pack);
    // A piece that could not be loaded is asked for again the next time.
    pack.catch(() => packs.delete(language));
    return pack;
  }

  return function useLoadedWords() {
    return use(packOf(useSurroundings().language));
  };
}
