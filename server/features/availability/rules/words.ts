import type { Answer } from '../../../rules/condition.ts';

/**
 * Words that an administrator wrote, looked for in titles and places that anybody wrote. Whole words in any capitals: "sick" is not in "sickle", "home office" is in "Home-Office (am)". Scripts that put no spaces
 * between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are compared sign by sign, so that "休暇" is in "夏季休暇のお知らせ"; a picture is a word of its own, whatever its colour.
 */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const token = new RegExp(String.raw`${unspaced}\p{M}*|(?:(?!${unspaced})[\p{L}\p{N}\p{M}])+|\p{Extended_Pictographic}|\p{Regional_Indicator}{2}`, 'gu');
/** What is not seen (direction marks, joiners, soft hyphens), and what only chooses how a picture looks. */
const unseen = /[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]+/gu;

/** Capitals, wide letters and ways of composing a letter are one: "STRASSE" is "Straße", "İZİN" is "izin". */
export function fold(text: string): string {
  // By capitals first, where "ß" and "SS", "ı" and "i" meet; of the two small sigmas one, and the dot that "İ" leaves behind is not a letter.
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ');
}

/** Its words with one space around each. */
function apart(text: string): string {
  return ` ${(fold(text).replaceAll(unseen, '').match(token) ?? []).join(' ')} `;
}

/** Lists come from settings and are asked about every appointment: what is looked for is taken apart once. */
const known = new WeakMap<readonly string[], readonly string[]>();

function wanted(words: readonly string[]): readonly string[] {
  const made = known.get(words) ?? words.map(apart).filter((each) => each.trim() !== '');
  known.set(words, made);
  return made;
}

/** Whether one of the words or phrases stands in the text; null where the text is not known. A list without any word holds nothing. */
export function hasWord(text: string | null, words: readonly string[]): Answer {
  if (text === null) return null;
  const phrases = wanted(words);
  if (phrases.length === 0) return false;
  const said = apart(text);
  return phrases.some((phrase) => said.includes(phrase));
}
