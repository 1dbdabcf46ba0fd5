import { Field, Input, Select } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { RuleFormWords } from '../../../../words/admin-rule-form.ts';
import { Json } from '../settings/json.tsx';
import { Questions } from './questions.tsx';
import { conditionOf, formOf } from './rule-form.ts';
import type { RuleForm } from './rule-form.ts';
import { outcomes, rulesOf, shortName } from './rule.ts';
import type { Rule } from './rule.ts';
import { ruleText } from './spoken-rule.ts';

interface Given {
  words: RuleFormWords;
  rule: Rule;
  isOpen: boolean;
  isTwice: boolean;
  isDisabled: boolean;
  stateText: (makes: Rule['makes']) => string;
  change: (rule: Rule) => void;
  /** Buttons that act on the list. */
  children: ReactNode;
}

/** One rule: in one line, and opened as a form. */
export function RuleCard({ words, rule, isOpen, isTwice, isDisabled, stateText, change, children }: Given) {
  const form = formOf(rule.when);
  return (
    <li className="rule">
      <details open={isOpen}>
        <summary>
          <b>{rule.id}</b> <span className="quiet">{ruleText(words, rule, stateText(rule.makes))}</span>
        </summary>
        <div className="settings">
          <Field label={words.name} validationState={isTwice ? 'error' : 'none'} validationMessage={isTwice ? words.twice : undefined}>
            <Input disabled={isDisabled} maxLength={40} value={rule.id} onChange={(_event, { value }) => change({ ...rule, id: shortName(value) })} />
          </Field>
          {form === undefined ? <Tree words={words} rule={rule} isDisabled={isDisabled} change={change} /> : <Form words={words} form={form} isDisabled={isDisabled} change={(changed) => change({ ...rule, when: conditionOf(changed) })} />}
          <Field label={words.thenIs}>
            <Select disabled={isDisabled} value={rule.makes} onChange={(_event, { value }) => change({ ...rule, makes: outcomes.find((each) => each === value) ?? rule.makes })}>
              {outcomes.map((each) => (
                <option key={each} value={each}>
                  {stateText(each)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </details>
      <div className="actions">{children}</div>
    </li>
  );
}

function Form({ words, form, isDisabled, change }: { words: RuleFormWords; form: RuleForm; isDisabled: boolean; change: (form: RuleForm) => void }) {
  const { joins, questions, except } = form;
  return (
    <>
      <Field label={words.joins}>
        <Select disabled={isDisabled} value={joins} onChange={(_event, { value }) => change({ ...form, joins: value === 'any' ? 'any' : 'all' })}>
          <option value="all">{words.all}</option>
          <option value="any">{words.any}</option>
        </Select>
      </Field>
      {questions.length === 0 && joins === 'all' && except.length === 0 ? <p className="quiet">{words.always}</p> : null}
      <Questions words={words} label={words.ask} add={words.addAsk} questions={questions} isDisabled={isDisabled} change={(changed) => change({ ...form, questions: changed })} />
      <fieldset>
        <legend>{words.except}</legend>
        <Questions words={words} label={words.exception} add={words.addException} questions={except} isDisabled={isDisabled} change={(changed) => change({ ...form, except: changed })} />
      </fieldset>
    </>
  );
}

function Tree({ words, rule, isDisabled, change }: Pick<Given, 'words' | 'rule' | 'isDisabled' | 'change'>) {
  const read = (typed: unknown): void => {
    const [changed] = rulesOf([{ ...rule, when: typed }]) ?? [];
    if (changed !== undefined) change(changed);
  };
  return <Json label={words.tree} value={rule.when} isDisabled={isDisabled} change={read} />;
}
