import type { BlockTexts } from './types.ts';

/** The labels that our lines begin with, in every language and of every version that may stand in an invite. */
export interface Labels {
  title: readonly string[];
  code: readonly string[];
  heading: readonly string[];
  /** Over an address in plain text. */
  over: readonly string[];
  host: readonly string[];
  /** Texts of links. */
  link: readonly string[];
}

/** Sorts the texts of several languages by the place where they stand. */
export function labelsOf(texts: readonly BlockTexts[]): Labels {
  function each(...names: (keyof BlockTexts)[]): string[] {
    const found: string[] = [];
    for (const text of texts) {
      for (const name of names) found.push(text[name]);
    }
    return found;
  }
  return {
    title: each('join'),
    code: each('passcode', 'accessCode'),
    heading: each('byPhone'),
    over: each('otherCountries', 'help'),
    host: each('host'),
    link: each('join', 'otherNumbers', 'help'),
  };
}

/** True when a text is one of the labels; of two languages in one line ("Host / Leitung") the first decides. */
export function says(labels: readonly string[], text: string): boolean {
  const first = text.split(' / ')[0];
  return labels.indexOf(text) >= 0 || (first !== undefined && labels.indexOf(first) >= 0);
}
