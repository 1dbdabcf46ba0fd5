/** Of a mail that is long because it quotes, the newest part: where the sender's own signature is. */
const mostText = 100_000;
const most = 5;

/** With a plus or a zero in front, as people write numbers under their mails; dates and amounts begin otherwise. Bounded, so that hostile text costs no time. */
const shape = /(?<![\w.,/+-])(?:\+\d|\(?0\d)[\d ()/.\u00a0-]{5,24}\d(?![\w])/g;

/** Telephone numbers in a text, in its order, each once, as they are written. By E.164 a number has at most 15 digits; fewer than 7 are an extension, or something else. */
export function numbersIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const [number] of text.slice(0, mostText).matchAll(shape)) {
    const written = atMost15(number.replaceAll(/\s+/g, ' '));
    const digits = digitsOf(written);
    // 05.11.2026 and 01/02/2026 are days.
    if (digits.length < 7 || digits.length > 15 || /^\d{1,2}([./-])\d{1,2}\1\d{2,4}\b/.test(written)) continue;
    if (!found.has(digits)) found.set(digits, written);
    if (found.size === most) break;
  }
  return [...found.values()];
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** What stands behind a number, after a space, is taken for a part of it at first. */
function atMost15(text: string): string {
  const space = text.lastIndexOf(' ');
  return digitsOf(text).length <= 15 || space < 0 ? text : atMost15(text.slice(0, space));
}

/** What somebody is looked for by: their name, or the longest word in front of the @. */
export function wordOf({ name, address }: { name: string; address: string }): string {
  if (name !== address) return name;
  return (address.split('@')[0] ?? '').split(/[^\p{L}]+/u).reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
