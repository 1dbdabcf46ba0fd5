import { Select } from '@fluentui/react-components';
import { ruleFormWords } from '../../../../words/admin-rule-form.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What each kind of appointment makes of a person: six rows of the seed's table, five answers each (A150, A151). */
export function MappingTable({ label, of, value, isDisabled, change }: { label: string; of: Readonly<Record<string, readonly string[]>>; value: unknown; isDisabled: boolean; change: (value: unknown) => void }) {
  const { language } = useSurroundings();
  const words = ruleFormWords(language);
  const { inputs, values } = settingWords(language);
  const [names, states] = [new Map(Object.entries(inputs)), new Map(Object.entries(values))];
  const now: Record<string, unknown> = { ...(typeof value === 'object' ? value : {}) };
  return (
    <fieldset>
      <legend>{label}</legend>
      <table className="mapping">
        <thead>
          <tr>
            <th scope="col">{words.appointment}</th>
            <th scope="col">{words.makes}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(of).map(([name, choices]) => {
            const chosen = now[name];
            return (
              <tr key={name}>
                <th scope="row">{names.get(name) ?? name}</th>
                <td>
                  <Select aria-label={names.get(name) ?? name} disabled={isDisabled} value={typeof chosen === 'string' ? chosen : ''} onChange={(_event, data) => change({ ...now, [name]: data.value })}>
                    {choices.map((each) => (
                      <option key={each} value={each}>
                        {states.get(each) ?? each}
                      </option>
                    ))}
                  </Select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </fieldset>
  );
}
