import { peopleWords } from '../../../../words/admin-people.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import { ofGroup } from '../../parts/settings/whose.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** The switches of the seed's synchronisation options (A091, A096, A105, A106): messages, calendar and calls, each for itself. */
const switches = { voicemail: ['mode'], availability: ['followsCalendar', 'calendarDetail', 'showsCalls'] } as const;

/** What is synchronised for a group or for all. */
export function Synchronised({ group }: { group: string | null }) {
  const { language } = useSurroundings();
  const words = peopleWords(language).teams;
  const { features } = settingWords(language);
  const layers = { voicemail: useLayer('voicemail', ofGroup(group)), availability: useLayer('availability', ofGroup(group)) };
  return (
    <section className="card" aria-label={words.synchronised}>
      <h2>{words.synchronised}</h2>
      <div className="halves">
        {(['voicemail', 'availability'] as const).map((feature) => (
          <div key={feature}>
            <h3>{features[feature]}</h3>
            <SettingsForm layer={layers[feature]} only={switches[feature]} />
          </div>
        ))}
      </div>
    </section>
  );
}
