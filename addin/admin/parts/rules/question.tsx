import { Button, Checkbox, Field, Input, Select } from '@fluentui/react-components';
import type { RuleFormWords } from '../../../../words/admin-rule-form.ts';
import { Lines } from '../settings/lines.tsx';
import { asks, begun, flagAsks, isOneOf, knownValues, numberAsks } from './rule-form.ts';
import type { Question } from './rule-form.ts';
import { askText, valueText } from './spoken-rule.ts';

interface Given {
  label: string;
  words: RuleFormWords;
  question: Question;
  isDisabled: boolean;
  change: (question: Question) => void;
  remove: () => void;
}

/** Each question as it is and as its contrary. */
const choices: readonly Question[] = asks.flatMap((ask) => {
  const plain = begun(ask);
  return [plain, isOneOf(flagAsks, ask) ? { ...plain, value: false } : { ...plain, isNot: true }];
});

const keyOf = ({ ask, isNot, value }: Question): string => `${ask} ${isNot || value === false ? 'not' : ''}`;

/** One question of a rule: what is asked, and for what. */
export function QuestionRow({ label, words, question, isDisabled, change, remove }: Given) {
  const text = askText(words, question);
  const choose = (key: string): void => {
    const chosen = choices.find((each) => keyOf(each) === key);
    if (chosen === undefined) return;
    // The contrary asks for the same.
    change(chosen.ask === question.ask && typeof question.value !== 'boolean' ? { ...question, isNot: chosen.isNot } : chosen);
  };
  return (
    <div className="question">
      <Field label={label}>
        <Select disabled={isDisabled} value={keyOf(question)} onChange={(_event, { value }) => choose(value)}>
          {choices.map((each) => (
            <option key={keyOf(each)} value={keyOf(each)}>
              {askText(words, each)}
            </option>
          ))}
        </Select>
      </Field>
      <QuestionValue text={text} words={words} question={question} isDisabled={isDisabled} change={change} />
      <Button size="small" disabled={isDisabled} aria-label={words.removeAsk(text)} onClick={remove}>
        {words.remove}
      </Button>
    </div>
  );
}

function QuestionValue({ text, words, question, isDisabled, change }: Omit<Given, 'label' | 'remove'> & { text: string }) {
  const { ask, value } = question;
  if (typeof value === 'boolean') return null;
  if (typeof value === 'number' || isOneOf(numberAsks, ask)) {
    return (
      <Field label={text}>
        <Input type="number" min={0} max={ask === 'attendeesAtLeast' ? 10_000 : 1_000_000} disabled={isDisabled} value={String(value)} onChange={(_event, data) => change({ ...question, value: Math.max(0, Math.trunc(Number(data.value))) })} />
      </Field>
    );
  }
  const known = ask === 'showAsIs' || ask === 'responseIs' ? knownValues[ask] : undefined;
  return (
    <>
      {known === undefined ? (
        <Lines label={text} hint={words.words} rows={2} value={value} isDisabled={isDisabled} change={(lines) => change({ ...question, value: lines })} />
      ) : (
        <fieldset className="plain">
          <legend>{text}</legend>
          {[...new Set([...known, ...value])].map((each) => (
            <Checkbox
              key={each}
              label={valueText(words, each)}
              disabled={isDisabled}
              checked={value.includes(each)}
              onChange={(_event, { checked }) => change({ ...question, value: checked === true ? [...value, each] : value.filter((other) => other !== each) })}
            />
          ))}
        </fieldset>
      )}
      {value.length === 0 ? <p className="quiet">{words.noWords}</p> : null}
    </>
  );
}
