import { makeDressed, type BlockDetails, type DialIn } from '../../../../invitation/index.ts';
import type { InviteBlock } from '../../../../contract/conference/conference.ts';
import { wordsFor } from '../../../../words/index.ts';
import { numbersFor } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { numbersShown, writtenNumbers } from './written-numbers.ts';

/** Those of the chosen countries in their order, one each; without a choice the bridge's first. */
function chosenNumbers(every: readonly (DialIn & { iso: string })[], countries: readonly string[]): DialIn[] {
  const chosen = countries.flatMap((country) => every.find(({ iso }) => iso === country) ?? []);
  const shown = (chosen.length > 0 ? chosen : every).slice(0, numbersShown);
  return shown.map(({ country, display, e164 }) => ({ country, display, e164 }));
}

function detailsOf(deps: Pick<ConferenceDeps, 'bridges' | 'joinBase'>, conference: Conference, language: string): BlockDetails {
  const every = numbersOf(deps, conference, language);
  const numbers = chosenNumbers(every, conference.countries);
  return {
    joinUrl: `${deps.joinBase}${conference.id}`,
    passcode: conference.passcode,
    accessCode: conference.accessCode,
    numbers,
    moreNumbers: every.length > numbers.length,
    host: conference.ownerName,
  };
}

/** The block that stands in the invite, in the conference's language and as its template wants it. The host code is never in it. */
export async function blockOf(deps: Pick<ConferenceDeps, 'bridges' | 'joinBase' | 'dressFor'>, conference: Conference): Promise<InviteBlock> {
  const { dress, former } = await deps.dressFor(conference.tenantId, conference.template);
  return { ...makeDressed(dress, conference.language, (language) => detailsOf(deps, conference, language), (language) => wordsFor(language).block), former };
}

/** The bridge's numbers as people write them, with the country's name in `language`. */
export function numbersOf(deps: Pick<ConferenceDeps, 'bridges'>, conference: Conference, language: string): (DialIn & { iso: string })[] {
  return writtenNumbers(numbersFor(deps, conference.bridgeInstance), language);
}
