import assert from 'node:assert/strict';
import type { Appointment } from '../../../../../server/features/availability/rules/appointment.ts';
import { classify } from '../../../../../server/features/availability/rules/classify.ts';
import { seedPolicy, type AppointmentRule, type Policy } from '../../../../../server/features/availability/rules/policy.ts';
import { askAppointment, hasWord, type AppointmentLeaf } from '../../../../../server/features/availability/rules/vocabulary.ts';
import { meeting, policy } from './sample.ts';

const zone = 'Europe/Berlin';

/** What the appointment is, and what decided. */
function outcome(appointment: Appointment, by: Policy = seedPolicy): string {
  const { output, input, ruleId } = classify(appointment, by, zone);
  return [output, input ?? '-', ruleId ?? '-'].join(' ');
}

describe('the mapping of the seed', () => {
  const rows: [string, Appointment, string][] = [
    ['A148 free never shows', meeting({ showAs: 'free' }), 'free - -'],
    ['A150 busy', meeting(), 'busy busy -'],
    ['A153 tentative is ignored', meeting({ showAs: 'tentative' }), 'ignore tentative -'],
    ['A150 out of office', meeting({ showAs: 'outOfOffice' }), 'away outOfOffice -'],
    ['A150 working elsewhere', meeting({ showAs: 'workingElsewhere' }), 'available workingElsewhere -'],
    ['A154 no data has a mapping', meeting({ showAs: null }), 'ignore noData -'],
    ['C13 cancelled', meeting({ isCancelled: true }), 'ignore - cancelled'],
    ['C13 declined', meeting({ response: 'declined' }), 'ignore - declined'],
    ['C13 unanswered', meeting({ response: 'none' }), 'ignore - unanswered'],
    ['a response that nobody told counts as an answer', meeting({ response: null }), 'busy busy -'],
  ];
  for (const [what, appointment, expected] of rows) it(what, () => assert.equal(outcome(appointment), expected));

  it('A149 tentative by an exception organizer has a mapping of its own, by nobody else', () => {
    const own = policy({ exceptionOrganizers: ['hr@example.com'], mapping: { ...seedPolicy.mapping, tentativeException: 'doNotDisturb' } });
    assert.equal(outcome(meeting({ showAs: 'tentative', organizer: 'hr@example.com', response: 'accepted' }), own), 'doNotDisturb tentativeException -');
    assert.equal(outcome(meeting({ showAs: 'tentative', response: 'accepted' }), own), 'ignore tentative -');
    assert.equal(outcome(meeting({ showAs: 'tentative', organizer: null, response: null }), own), 'ignore tentative -');
  });

  it('A151 each input takes each output', () => {
    const shown = { busy: 'busy', tentative: 'tentative', outOfOffice: 'outOfOffice', workingElsewhere: 'workingElsewhere', noData: null } as const;
    for (const [input, showAs] of Object.entries(shown)) {
      for (const output of ['available', 'busy', 'away', 'doNotDisturb', 'ignore'] as const) {
        const own = policy({ mapping: { ...seedPolicy.mapping, [input]: output } });
        assert.equal(outcome(meeting({ showAs }), own), `${output} ${input} -`);
      }
    }
  });
});

describe('further conditions', () => {
  const words: [string, AppointmentLeaf, Partial<Appointment>, boolean | null][] = [
    ['a word of the title', { subjectHas: ['budget'] }, {}, true],
    ['not a part of a word', { subjectHas: ['bud'] }, {}, false],
    ['a phrase across signs', { subjectHas: ['home office'] }, { subject: 'Home-Office (am)' }, true],
    ['other scripts', { subjectHas: ['отпуск'] }, { subject: 'Отпуск!' }, true],
    ['the title of a private appointment', { subjectHas: ['budget'] }, { subject: null }, null],
    ['no words are in no title', { subjectHas: ['', ' - '] }, {}, false],
    ['place', { locationHas: ['4 12'] }, {}, true],
    ['category', { categoryIs: ['Focus'] }, { categories: ['focus'] }, true],
    ['categories that are not told', { categoryIs: ['Focus'] }, { categories: null }, null],
    ['organizer', { organizerIs: ['Anna@example.com'] }, {}, true],
    ['show-as', { showAsIs: ['busy'] }, { showAs: null }, null],
    ['response', { responseIs: ['organizer'] }, {}, true],
    ['enough attendees', { attendeesAtLeast: 2 }, {}, true],
    ['too few attendees', { attendeesAtLeast: 3 }, {}, false],
    ['long enough', { minutesAtLeast: 60 }, {}, true],
    ['too short', { minutesAtLeast: 61 }, {}, false],
    ['a day of 25 hours', { minutesAtLeast: 25 * 60 }, { days: { first: '2026-10-25', afterLast: '2026-10-26' } }, true],
    ['all day', { isAllDay: true }, { days: { first: '2026-11-28', afterLast: '2026-11-29' } }, true],
    ['not all day', { isAllDay: false }, {}, true],
    ['private', { isPrivate: true }, { isPrivate: true }, true],
    ['cancelled', { isCancelled: true }, {}, false],
  ];
  for (const [what, leaf, change, answer] of words) it(what, () => assert.equal(askAppointment(leaf, meeting(change), zone), answer));

  it('the first rule that holds decides; one that cannot tell does not apply', () => {
    const rules: AppointmentRule[] = [
      { id: 'focus', when: { all: [{ subjectHas: ['focus'] }, { attendeesAtLeast: 0 }] }, makes: 'doNotDisturb' },
      { id: 'alone', when: { not: { attendeesAtLeast: 1 } }, makes: 'ignore' },
      { id: 'counts', when: { isPrivate: false }, makes: 'mapping' },
      { id: 'never', when: { all: [] }, makes: 'away' },
    ];
    const own = policy({ rules });
    assert.equal(outcome(meeting({ subject: 'Focus time' }), own), 'doNotDisturb - focus');
    assert.equal(outcome(meeting({ attendees: 0 }), own), 'ignore - alone');
    assert.equal(outcome(meeting(), own), 'busy busy counts');
    assert.equal(outcome(meeting({ isPrivate: true, subject: null, attendees: null }), own), 'away - never');
  });

  it('finds whole words only, in any capitals', () => {
    assert.equal(hasWord('Sick', ['sick']), true);
    assert.equal(hasWord('Sickle cell', ['sick']), false);
    assert.equal(hasWord(null, ['sick']), null);
  });

  it('takes hostile words as words', () => {
    assert.equal(hasWord('a.*b', ['.*']), false);
    assert.equal(hasWord(`${'x '.repeat(50_000)}end`, ['end']), true);
  });
});
