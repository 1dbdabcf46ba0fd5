import { Field, Input, Select } from '@fluentui/react-components';
import { useId } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { availabilityWords } from '../../../../words/availability.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { isSoundName, readGreeting, soundsIn, ways, writeGreeting } from './greeting.ts';
import type { GreetingWay } from './greeting.ts';

/** What callers hear by what somebody is: the own recording, a spoken text, or a sound of the phone system by its name; names that stand in one row are offered in the others. */
export function GreetingsField({ of, value, isDisabled, change }: { of: readonly string[]; value: unknown; isDisabled: boolean; change: (value: unknown) => void }) {
  const { language } = useSurroundings();
  const words = settingWords(language).greetings;
  const faces = new Map(Object.entries(availabilityWords(language).faces));
  const now: Record<string, unknown> = { ...(typeof value === 'object' ? value : {}) };
  const known = soundsIn(Object.values(now));
  const list = useId();
  return (
    <>
      {of.map((face) => {
        const { way, sound } = readGreeting(now[face]);
        const say = (next: { way: GreetingWay; sound: string }): void => change({ ...now, [face]: writeGreeting(next) });
        const name = faces.get(face) ?? face;
        return (
          <div key={face} className="pair">
            <Field label={name}>
              <Select disabled={isDisabled} value={way} onChange={(_event, data) => say({ way: ways.find((each) => each === data.value) ?? 'own', sound: known[0] ?? '' })}>
                {ways.map((each) => <option key={each} value={each}>{words[each]}</option>)}
              </Select>
            </Field>
            {way === 'prompt' ? (
              <Field label={words.sound(name)} hint={words.hint} validationState={isSoundName(sound) ? 'none' : 'error'} validationMessage={isSoundName(sound) ? undefined : words.wrong}>
                <Input disabled={isDisabled} maxLength={110} list={list} value={sound} onChange={(_event, data) => say({ way, sound: data.value.trim() })} />
              </Field>
            ) : null}
          </div>
        );
      })}
      <datalist id={list}>{known.map((each) => <option key={each} value={each} />)}</datalist>
    </>
  );
}
