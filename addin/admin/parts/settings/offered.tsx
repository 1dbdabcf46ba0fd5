import { Field, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { conferenceRoutes } from '../../../../contract/conference/conference-routes.ts';
import type { OfferResponse, OfferView } from '../../../../contract/conference/conference.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { get } from '../get.ts';

type Choices = readonly (readonly [value: string, name: string])[];

/** Settings that hold the id of something that the server offers. A type is known to administrators by the name that they gave its connector. */
const offeredOf: Readonly<Record<string, (offer: OfferView, language: string) => Choices>> = {
  'conference.bridge': ({ types }) => types.map(({ id }) => [id, id]),
  'conference.language': ({ languages }, language) => languages.map((each) => [each, new Intl.DisplayNames([language], { type: 'language' }).of(each) ?? each]),
  'conference.template': ({ templates }) => templates.map(({ id, name }) => [id, name]),
};

export function isOffered(setting: string): boolean {
  return Object.hasOwn(offeredOf, setting);
}

interface Given {
  setting: string;
  label: string;
  value: unknown;
  isDisabled: boolean;
  change: (value: string | null) => void;
}

/** One of what the server offers, by its name; until it has told, and for what is not offered any more, the id stands for itself. */
export function OfferedField({ setting, label, value, isDisabled, change }: Given) {
  const { transport, language } = useSurroundings();
  const [offer, setOffer] = useState<OfferView | undefined>(undefined);
  useEffect(() => {
    const end = new AbortController();
    get<OfferResponse>(transport, conferenceRoutes.offer, 'offer', { signal: end.signal }).then((answer) => setOffer(answer.offer), () => undefined);
    return () => end.abort();
  }, [transport]);
  const offered = offer === undefined ? [] : (offeredOf[setting]?.(offer, language) ?? []);
  const chosen = typeof value === 'string' ? value : '';
  const all = chosen === '' || offered.some(([id]) => id === chosen) ? offered : [...offered, [chosen, chosen] as const];
  return (
    <Field label={label}>
      <Select disabled={isDisabled} value={chosen} onChange={(_event, data) => change(data.value === '' ? null : data.value)}>
        <option value="">{settingWords(language).nothing}</option>
        {all.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
