import assert from 'node:assert/strict';
import { placed, type Appointment } from '../../../../../server/features/availability/rules/appointment.ts';
import { classify } from '../../../../../server/features/availability/rules/classify.ts';
import { presets } from '../../../../../addin/admin/parts/rules/presets.ts';
import { untoldOf } from '../../../../../server/features/availability/admin/judged.ts';
import { appointmentOf } from '../../../../../server/features/availability/calendar/from-calendar.ts';
import type { AppointmentRule, Policy } from '../../../../../server/features/availability/rules/policy.ts';
import { momentOf } from '../../../../../server/features/availability/rules/moment.ts';
import type { Input, Output } from '../../../../../server/features/availability/rules/state.ts';
import { timeline } from '../../../../../server/features/availability/rules/timeline.ts';
import { askAppointment, type AppointmentLeaf } from '../../../../../server/features/availability/rules/vocabulary.ts';
import { stateText } from '../../../../../words/availability.ts';
import { anEvent } from '../../../../support/conference.ts';
import { at, facts, meeting, midnight, policy, seedPolicy } from './sample.ts';

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

  it('A149 tentative by an exception organizer has a mapping of its own, by nobody else; it waits for no answer, for who is ill gives none', () => {
    const own = policy({ exceptionOrganizers: ['hr@example.com'], mapping: { ...seedPolicy.mapping, tentativeException: 'doNotDisturb' } });
    const sick = meeting({ showAs: 'tentative', organizer: 'hr@example.com', response: 'none' });
    assert.equal(outcome(sick, own), 'doNotDisturb tentativeException -');
    assert.equal(outcome(sick), 'ignore - unanswered', 'no exception without the address');
    assert.equal(outcome({ ...sick, response: 'accepted' }, own), 'doNotDisturb tentativeException -');
    assert.equal(outcome({ ...sick, response: 'declined' }, own), 'ignore - declined');
    assert.equal(outcome({ ...sick, isCancelled: true }, own), 'ignore - cancelled');
    assert.equal(outcome({ ...sick, showAs: 'busy' }, own), 'ignore - unanswered', 'an invitation of theirs that is not tentative is like any other');
    assert.equal(outcome({ ...sick, organizer: 'anna@example.com' }, own), 'ignore - unanswered');
    assert.equal(outcome(meeting({ showAs: 'tentative', response: 'accepted' }), own), 'ignore tentative -');
    assert.equal(outcome(meeting({ showAs: 'tentative', organizer: null, response: null }), own), 'ignore tentative -');
    assert.deepEqual(untoldOf(sick, own, zone), []);
  });

  it('A148 to A154 as they are shipped: six inputs, their outputs, and no word, address or title more', () => {
    const { mapping, exceptionOrganizers, winningWords, losingWords, showsSubject, outOfOffice } = seedPolicy;
    assert.deepEqual(mapping, { busy: 'busy', tentative: 'ignore', tentativeException: 'away', outOfOffice: 'away', workingElsewhere: 'available', noData: 'ignore' });
    assert.deepEqual([exceptionOrganizers, winningWords, losingWords, showsSubject, outOfOffice], [[], [], [], false, 'away']);
  });

  const inputs: Record<Input, Partial<Appointment>> = {
    busy: {}, tentative: { showAs: 'tentative' }, tentativeException: { showAs: 'tentative', organizer: 'hr@example.com' }, outOfOffice: { showAs: 'outOfOffice' }, workingElsewhere: { showAs: 'workingElsewhere' }, noData: { showAs: null },
  };
  const outputs: Record<Output, string> = { available: 'available', busy: 'meeting', away: 'away', doNotDisturb: 'doNotDisturb', ignore: '-' };
  for (const [input, change] of Object.entries(inputs) as [Input, Partial<Appointment>][]) {
    it(`A150, A151 ${input} takes each of the five outputs, on the phone too, with the title where titles are shown; free beside it stays free`, () => {
      for (const [output, face] of Object.entries(outputs) as [Output, string][]) {
        // Every other input says something else, so that an answer of the wrong one is seen.
        const mapping = { ...Object.fromEntries(Object.keys(inputs).map((each) => [each, output === 'busy' ? 'away' : 'busy'])) as Record<Input, Output>, [input]: output };
        for (const showsSubject of [true, false]) {
          const own = policy({ mapping, showsSubject, exceptionOrganizers: ['hr@example.com'] });
          assert.equal(outcome(meeting(change), own), `${output} ${input} -`);
          assert.equal(outcome(meeting({ ...change, showAs: 'free' }), own), 'free - -');
          const { state, why } = momentOf(timeline(facts({ appointments: [meeting(change), meeting({ id: 'lunch', showAs: 'free' })], policy: own }), midnight), at('10:30'));
          const shown = input === 'outOfOffice' && output === 'away' ? 'outOfOffice' : face;
          const expected = output === 'ignore' ? ['available', 'available', null, 'nothing-else', null] : [output, shown, showsSubject ? 'Budget' : null, input, 'meeting'];
          assert.deepEqual([state.availability, state.face, state.title, why.rule, why.eventId], expected, `${output}, ${showsSubject ? 'with' : 'without'} title`);
        }
      }
    });
  }

  it('A152, A155 the seed’s sentence comes out of the seed’s calendar: working at home all day, a meeting at two', () => {
    const appointments = [
      meeting({ id: 'home', subject: 'Homeoffice', showAs: 'workingElsewhere', days: { first: '2026-11-28', afterLast: '2026-11-29' }, attendees: 0 }),
      meeting({ id: 'two', subject: 'Meeting', startsAt: at('14:00'), endsAt: at('15:00'), attendees: 0 }),
    ];
    const told = (showsSubject: boolean): string => stateText(momentOf(timeline(facts({ appointments, policy: policy({ showsSubject }) }), midnight), at('12:00')), at('12:00'), { language: 'en-US', timeZone: zone });
    assert.equal(told(true), 'Homeoffice until 2pm (Busy: Meeting)');
    assert.equal(told(false), 'Available until 2pm (Busy)');
  });
});

