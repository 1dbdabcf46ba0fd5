import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { makeBlock, type DialIn } from '../../../invitation/index.ts';
import type { InviteBlock } from '../../../contract/conference.ts';
import { wordsFor } from '../../../words/index.ts';
import { numbersFor } from './bridge-set.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';

/** Numbers that stand in the invite itself; the others are on the page behind "Numbers in other countries" (ux.md §3). */
const numbersShown = 3;

/** Those of the chosen countries in their order, one each; without a choice the bridge's first. */
function chosenNumbers(every: readonly (DialIn & { iso: string })[], countries: readonly string[]): DialIn[] {
  const chosen = countries.flatMap((country) => every.find(({ iso }) => iso === country) ?? []);
  const shown = (chosen.length > 0 ? chosen : every).slice(0, numbersShown);
  return shown.map(({ country, display, e164 }) => ({ country, display, e164 }));
}

/** The block that stands in the invite, in the conference's language. The host code is never in it. */
export function blockOf(deps: ConferenceDeps, conference: Conference): InviteBlock {
  const every = numbersOf(deps, conference, conference.language);
  const numbers = chosenNumbers(every, conference.countries);
  return makeBlock(
    {
      joinUrl: `${deps.joinBase}${conference.id}`,
      passcode: conference.passcode,
      accessCode: conference.accessCode,
      numbers,
      moreNumbers: every.length > numbers.length,
      host: conference.ownerName,
    },
    wordsFor(conference.language).block,
  );
}

/** The bridge's numbers as people write them, with the country's name in `language`. */
export function numbersOf(deps: ConferenceDeps, conference: Conference, language: string): (DialIn & { iso: string })[] {
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  return numbersFor(deps, conference.bridgeInstance).map(({ country, number }) => ({
    iso: country,
    country: countries.of(country) ?? country,
    display: parsePhoneNumberFromString(number)?.formatInternational() ?? number,
    e164: number,
  }));
}
