import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { moved } from '../../../../addin/admin/parts/lists.ts';
import { presets } from '../../../../addin/admin/parts/rules/presets.ts';
import { asks, begun, conditionOf, formOf } from '../../../../addin/admin/parts/rules/rule-form.ts';
import type { Question, RuleForm } from '../../../../addin/admin/parts/rules/rule-form.ts';
import { freeName, rulesOf, shortName } from '../../../../addin/admin/parts/rules/rule.ts';
import { ruleText } from '../../../../addin/admin/parts/rules/spoken-rule.ts';
import { availabilitySettings } from '../../../../contract/availability/availability.ts';
import type { RuleCondition } from '../../../../contract/availability/availability.ts';
import type { Appointment } from '../../../../server/features/availability/rules/appointment.ts';
import { askAppointment } from '../../../../server/features/availability/rules/vocabulary.ts';
import type { AppointmentLeaf } from '../../../../server/features/availability/rules/vocabulary.ts';
import { judge, type Condition } from '../../../../server/rules/condition.ts';
import { ruleFormWords } from '../../../../words/admin-rule-form.ts';
import { meeting } from '../../server/features/availability/sample.ts';

const zone = 'Europe/Berlin';
const schema = availabilitySettings.schema.rules;

const plainly = { noNullPrototype: true };
const words = fc.array(fc.constantFrom('budget', 'sick', 'room 4'), { maxLength: 2 });
const question: fc.Arbitrary<Question> = fc.constantFrom(...asks).chain((ask): fc.Arbitrary<Question> => {
  const plain = begun(ask);
  if (typeof plain.value === 'boolean') return fc.boolean().map((value) => ({ ...plain, value }));
  if (typeof plain.value === 'number') return fc.record({ ask: fc.constant(ask), isNot: fc.boolean(), value: fc.constantFrom(0, 1, 45, 120) }, plainly);
  return fc.record({ ask: fc.constant(ask), isNot: fc.boolean(), value: words }, plainly);
});
const form: fc.Arbitrary<RuleForm> = fc.record({ joins: fc.constantFrom('all' as const, 'any' as const), questions: fc.array(question, { maxLength: 3 }), except: fc.array(question, { maxLength: 2 }) }, plainly);
const leaf = question.map(({ ask, value }) => conditionOf({ joins: 'all', questions: [{ ask, isNot: false, value }], except: [] }));
const { tree } = fc.letrec<{ tree: RuleCondition }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, leaf, fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }), fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }), fc.record({ not: tie('tree') })),
}));
const appointment: fc.Arbitrary<Appointment> = fc.record({
  subject: fc.constantFrom('Budget', 'Sick', null), location: fc.constantFrom('Room 4', null), categories: fc.constantFrom<readonly string[] | null>([], ['sick'], null), organizer: fc.constantFrom('anna@example.com', null),
  attendees: fc.constantFrom(0, 1, 50, null), response: fc.constantFrom<Appointment['response']>('none', 'accepted', null), isPrivate: fc.boolean(), isCancelled: fc.boolean(),
}).map(meeting);

const says = (condition: Condition<AppointmentLeaf>, about: Appointment) => judge(condition, (each) => askAppointment(each, about, zone)).answer;

