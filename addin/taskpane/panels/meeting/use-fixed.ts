import { useCallback } from 'react';
import { useChoiceWords } from '../../choice-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { choicesOf } from '../../../talk/choices.ts';
import { useAsked } from '../../parts/use-asked.ts';
import { isLocked, sourceText } from '../settings/setting-source.tsx';

/** Who has fixed a setting of mine, in words; undefined when nobody has. What is fixed cannot be chosen for a single conference either: the server refuses it. */
export function useFixed(): (key: string) => string | undefined {
  const { server } = useSurroundings();
  const words = useChoiceWords();
  const { value } = useAsked(useCallback(() => choicesOf(server.transport).settings(), [server]));
  return (key) => (value !== undefined && isLocked(value, key) ? sourceText(value, key, words.choose) : undefined);
}
