import type { AvailabilityValues, RuleCondition } from '../../../../contract/availability/availability.ts';

export type Rule = AvailabilityValues['rules'][number];

/** What an appointment becomes by a rule; `mapping`: as the mapping says after all. */
export const outcomes = ['available', 'busy', 'away', 'doNotDisturb', 'ignore', 'mapping'] as const satisfies readonly Rule['makes'][];

/** The rules of a setting that was read or typed as JSON; undefined where it is none. */
export function rulesOf(value: unknown): readonly Rule[] | undefined {
  return Array.isArray(value) && value.every(isRule) ? value : undefined;
}

function isRule(value: unknown): value is Rule {
  if (!isObject(value)) return false;
  const { id, when, makes } = value;
  return typeof id === 'string' && outcomes.some((each) => each === makes) && isCondition(when);
}

/** Whether it has the shape of a condition; which words there are, the server says. */
function isCondition(value: unknown): value is RuleCondition {
  if (!isObject(value)) return false;
  const { all, any, not } = value;
  if ('all' in value) return Array.isArray(all) && all.every(isCondition);
  if ('any' in value) return Array.isArray(any) && any.every(isCondition);
  return 'not' in value ? isCondition(not) : Object.keys(value).length === 1;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is typed, as a rule's short name (contract/availability/availability.ts): small letters, digits and hyphens, 40 at most. It stands in "why" and in the log. */
export function shortName(typed: string): string {
  const plain = typed.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').normalize('NFKD');
  return plain.replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, 40);
}

/** A name that no other rule has. */
export function freeName(rules: readonly Rule[], wish: string): string {
  const taken = new Set(rules.map(({ id }) => id));
  if (!taken.has(wish)) return wish;
  return `${wish.slice(0, 36)}-${Array.from({ length: rules.length + 1 }, (_, index) => index + 2).find((count) => !taken.has(`${wish.slice(0, 36)}-${count}`)) ?? 0}`;
}
