import { useEffect, useState } from 'react';
import { conferenceRoutes } from '../../../../contract/conference/conference-routes.ts';
import type { OfferResponse, OfferView } from '../../../../contract/conference/conference.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { languages } from '../../../../words/pick.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { get } from '../get.ts';
import { Choice } from './input.tsx';
import type { FieldGiven } from './input.tsx';

type Choices = readonly (readonly [value: string, name: string])[];

function named(codes: readonly string[], language: string): Choices {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return codes.map((each) => [each, names.of(each) ?? each]);
}

/** Settings that hold the id of something that the server offers. A type is known to administrators by the name that they gave its connector. */
const offeredOf: Readonly<Record<string, (offer: OfferView, language: string) => Choices>> = {
  'conference.bridge': ({ types }) => types.map(({ id }) => [id, id]),
  'conference.language': (offer, language) => named(offer.languages, language),
  'conference.template': ({ templates }) => templates.map(({ id, name }) => [id, name]),
};

/** Languages of texts that people read outside of Outlook. */
const spoken: readonly string[] = ['voicemail.language', 'availability.phoneLanguage'];

export function isOffered(setting: string): boolean {
  return Object.hasOwn(offeredOf, setting);
}

export function isLanguage(setting: string): boolean {
  return spoken.includes(setting);
}

/** One of the languages that Tieline speaks, by its name. */
export function LanguageField(given: FieldGiven) {
  return <Choice given={given} values={named(languages, useSurroundings().language)} />;
}

/** One of what the server offers, by its name; until it has told, and for what is not offered any more, the id stands for itself. */
export function OfferedField({ setting, ...given }: FieldGiven & { setting: string }) {
  const { transport, language } = useSurroundings();
  const [offer, setOffer] = useState<OfferView | undefined>(undefined);
  useEffect(() => {
    const end = new AbortController();
    get<OfferResponse>(transport, conferenceRoutes.offer, 'offer', { signal: end.signal }).then((answer) => setOffer(answer.offer), () => undefined);
    return () => end.abort();
  }, [transport]);
  return <Choice given={given} values={offer === undefined ? [] : (offeredOf[setting]?.(offer, language) ?? [])} nothing={settingWords(language).nothing} />;
}
