import type { RoomWords } from '../../../../../words/room/en.ts';
import { loadedWords } from '../../../loaded-words.ts';

/** The words of the page "In the room". */
export const useRoomWords = loadedWords<RoomWords>(async (language) => {
  if (language === 'de') return (await import(/* webpackChunkName: "room-words-de" */ '../../../../../words/packs/room-de.ts')).room;
  return (await import(/* webpackChunkName: "room-words-en" */ '../../../../../words/packs/room-en.ts')).room;
});
