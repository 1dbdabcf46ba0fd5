import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { makeBlock, type DialIn } from '../../../invitation/index.ts';
import type { InviteBlock } from '../../../contract/conference.ts';
import { wordsFor } from '../../../words/index.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';

/** Numbers that stand in the invite itself; the others are on the page behind "Numbers in other countries" (ux.md §3). */
const numbersShown = 3;

/** The block that stands in the invite, in the conference's language. The host code is never in it. */
export function blockOf(deps: ConferenceDeps, conference: Conference): InviteBlock {
  const numbers = numbersOf(deps, conference, conference.language);
  return makeBlock(
    {
      joinUrl: `${deps.joinBase}${conference.id}`,
      passcode: conference.passcode,
      accessCode: conference.accessCode,
      numbers: numbers.slice(0, numbersShown),
      moreNumbers: numbers.length > numbersShown,
      host: conference.ownerName,
    },
    wordsFor(conference.language).block,
  );
}

/** The bridge's numbers as people write them, with the country's name in `language`. */
export function numbersOf(deps: ConferenceDeps, conference: Conference, language: string): DialIn[] {
  const bridge = deps.bridges.find((each) => each.instance === conference.bridgeInstance);
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  return (bridge?.dialIn ?? []).map(({ country, number }) => ({
    country: countries.of(country) ?? country,
    display: parsePhoneNumberFromString(number)?.formatInternational() ?? number,
    e164: number,
  }));
}
