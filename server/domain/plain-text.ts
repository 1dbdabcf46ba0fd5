/** Longest name that is worth showing, characters as people count them. */
const longestName = 80;

// What ends a line, hides, or turns the reading direction of all that follows (CVE-2021-42574 shows what that can do).
const deceiving = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/gu;

/**
 * A name or number that a stranger gave, fit for one line of text: no control characters, no line breaks, no invisible marks that turn the reading
 * direction; spaces collapsed, cut to 80 characters. Markup and emoji stay: whoever writes HTML or headers escapes them there.
 */
export function plainName(text: string): string {
  const clean = text.replaceAll(deceiving, ' ').replaceAll(/\s+/gu, ' ').trim();
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(clean)];
  return characters.length <= longestName ? clean : `${characters.slice(0, longestName - 1).map(({ segment }) => segment).join('')}…`;
}
