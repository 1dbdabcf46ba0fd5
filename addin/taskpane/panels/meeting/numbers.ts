import type { ConferenceView } from '../../../../contract/conference/conference.ts';

/** As many numbers stand in an invite (ux.md section 3). */
export const MOST_SHOWN = 3;

function digitsOf(text: string): string {
  return text.replace(/[^+\d]/g, '');
}

/** One number to dial, written as people write it. */
export interface Dialable {
  /** ISO code of its country. */
  iso: string;
  country: string;
  display: string;
}

/**
 * The bridge's numbers. The server writes them for people in the block's text; the list itself has them for machines
 * only, and a library that could format them weighs more than the whole panel.
 */
export function dialables(conference: Pick<ConferenceView, 'dialIn'>, blockText: string, language: string): Dialable[] {
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  const written = blockText.split(/\r?\n/).map((line) => line.slice(line.indexOf('+')));
  return conference.dialIn.map(({ country, number }) => ({
    iso: country,
    country: countries.of(country) ?? country,
    display: written.find((line) => line.startsWith('+') && digitsOf(line) === digitsOf(number)) ?? number,
  }));
}

/** Countries whose numbers stand in the invite: the chosen ones, else the bridge's first. */
export function countriesShown({ countries, dialIn }: Pick<ConferenceView, 'countries' | 'dialIn'>): string[] {
  const known = [...new Set(dialIn.map(({ country }) => country))];
  const chosen = countries.filter((country) => known.includes(country));
  return (chosen.length > 0 ? chosen : known).slice(0, MOST_SHOWN);
}

/** "4 8 2, 9 1 3, 7 5 6": how a screen reader should say a code. */
export function spelled(grouped: string): string {
  return grouped
    .split(/\s/)
    .map((group) => group.split('').join(' '))
    .join(', ');
}
