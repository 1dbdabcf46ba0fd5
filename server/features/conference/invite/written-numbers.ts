import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { DialIn } from '../../../../invitation/index.ts';

/** Numbers that stand in the invite itself; the others are on the page behind "Numbers in other countries" (ux.md §3). */
export const numbersShown = 3;

/** A bridge's numbers as people write them, with the country's name in `language`. */
export function writtenNumbers(numbers: readonly { country: string; number: string }[], language: string): (DialIn & { iso: string })[] {
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  return numbers.map(({ country, number }) => ({
    iso: country,
    country: countries.of(country) ?? country,
    display: parsePhoneNumberFromString(number)?.formatInternational() ?? number,
    e164: number,
  }));
}
