import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { judge, type Answer, type Condition } from '../../../../server/rules/condition.ts';

interface Word {
  word: Answer;
}

const yes: Word = { word: true };
const no: Word = { word: false };
const unknown: Word = { word: null };
const ask = (leaf: Word): Answer => leaf.word;

describe('conditions with three answers', () => {
  const table: [string, Condition<Word>, Answer][] = [
    ['one part that does not hold settles "all"', { all: [yes, no, unknown] }, false],
    ['one part that is not known leaves "all" open', { all: [yes, unknown] }, null],
    ['"all" holds when every part does', { all: [yes, yes] }, true],
    ['one part that holds settles "any"', { any: [no, unknown, yes] }, true],
    ['one part that is not known leaves "any" open', { any: [no, unknown] }, null],
    ['"any" does not hold when no part does', { any: [no, no] }, false],
    ['the contrary of the unknown is unknown', { not: unknown }, null],
    ['the contrary', { not: { all: [yes, no] } }, true],
    ['an empty "all" holds', { all: [] }, true],
    ['an empty "any" does not', { any: [] }, false],
  ];
  for (const [what, condition, answer] of table) it(what, () => assert.equal(judge(condition, ask).answer, answer));

  it('names the words that settle it, and no others', () => {
    assert.deepEqual(judge({ all: [yes, { any: [no, unknown] }, no] }, ask).because, [{ leaf: no, answer: false }]);
    assert.deepEqual(judge({ all: [yes, unknown, { not: unknown }] }, ask).because.map((each) => each.answer), [null, null]);
  });

  it('says the same with the words alone that it names: whatever the others are', () => {
    const leaf = fc.record({ word: fc.constantFrom<Answer>(true, false, null), id: fc.nat() });
    interface Numbered extends Word {
      id: number;
    }
    const { condition } = fc.letrec<{ condition: Condition<Numbered> }>((tie) => ({
      condition: fc.oneof({ maxDepth: 4 }, leaf, fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }), fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }), fc.record({ not: tie('condition') })),
    }));
    fc.assert(
      fc.property(condition, fc.infiniteStream(fc.constantFrom<Answer>(true, false, null)), (tree, others) => {
        const { answer, because } = judge<Numbered>(tree, (each) => each.word);
        if (answer === null) return;
        const named = new Set(because.map((each) => each.leaf));
        const again = judge<Numbered>(tree, (each) => (named.has(each) ? each.word : (others.next().value ?? null)));
        assert.equal(again.answer, answer);
      }),
    );
  });
});
