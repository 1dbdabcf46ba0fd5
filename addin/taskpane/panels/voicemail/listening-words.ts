import { listeningWords } from '../../../../words/listening.ts';
import type { ListeningWords } from '../../../../words/listening.ts';
import { playingWords } from '../../../../words/playing.ts';
import type { PlayingWords } from '../../../../words/playing.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** The words of voicemail, in the language of the pane; they come with its panel. */
export function useListeningWords(): { listening: ListeningWords; playing: PlayingWords } {
  const { language } = useSurroundings();
  return { listening: listeningWords(language), playing: playingWords(language) };
}
