import type { RuleFormWords } from '../../../../words/admin-rule-form.ts';
import { formOf } from './rule-form.ts';
import type { Question } from './rule-form.ts';
import type { Rule } from './rule.ts';

/** A question, or its contrary, in words. */
export function askText({ asks }: RuleFormWords, { ask, isNot, value }: Question): string {
  const [plain = ask, contrary = plain] = asks[ask];
  return isNot || value === false ? contrary : plain;
}

/** Words for a value that calendars know; one of a newer server stands for itself. */
export function valueText({ values }: RuleFormWords, value: string): string {
  return new Map(Object.entries(values)).get(value) ?? value;
}

function questionText(words: RuleFormWords, question: Question): string {
  const text = askText(words, question);
  const { value } = question;
  if (typeof value === 'boolean') return text;
  return `${text} ${typeof value === 'number' ? String(value) : value.map((each) => valueText(words, each)).join(', ')}`;
}

/** What a rule does, in one line. `state`: the word for what the person then is. */
export function ruleText(words: RuleFormWords, { when }: Rule, state: string): string {
  const form = formOf(when);
  if (form === undefined) return words.if(words.branches, state);
  const { joins, questions, except } = form;
  const asked = questions.length === 0 ? words.every : questions.map((each) => questionText(words, each)).join(joins === 'all' ? words.and : words.or);
  return words.if(except.length === 0 ? asked : words.unless(asked, except.map((each) => questionText(words, each)).join(words.or)), state);
}
