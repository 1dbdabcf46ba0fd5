import { Field, Input } from '@fluentui/react-components';
import { useId } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { said } from './input.tsx';
import type { FieldGiven } from './input.tsx';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Settings that hold a time zone. */
export function isZone(setting: string): boolean {
  return ['voicemail.timeZone', 'availability.phoneTimeZone'].includes(setting);
}

/** A time zone by its name, with those that the browser knows to choose from: 400 are too many for a menu. */
export function TimeZoneField({ label, hint, refused, value, isDisabled, change }: FieldGiven) {
  const words = settingWords(useSurroundings().language);
  const list = useId();
  const zone = typeof value === 'string' ? value : '';
  return (
    <Field label={label} {...said({ hint, refused }, zone === '' || isTimeZone(zone) ? undefined : words.noZone)}>
      {(props) => (
        <>
          <Input {...props} list={list} disabled={isDisabled} maxLength={64} value={zone} onChange={(_event, data) => change(data.value)} />
          <datalist id={list}>
            {Intl.supportedValuesOf('timeZone').map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
