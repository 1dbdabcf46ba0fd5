/**
 * Digits in threes, as people read them out: "482 913 756". A single digit at the end joins the group before it,
 * because a lone digit is the one that gets lost.
 */
export function groupDigits(code: string, space: string): string {
  const digits = code.replace(/\D/g, '');
  const groups = digits.match(/\d{1,3}/g);
  if (groups === null) return '';
  const last = String(groups[groups.length - 1]);
  if (groups.length > 1 && last.length === 1) {
    groups.pop();
    groups[groups.length - 1] += last;
  }
  return groups.join(space);
}
