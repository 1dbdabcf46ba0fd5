/** The word that people write into the place of a meeting to get a conference, from any client (M6): `@conf`, or `@conf:room` for their own standing room. */

export interface FoundKeyword {
  /** Offsets in the searched text, end exclusive. */
  start: number;
  end: number;
  wantsOwnRoom: boolean;
}

/** What the word may look like: a sign that starts no ordinary word, then letters. */
export const keywordPattern = /^[@#!][\p{L}\p{N}-]{2,20}$/u;

/** Where the word stands by itself in a text, in any case. `word` is one that fits `keywordPattern`. */
export function findKeywords(text: string, word: string): FoundKeyword[] {
  const pattern = new RegExp(`(?<=^|[\\s;,])${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(:room)?(?=$|[\\s;,.])`, 'giu');
  return [...text.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length, wantsOwnRoom: found[1] !== undefined }));
}

/** Nothing of a text but the word, as it stands there: all that is told of a private meeting's place. */
export function onlyKeyword(text: string, word: string | null): string {
  const [first] = word === null ? [] : findKeywords(text, word);
  return first === undefined ? '' : text.slice(first.start, first.end).toLowerCase();
}
