import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { PhoneSystemSounds } from '../../../../contract/availability/admin.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { isSoundName } from './greeting.ts';
import { byFolder, without } from './sounds.ts';

interface Given {
  label: string;
  value: string;
  /** Undefined until the phone systems have told. */
  systems: readonly PhoneSystemSounds[] | undefined;
  isDisabled: boolean;
  change: (sound: string) => void;
}

/** A sound, chosen from what the phone systems have, or by a name that is typed: it may be laid there later. Which of them lacks it is said. */
export function SoundInput({ label, value, systems = [], isDisabled, change }: Given) {
  const words = settingWords(useSurroundings().language).greetings;
  const [isTyped, setTyped] = useState(false);
  const folders = byFolder(systems);
  const isListed = folders.some(({ sounds }) => sounds.includes(value));
  const missing = isSoundName(value) ? without(systems, value) : [];
  const isChosen = folders.length > 0 && !isTyped && (isListed || value === '');
  const trouble = !isChosen && !isSoundName(value) ? { state: 'error', text: words.wrong } as const : missing.length > 0 ? { state: 'warning', text: words.notThere(missing.join(', ')) } as const : { state: 'none', text: undefined } as const;
  return (
    <div className="sound">
      <Field label={label} hint={isChosen ? undefined : words.hint} validationState={trouble.state} validationMessage={trouble.text}>
        {isChosen ? (
          <Select disabled={isDisabled} value={value} onChange={(_event, data) => change(data.value)}>
            {value === '' ? <option value="">{words.choose}</option> : null}
            {folders.map(({ folder, sounds }) => (
              <optgroup key={folder} label={folder === '' ? words.noFolder : folder}>
                {sounds.map((each) => <option key={each} value={each}>{each}</option>)}
              </optgroup>
            ))}
          </Select>
        ) : (
          <Input disabled={isDisabled} maxLength={110} value={value} onChange={(_event, data) => change(data.value.trim())} />
        )}
      </Field>
      {folders.length > 0 && !isDisabled ? (
        <Button
          size="small"
          appearance="transparent"
          onClick={() => {
            setTyped(isChosen);
            if (!isChosen && !isListed) change('');
          }}
        >
          {isChosen ? words.type : words.fromList}
        </Button>
      ) : null}
    </div>
  );
}