describe('further rules as a form', () => {
  it('what is written is read back the same, is taken by the server, and says what the form says', () => {
    fc.assert(fc.property(form, (shown) => {
      const when = conditionOf(shown);
      assert.ok(schema.safeParse([{ id: 'a', when, makes: 'busy' }]).success);
      assert.deepEqual(formOf(when), shown);
    }));
  });

  it('a condition that the form can show means the same of every appointment once it was written back, also where the calendar does not tell', () => {
    let shown = 0;
    fc.assert(fc.property(tree, fc.array(appointment, { minLength: 1, maxLength: 4 }), (when, calendar) => {
      const read = formOf(when);
      if (read === undefined) return;
      shown += 1;
      for (const each of calendar) assert.equal(says(conditionOf(read), each), says(when, each));
    }), { numRuns: 300 });
    assert.ok(shown > 30, `only ${shown} trees fitted the form`);
  });

  it('asks nothing of one who is not in the exceptions, and a rule with an exception does not hold for it', () => {
    const when = conditionOf({ joins: 'any', questions: [{ ask: 'subjectHas', isNot: false, value: ['budget'] }, { ask: 'isAllDay', isNot: false, value: true }], except: [{ ask: 'categoryIs', isNot: false, value: ['Red'] }] });
    assert.equal(says(when, meeting()), true);
    assert.equal(says(when, meeting({ categories: ['red'] })), false);
    assert.equal(says(when, meeting({ categories: null })), null, 'what is not known makes nobody unreachable');
  });

  it('leaves alone what it cannot show', () => {
    for (const when of [{ all: [{ any: [{ not: { all: [{ isPrivate: true }] } }] }, { isAllDay: true }] }, { not: { all: [{ isPrivate: true }] } }] satisfies RuleCondition[]) assert.equal(formOf(when), undefined);
  });

  it('has presets that the server takes and the form shows; the standard rules as well', () => {
    const rules = [...Object.entries(presets).map(([id, rest]) => ({ id, ...rest })), ...availabilitySettings.standard.rules.map((each) => ({ ...each, id: `standard-${each.id}` }))];
    assert.ok(schema.safeParse(rules).success);
    for (const { id, when } of rules) assert.ok(formOf(when), id);
    assert.equal(says(presets['focus-time'].when, meeting({ subject: 'Focus time', attendees: 0 })), true);
    assert.equal(says(presets['focus-time'].when, meeting({ subject: 'Focus time', attendees: 3 })), false, 'a meeting about it is none');
  });

  it('says in one line what a rule does', () => {
    const spoken = ruleFormWords('en');
    const text = (when: RuleCondition) => ruleText(spoken, { id: 'a', when, makes: 'away' }, 'Away');
    assert.equal(text({ all: [{ subjectHas: ['sick', 'ill'] }, { not: { isPrivate: true } }, { not: { any: [{ attendeesAtLeast: 2 }] } }] }), 'Title has one of sick, ill and Not private, except Other people, at least 2: Away');
    assert.equal(text({ responseIs: ['none'] }), 'Answer is one of None yet: Away');
    assert.equal(text({ all: [] }), 'every appointment: Away');
    assert.equal(text({ not: { all: [] } }), 'a rule with branches: Away');
  });

  it('takes only what has the shape of rules for a list of them', () => {
    for (const broken of [null, {}, [1], [{ id: 'a' }], [{ id: 'a', makes: 'busy', when: { all: 5 } }], [{ id: 'a', makes: 'gone', when: { isPrivate: true } }], [{ id: 'a', makes: 'busy', when: { not: [] } }], [{ id: 'a', makes: 'busy', when: {} }]]) assert.equal(rulesOf(broken), undefined);
    assert.equal(rulesOf(availabilitySettings.standard.rules)?.length, availabilitySettings.standard.rules.length);
  });

  it('makes names that the server takes, each once', () => {
    assert.equal(shortName('  Außer Haus: Müller & Söhne '), 'ausser-haus-mueller-soehne-');
    assert.equal(shortName('x'.repeat(60)).length, 40);
    const rules = [{ id: 'focus-time', when: { isPrivate: true }, makes: 'busy' as const }];
    assert.equal(freeName(rules, 'focus-time'), 'focus-time-2');
    assert.equal(freeName(rules, 'private'), 'private');
  });

  it('moves a rule and no other', () => {
    assert.deepEqual([moved(['a', 'b', 'c'], 2, 0), moved(['a', 'b', 'c'], 0, 1), moved(['a', 'b', 'c'], 1, 1)], [['c', 'a', 'b'], ['b', 'a', 'c'], ['a', 'b', 'c']]);
  });
});
