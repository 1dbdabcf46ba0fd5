/**
 * Conditions as data, with three answers: true, false, and null where the facts do not say (a private meeting's title, a calendar that only tells
 * free and busy). The words of a condition belong to the feature; here is only how they are joined: Kleene's three-valued logic.
 */

/** What a condition says of the facts. */
export type Answer = boolean | null;

/** `Leaf` is the feature's own vocabulary. An empty `all` holds, an empty `any` does not. */
export type Condition<Leaf extends object> = { all: readonly Condition<Leaf>[] } | { any: readonly Condition<Leaf>[] } | { not: Condition<Leaf> } | Leaf;

/** A word of the condition with what it said. */
export interface Said<Leaf> {
  leaf: Leaf;
  answer: Answer;
}

export interface Judgement<Leaf> {
  answer: Answer;
  /** The words that the answer rests on: taking any other one away would not change it. In the order of the condition. */
  because: readonly Said<Leaf>[];
}

/** Whether the condition holds, and why. `ask` answers for one word. */
export function judge<Leaf extends object>(condition: Condition<Leaf>, ask: (leaf: Leaf) => Answer): Judgement<Leaf> {
  if (isAll(condition)) return join(condition.all.map((each) => judge(each, ask)), false);
  if (isAny(condition)) return join(condition.any.map((each) => judge(each, ask)), true);
  if (isNot(condition)) {
    const { answer, because } = judge(condition.not, ask);
    return { answer: answer === null ? null : !answer, because };
  }
  const answer = ask(condition);
  return { answer, because: [{ leaf: condition, answer }] };
}

/** `decisive`: the answer of one part that settles the whole. A part that does not know leaves it open, unless another one settles it. */
function join<Leaf>(parts: readonly Judgement<Leaf>[], decisive: boolean): Judgement<Leaf> {
  const settling = parts.find((part) => part.answer === decisive);
  if (settling) return settling;
  const open = parts.filter((part) => part.answer === null);
  if (open.length > 0) return { answer: null, because: open.flatMap((part) => part.because) };
  return { answer: !decisive, because: parts.flatMap((part) => part.because) };
}

function isAll<Leaf extends object>(condition: Condition<Leaf>): condition is { all: readonly Condition<Leaf>[] } {
  return 'all' in condition;
}

function isAny<Leaf extends object>(condition: Condition<Leaf>): condition is { any: readonly Condition<Leaf>[] } {
  return 'any' in condition;
}

function isNot<Leaf extends object>(condition: Condition<Leaf>): condition is { not: Condition<Leaf> } {
  return 'not' in condition;
}
