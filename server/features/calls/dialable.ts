/** Written beside a country code for those who dial inside the country; dialled with it, the call goes nowhere. */
const nationalZero = /\(0\)/g;
const between = /[\s\u00A0\u2007\u202F()./\u2010-\u2015-]/g;

/**
 * What a phone dials, of a number as people write it: "+49 (0)30 / 231 25-17" is "+493023125017". Null for what is no number: letters, nothing, or more than 40 digits.
 */
export function dialable(written: string): string | null {
  const text = written.trim();
  const bare = (text.startsWith('+') ? text.replaceAll(nationalZero, '') : text).replaceAll(between, '');
  return /^\+?[\d*#]{1,40}$/.test(bare) ? bare : null;
}
