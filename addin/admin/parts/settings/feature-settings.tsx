import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { SettingsForm } from './form.tsx';
import { useLayer } from './use-layer.ts';
import type { Whose } from './whose.ts';

/** Features with settings of groups and people, in the order of the list. */
const features = ['voicemail', 'availability', 'conference'] as const;

function Feature({ feature, whose }: { feature: string; whose: Whose }) {
  return <SettingsForm layer={useLayer(feature, whose)} />;
}

/** Every setting that one layer may say something about, one feature at a time. */
export function FeatureSettings({ label, whose }: { label: string; whose: Whose }) {
  const names = settingWords(useSurroundings().language).features;
  const [feature, setFeature] = useState<(typeof features)[number]>('voicemail');
  return (
    <>
      <Field label={label}>
        <Select value={feature} onChange={(_event, { value }) => setFeature(features.find((each) => each === value) ?? 'voicemail')}>
          {features.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Feature key={feature} feature={feature} whose={whose} />
    </>
  );
}
