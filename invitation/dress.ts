import { makeBlock } from './block.ts';
import type { Block } from './block.ts';
import type { Logo } from './fragment/types.ts';
import type { BlockDetails, BlockTexts } from './types.ts';

/** Parts of the block that a template may leave out. Join link and help always stand there: by them the block is known. */
export type HiddenPart = 'passcode' | 'phone' | 'more-numbers' | 'host';

/** How an organisation wants its block (M9): what a template comes to when all that it inherits is in it. */
export interface Dress {
  /** Languages of the block, two letters, beside the conference's own. */
  languages: readonly string[];
  /** The template's languages alone count, the first leads; people do not choose. */
  languagesLocked: boolean;
  logo: Logo | undefined;
  /** HTML of words, breaks and links, by language. */
  legal: Readonly<Record<string, string>>;
  hide: readonly HiddenPart[];
}

/** No template at all. */
export const PLAIN: Dress = { languages: [], languagesLocked: false, logo: undefined, legal: {}, hide: [] };

/** The languages of a block, the leading one first. `own` is what was chosen for the conference. */
export function languagesOf(dress: Dress, own: string): string[] {
  let wanted = [own].concat(dress.languages);
  if (dress.languagesLocked && dress.languages.length > 0) wanted = dress.languages.slice();
  return wanted.filter(function first(language, index) {
    return wanted.indexOf(language) === index;
  });
}

/** The legal texts in the order of the languages; a language without one is not a reason to show another's twice. */
function legalIn(dress: Dress, languages: readonly string[]): string[] {
  const found: string[] = [];
  for (const language of languages) {
    const text = dress.legal[language];
    if (text !== undefined && text.trim() !== '') found.push(text);
  }
  return found;
}

function shownDetails(details: BlockDetails, { hide }: Dress): BlockDetails {
  const shown = Object.assign({}, details);
  if (hide.indexOf('passcode') >= 0) delete shown.passcode;
  if (hide.indexOf('host') >= 0) delete shown.host;
  if (hide.indexOf('phone') >= 0) Object.assign(shown, { numbers: [], moreNumbers: false });
  if (hide.indexOf('more-numbers') >= 0) shown.moreNumbers = false;
  return shown;
}

/**
 * The block as a template wants it.
 *
 * @param own the language chosen for the conference.
 * @param detailsIn what the block says, with the names of countries in a language.
 */
export function makeDressed(dress: Dress, own: string, detailsIn: (language: string) => BlockDetails, textsIn: (language: string) => BlockTexts): Block {
  const languages = languagesOf(dress, own);
  let lead = own;
  if (languages[0] !== undefined) lead = languages[0];
  const details = shownDetails(detailsIn(lead), dress);
  const legal = legalIn(dress, languages);
  if (legal.length > 0) details.legal = legal;
  if (dress.logo !== undefined) details.logo = dress.logo;
  return makeBlock(details, textsIn(lead), ...languages.slice(1).map(textsIn));
}
