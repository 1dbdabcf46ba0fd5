import { Field, Select } from '@fluentui/react-components';
import type { PhoneSystemSounds } from '../../../../contract/availability/admin.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { availabilityWords } from '../../../../words/availability.ts';
import { ProblemBar } from '../problem.tsx';
import type { Problem } from '../problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { readGreeting, ways, writeGreeting } from './greeting.ts';
import type { GreetingWay } from './greeting.ts';
import { SoundInput } from './sound-input.tsx';
import { useSounds } from './use-sounds.ts';

/** What callers hear by what somebody is: the own recording, a spoken text, or a sound of the phone system, from what it has or by its name. */
export function GreetingsField({ of, value, isDisabled, change }: { of: readonly string[]; value: unknown; isDisabled: boolean; change: (value: unknown) => void }) {
  const { language } = useSurroundings();
  const words = settingWords(language).greetings;
  const faces = new Map(Object.entries(availabilityWords(language).faces));
  const now: Record<string, unknown> = { ...(typeof value === 'object' ? value : {}) };
  const wantsSound = of.some((face) => readGreeting(now[face]).way === 'prompt');
  const { systems, task } = useSounds(wantsSound);
  return (
    <>
      {of.map((face) => {
        const { way, sound } = readGreeting(now[face]);
        const say = (next: { way: GreetingWay; sound: string }): void => change({ ...now, [face]: writeGreeting(next) });
        const name = faces.get(face) ?? face;
        return (
          <div key={face} className="pair">
            <Field label={name}>
              <Select disabled={isDisabled} value={way} onChange={(_event, data) => say({ way: ways.find((each) => each === data.value) ?? 'own', sound: '' })}>
                {ways.map((each) => <option key={each} value={each}>{words[each]}</option>)}
              </Select>
            </Field>
            {way === 'prompt' ? (
              <SoundInput label={words.sound(name)} value={sound} systems={systems} isDisabled={isDisabled} change={(next) => say({ way, sound: next })} />
            ) : null}
          </div>
        );
      })}
      {wantsSound ? <SoundsSaid systems={systems} problem={task.problem} /> : null}
    </>
  );
}

/** How many each phone system offers; or why it offers none, and what to do about it. */
function SoundsSaid({ systems, problem }: { systems: readonly PhoneSystemSounds[] | undefined; problem: Problem | undefined }) {
  const words = settingWords(useSurroundings().language).greetings;
  if (problem !== undefined) return <ProblemBar {...problem} />;
  if (systems === undefined) return <p className="quiet">{words.asking}</p>;
  return (
    <>
      {systems.map(({ instance, sounds, trouble }) => (
        <p key={instance} className="quiet">
          {trouble === null ? words.offered(sounds?.length ?? 0, instance) : trouble.kind === 'cannot-tell' ? words.cannotTell(instance) : `${words.failed(instance)} ${trouble.message}. ${trouble.remedy}`}
        </p>
      ))}
    </>
  );
}
