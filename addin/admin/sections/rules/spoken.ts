import { ruleWords } from '../../../../words/admin-rules.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { availabilityWords } from '../../../../words/availability.ts';

/** A state's word; one of a newer server stands for itself. */
export function stateWord(language: string, face: string): string {
  return new Map(Object.entries(availabilityWords(language).faces)).get(face) ?? face;
}

/** The sentence behind a rule's code; a rule that an administrator named says so. */
export function whyWord(language: string, rule: string): string {
  const { ownRule, ...codes } = availabilityWords(language).why;
  return new Map(Object.entries(codes)).get(rule) ?? ownRule(rule);
}

/** A rule's name beside what it makes: a row of the mapping in its words, a rule of the organisation by its own name. */
export function ruleWord(language: string, rule: string): string {
  const { mapped, builtIn } = ruleWords(language).rule;
  const row = new Map(Object.entries(settingWords(language).inputs)).get(rule);
  return row !== undefined ? mapped(row) : (new Map(Object.entries(builtIn)).get(rule) ?? rule);
}

/** The visitor's own zone. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Minutes as hours, in the reader's way of writing numbers. */
export function hoursOf(language: string, minutes: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(minutes / 60);
}
