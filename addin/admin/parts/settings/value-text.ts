import { ruleFormWords } from '../../../../words/admin-rule-form.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import type { SettingWords } from '../../../../words/admin-settings.ts';
import { availabilityWords } from '../../../../words/availability.ts';
import { rulesOf } from '../rules/rule.ts';
import { ruleText } from '../rules/spoken-rule.ts';

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainText(words: SettingWords, value: unknown): string {
  if (value === null || value === undefined || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'string' ? (new Map(Object.entries(words.values)).get(value) ?? value) : typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A value in one text. */
export function valueText(language: string, value: unknown): string {
  const words = settingWords(language);
  const states = new Map(Object.entries(words.values));
  const ruleWords = ruleFormWords(language);
  const rules = rulesOf(value);
  if (rules !== undefined && rules.length > 0) return rules.map((rule) => `${rule.id}: ${ruleText(ruleWords, rule, rule.makes === 'mapping' ? ruleWords.mapping : (states.get(rule.makes) ?? rule.makes))}`).join('; ');
  if (Array.isArray(value)) return value.length === 0 ? words.empty : value.map((each) => plainText(words, each)).join(', ');
  if (!isFields(value)) return plainText(words, value);
  const names = new Map<string, string>([...Object.entries(availabilityWords(language).faces), ...Object.entries(words.inputs)]);
  return Object.entries(value).map(([row, said]) => `${names.get(row) ?? row}: ${plainText(words, said)}`).join('; ');
}