describe('further conditions', () => {
  const allDay = { first: '2026-11-28', afterLast: '2026-11-29' };
  /** A question, and appointments of which the answer is yes, no, and not known; of what every calendar tells, the last is missing. */
  const questions: [string, AppointmentLeaf, Partial<Appointment>, Partial<Appointment>, Partial<Appointment>?][] = [
    ['words of the title', { subjectHas: ['budget'] }, { subject: 'Budget 2027' }, { subject: 'Weekly' }, { subject: null }],
    ['words of the place', { locationHas: ['room 4'] }, { location: 'Room 4.12' }, { location: 'Cellar' }, { location: null }],
    ['category', { categoryIs: ['Focus'] }, { categories: ['Red', 'focus'] }, { categories: ['Focus group'] }, { categories: null }],
    ['organizer', { organizerIs: ['Anna@example.com'] }, { organizer: 'anna@example.com' }, { organizer: 'jonas@example.com' }, { organizer: null }],
    ['how it is shown', { showAsIs: ['tentative', 'busy'] }, { showAs: 'busy' }, { showAs: 'outOfOffice' }, { showAs: null }],
    ['declined', { responseIs: ['declined'] }, { response: 'declined' }, { response: 'accepted' }, { response: null }],
    ['unanswered', { responseIs: ['none'] }, { response: 'none' }, { response: 'organizer' }, { response: null }],
    ['attendees', { attendeesAtLeast: 3 }, { attendees: 3 }, { attendees: 2 }, { attendees: null }],
    ['length', { minutesAtLeast: 60 }, { endsAt: at('11:00') }, { endsAt: at('10:59') }],
    ['length of a day with 25 hours', { minutesAtLeast: 25 * 60 }, { days: { first: '2026-10-25', afterLast: '2026-10-26' } }, { days: allDay }],
    ['all day', { isAllDay: true }, { days: allDay }, { days: null }],
    ['not all day', { isAllDay: false }, { days: null }, { days: allDay }],
    ['private', { isPrivate: true }, { isPrivate: true }, { isPrivate: false }],
    ['cancelled', { isCancelled: true }, { isCancelled: true }, { isCancelled: false }],
  ];
  const asks = Object.fromEntries(questions.map(([what, leaf]) => [what, leaf]));

  for (const [what, leaf, yes, no, unknown] of questions) {
    it(`${what}: yes, no${unknown ? ', not known' : ''}; a rule applies on yes alone, its contrary on no alone, and what is not known is named`, () => {
      const question = Object.keys(leaf);
      const rule = (when: AppointmentRule['when']): Policy => policy({ rules: [{ id: 'asked', when, makes: 'doNotDisturb' }], mapping: { ...seedPolicy.mapping, tentative: 'away', noData: 'away' } });
      for (const [change, answer] of [[yes, true], [no, false], ...(unknown ? [[unknown, null] as const] : [])] as const) {
        const asked = meeting(change);
        assert.equal(askAppointment(leaf, asked, zone), answer);
        assert.equal(classify(asked, rule(leaf), zone).ruleId, answer === true ? 'asked' : null);
        assert.equal(classify(asked, rule({ not: leaf }), zone).ruleId, answer === false ? 'asked' : null);
        assert.deepEqual([untoldOf(asked, rule(leaf), zone), untoldOf(asked, rule({ not: leaf }), zone)], answer === null ? [question, question] : [[], []]);
      }
    });
  }

  it('where only times are read, whatever people wrote is not known, and what is read still counts', () => {
    const event = anEvent({ subject: 'Budget 2027', location: 'Room 4.12', categories: ['focus'], organizer: { name: 'Anna', address: 'anna@example.com' }, showAs: 'busy', response: 'declined', startsAt: at('10:00'), endsAt: at('11:00'), isPrivate: true, isCancelled: true });
    const { appointment } = appointmentOf(event, true);
    const answers = Object.entries(asks).map(([what, leaf]) => `${what}: ${askAppointment(leaf, appointment, zone)}`);
    assert.deepEqual(answers, [
      'words of the title: null', 'words of the place: null', 'category: null', 'organizer: null', 'how it is shown: true', 'declined: true', 'unanswered: false', 'attendees: null', 'length: true', 'length of a day with 25 hours: false',
      'all day: false', 'not all day: true', 'private: true', 'cancelled: true',
    ]);
    assert.ok(!/Budget|Room|focus|anna@/i.test(JSON.stringify(appointment)));
  });

  it('each way in which a calendar shows an appointment is one of the inputs, and one that it does not name is no data', () => {
    const shown = { free: 'free', tentative: 'tentative', busy: 'busy', oof: 'outOfOffice', workingElsewhere: 'workingElsewhere', unknown: null } as const;
    for (const [showAs, expected] of Object.entries(shown) as [keyof typeof shown, (typeof shown)[keyof typeof shown]][]) {
      for (const timesOnly of [true, false]) assert.equal(appointmentOf(anEvent({ showAs }), timesOnly).appointment.showAs, expected, showAs);
    }
  });

  it('a day is the day on the wall where it was made, and takes place on that day of the mailbox', () => {
    for (const [timeZone, midnights] of [['Asia/Tokyo', '+09:00'], ['Pacific/Honolulu', '-10:00'], ['Pacific/Kiritimati', '+14:00'], ['UTC', 'Z']] as const) {
      const event = anEvent({ isAllDay: true, timeZone, startsAt: Date.parse(`2026-11-28T00:00:00${midnights}`), endsAt: Date.parse(`2026-11-30T00:00:00${midnights}`) });
      const { appointment } = appointmentOf(event, false);
      assert.deepEqual(appointment.days, { first: '2026-11-28', afterLast: '2026-11-30' }, timeZone);
      assert.deepEqual(placed(appointment, zone), { from: at('00:00'), to: at('00:00', '2026-11-30') }, timeZone);
    }
  });

  it('of a private appointment title, place, categories and organizer are not known, however it is read', () => {
    const { appointment } = appointmentOf(anEvent({ subject: 'Doctor', location: 'Clinic', categories: ['Health'], organizer: { name: 'Dr', address: 'dr@example.com' }, isPrivate: true }), false);
    assert.deepEqual([appointment.subject, appointment.location, appointment.categories, appointment.organizer], [null, null, null, null]);
    assert.ok(!/Doctor|Clinic|Health|dr@/.test(JSON.stringify(appointment)));
  });

  it('focus time, as Viva Insights books it, is do not disturb; with others in it, or where nobody tells, it is what the mapping says', () => {
    const own = policy({ rules: [...seedPolicy.rules, { id: 'focus-time', ...presets['focus-time'] }] });
    const focus = meeting({ subject: 'Focus time', attendees: 0 });
    assert.equal(outcome(focus, own), 'doNotDisturb - focus-time');
    assert.equal(outcome({ ...focus, subject: 'Fokuszeit' }, own), 'doNotDisturb - focus-time');
    assert.equal(outcome({ ...focus, attendees: 1 }, own), 'busy busy -');
    assert.equal(outcome({ ...focus, subject: 'Budget' }, own), 'busy busy -');
    assert.equal(outcome({ ...focus, attendees: null }, own), 'busy busy -');
    assert.deepEqual(untoldOf({ ...focus, attendees: null }, own, zone), ['attendeesAtLeast']);
    assert.deepEqual(untoldOf({ ...focus, subject: null, attendees: null }, own, zone), ['subjectHas', 'attendeesAtLeast']);
  });

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
    assert.equal(momentOf(timeline(facts({ appointments: [meeting()], policy: own }), midnight), at('10:30')).why.rule, 'counts', 'why names the rule that let the mapping decide');
  });

  it('what only later rules would ask is not named as untold: an earlier one has decided', () => {
    const own = policy({ rules: [{ id: 'alone', when: { not: { attendeesAtLeast: 1 } }, makes: 'ignore' }, { id: 'place', when: { locationHas: ['cellar'] }, makes: 'away' }] });
    assert.deepEqual(untoldOf(meeting({ attendees: 0, location: null }), own, zone), []);
    assert.deepEqual(untoldOf(meeting({ attendees: 1, location: null }), own, zone), ['locationHas']);
    assert.deepEqual(untoldOf(meeting({ attendees: 1, location: null, showAs: 'free' }), own, zone), [], 'nobody asks about free ones');
    assert.deepEqual(untoldOf(meeting({ subject: null }), policy({ losingWords: ['x'] }), zone), ['subjectHas']);
  });
});
