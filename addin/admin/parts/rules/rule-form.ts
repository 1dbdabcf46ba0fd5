import type { RuleCondition } from '../../../../contract/availability/availability.ts';

/**
 * A further rule as a form: questions that are joined by "and" or "or", and exceptions. Conditions are trees; most of them that people write fit this form, and
 * the rest is edited as JSON. Pure: what is read and written back says the same of every appointment.
 */

/** Questions with words, and what stands in their lists. */
export const wordAsks = ['subjectHas', 'locationHas', 'categoryIs', 'organizerIs'] as const;
/** Questions with values that a calendar knows. */
export const valueAsks = ['showAsIs', 'responseIs'] as const;
export const numberAsks = ['attendeesAtLeast', 'minutesAtLeast'] as const;
export const flagAsks = ['isAllDay', 'isPrivate', 'isCancelled'] as const;
export const asks = [...wordAsks, ...valueAsks, ...numberAsks, ...flagAsks] as const;

/** What a calendar says of an appointment, as server/features/availability/rules/appointment.ts has it. `free` is left out: such appointments never reach a rule. */
export const knownValues = { showAsIs: ['busy', 'tentative', 'outOfOffice', 'workingElsewhere'], responseIs: ['none', 'tentative', 'accepted', 'declined', 'organizer'] } as const;

export type Ask = (typeof asks)[number];

/** One question. `isNot`: its contrary; of yes or no, the value says it. */
export interface Question {
  ask: Ask;
  isNot: boolean;
  value: readonly string[] | number | boolean;
}

export interface RuleForm {
  joins: 'all' | 'any';
  questions: readonly Question[];
  /** If one of these holds, the rule does not. */
  except: readonly Question[];
}

/** What a question begins with. */
export function begun(ask: Ask): Question {
  if (isOneOf(numberAsks, ask)) return { ask, isNot: false, value: ask === 'minutesAtLeast' ? 60 : 1 };
  return { ask, isNot: false, value: isOneOf(flagAsks, ask) ? true : [] };
}

/** The form of a condition; undefined for a tree that has more branches than the form. */
export function formOf(when: RuleCondition): RuleForm | undefined {
  if ('all' in when) {
    const last = when.all.at(-1);
    const before = when.all.slice(0, -1);
    const except = last === undefined ? undefined : exceptionsOf(last);
    if (except === undefined) return joined('all', when.all, []);
    const [only] = before;
    // Words in one list that any of them may meet, and exceptions beside it.
    if (only !== undefined && before.length === 1 && 'any' in only) return joined('any', only.any, except);
    return joined('all', before, except);
  }
  if ('any' in when) return joined('any', when.any, []);
  const except = exceptionsOf(when);
  if (except !== undefined) return { joins: 'all', questions: [], except };
  const single = questionOf(when);
  return single && { joins: 'all', questions: [single], except: [] };
}

/** The condition that a form says. */
export function conditionOf({ joins, questions, except }: RuleForm): RuleCondition {
  const parts = questions.map(partOf);
  const [only, other] = parts;
  if (joins === 'all' && except.length === 0 && only !== undefined && other === undefined) return only;
  if (except.length === 0) return joins === 'all' ? { all: parts } : { any: parts };
  const unless: RuleCondition = { not: { any: except.map(partOf) } };
  return joins === 'all' ? { all: [...parts, unless] } : { all: [{ any: parts }, unless] };
}

function joined(joins: RuleForm['joins'], parts: readonly RuleCondition[], except: readonly Question[]): RuleForm | undefined {
  const questions = parts.flatMap((part) => questionOf(part) ?? []);
  return questions.length === parts.length ? { joins, questions, except } : undefined;
}

function exceptionsOf(part: RuleCondition): readonly Question[] | undefined {
  if (!('not' in part) || !('any' in part.not)) return undefined;
  const questions = part.not.any.flatMap((each) => questionOf(each) ?? []);
  return questions.length === part.not.any.length && questions.length > 0 ? questions : undefined;
}

function questionOf(part: RuleCondition): Question | undefined {
  if ('not' in part) {
    const inner = leafOf(part.not);
    if (inner === undefined) return undefined;
    // The contrary of yes is no: these are always known.
    return typeof inner.value === 'boolean' ? { ...inner, value: !inner.value } : { ...inner, isNot: true };
  }
  return leafOf(part);
}

function leafOf(part: RuleCondition): Question | undefined {
  const [[name, value] = []] = Object.entries(part);
  const ask = asks.find((each) => each === name);
  return ask === undefined || (typeof value !== 'number' && typeof value !== 'boolean' && !isWords(value)) ? undefined : { ask, isNot: false, value };
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function partOf(question: Question): RuleCondition {
  const leaf = plainLeaf(question);
  return question.isNot ? { not: leaf } : leaf;
}

function plainLeaf({ ask, value }: Question): RuleCondition {
  const words = typeof value === 'object' ? [...value] : [];
  switch (ask) {
    case 'subjectHas': return { subjectHas: words };
    case 'locationHas': return { locationHas: words };
    case 'categoryIs': return { categoryIs: words };
    case 'organizerIs': return { organizerIs: words };
    case 'showAsIs': return { showAsIs: words };
    case 'responseIs': return { responseIs: words };
    case 'attendeesAtLeast': return { attendeesAtLeast: Number(value) };
    case 'minutesAtLeast': return { minutesAtLeast: Number(value) };
    case 'isAllDay': return { isAllDay: value === true };
    case 'isPrivate': return { isPrivate: value === true };
    case 'isCancelled': return { isCancelled: value === true };
  }
}

export function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((each) => each === value);
}
