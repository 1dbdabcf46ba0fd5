import { Button, Checkbox, Field, Select } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { ruleFormWords } from '../../../../words/admin-rule-form.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { moved, replaced, without } from '../lists.ts';
import { Json } from '../settings/json.tsx';
import { presets } from './presets.ts';
import type { PresetName } from './presets.ts';
import { RuleCard } from './rule-card.tsx';
import { freeName, rulesOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** As contract/availability/availability.ts has it. */
const MOST = 50;

/** Further rules as a list in the order in which they are asked, each a form; all of it as JSON for experts. */
export function RulesField({ label, value, isDisabled, change }: { label: string; value: unknown; isDisabled: boolean; change: (value: unknown) => void }) {
  const { language } = useSurroundings();
  const words = ruleFormWords(language);
  const states = new Map(Object.entries(settingWords(language).values));
  const rules = rulesOf(value);
  const [isExpert, setExpert] = useState(false);
  const [opened, setOpened] = useState<number | undefined>(undefined);
  const [said, setSaid] = useState('');
  const [kind, setKind] = useState<PresetName | 'fresh'>('fresh');
  // A rule keeps its place on the screen and the focus in it while its name is typed and its number changes.
  const keys = useRef<number[]>([]);
  const next = useRef(0);
  const top = useRef<HTMLFieldSetElement>(null);
  const shown = rules ?? [];
  while (keys.current.length < shown.length) keys.current.push((next.current += 1));
  keys.current.length = shown.length;

  const stateText = (makes: Rule['makes']): string => (makes === 'mapping' ? words.mapping : (states.get(makes) ?? makes));
  function move(from: number, to: number): void {
    keys.current = [...moved(keys.current, from, to)];
    change(moved(shown, from, to));
    setSaid(words.place(shown[from]?.id ?? '', to + 1, shown.length));
  }
  function remove(index: number): void {
    keys.current = [...without(keys.current, index)];
    change(without(shown, index));
    setSaid(words.removed(shown[index]?.id ?? ''));
    top.current?.focus();
  }
  function add(): void {
    const made: Omit<Rule, 'id'> = kind === 'fresh' ? { when: { subjectHas: [] }, makes: 'away' } : presets[kind];
    const id = freeName(shown, kind === 'fresh' ? 'rule' : kind);
    next.current += 1;
    keys.current.push(next.current);
    setOpened(next.current);
    change([...shown, { id, ...made }]);
    setSaid(words.place(id, shown.length + 1, shown.length + 1));
  }

  return (
    <fieldset ref={top} tabIndex={-1}>
      <legend>{label}</legend>
      <p className="quiet">{words.order}</p>
      {isExpert || rules === undefined ? (
        <Json label={label} value={value} isDisabled={isDisabled} change={change} />
      ) : (
        <>
          {rules.length === 0 ? <p>{words.none}</p> : null}
          <ol className="rules">
            {rules.map((rule, index) => (
              <RuleCard
                key={keys.current[index]}
                words={words}
                rule={rule}
                isOpen={keys.current[index] === opened}
                isTwice={rules.some(({ id }, other) => other !== index && id === rule.id)}
                isDisabled={isDisabled}
                stateText={stateText}
                change={(changed) => change(replaced(rules, index, changed))}
              >
                <Button size="small" disabled={isDisabled || index === 0} aria-label={words.ofRule(words.up, rule.id)} onClick={() => move(index, index - 1)}>
                  {words.up}
                </Button>
                <Button size="small" disabled={isDisabled || index === rules.length - 1} aria-label={words.ofRule(words.down, rule.id)} onClick={() => move(index, index + 1)}>
                  {words.down}
                </Button>
                <Button size="small" className="danger" disabled={isDisabled} aria-label={words.ofRule(words.remove, rule.id)} onClick={() => remove(index)}>
                  {words.remove}
                </Button>
              </RuleCard>
            ))}
          </ol>
          <div className="actions">
            <Field label={words.add}>
              <Select disabled={isDisabled} value={kind} onChange={(_event, chosen) => setKind(presetNames.find((each) => each === chosen.value) ?? 'fresh')}>
                <option value="fresh">{words.fresh}</option>
                {presetNames.map((each) => (
                  <option key={each} value={each}>
                    {words.presets[each]}
                  </option>
                ))}
              </Select>
            </Field>
            <Button disabled={isDisabled || rules.length >= MOST} onClick={add}>
              {words.add}
            </Button>
          </div>
        </>
      )}
      <Checkbox label={words.expert} checked={isExpert || rules === undefined} disabled={rules === undefined} onChange={(_event, { checked }) => setExpert(checked === true)} />
      <p role="status" className="unseen">
        {said}
      </p>
    </fieldset>
  );
}

const presetNames = Object.keys(presets) as PresetName[];
