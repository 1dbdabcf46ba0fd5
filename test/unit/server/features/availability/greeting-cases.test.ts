import assert from 'node:assert/strict';
import { availabilitySettings } from '../../../../../contract/availability/availability.ts';
import { chosenGreeting } from '../../../../../server/features/availability/greeting/chosen.ts';
import type { Appointment } from '../../../../../server/features/availability/rules/appointment.ts';
import { momentOf } from '../../../../../server/features/availability/rules/moment.ts';
import { timeline, type Facts } from '../../../../../server/features/availability/rules/timeline.ts';
import { at, facts, meeting, policy } from './sample.ts';

const names = ['Anna Berger', '\u202Eאנה „ברגר“', 'O’Brien, "Bob" <b>'] as const;
/** Stands in everything that a calendar says beside times. */
const secret = 'Kündigung „Jonas“ ‹streng› geheim';
const store = { languages: ['en', 'de'] };
const wished = { greetings: { ...availabilitySettings.standard.greetings } };
for (const face of Object.keys(wished.greetings) as (keyof typeof wished.greetings)[]) wished.greetings[face] = 'spoken';
// Titles are shown to colleagues as far as they may be: a greeting is for strangers.
const open = policy({ showsSubject: true, mapping: { busy: 'busy', tentative: 'away', tentativeException: 'away', outOfOffice: 'away', workingElsewhere: 'away', noData: 'doNotDisturb' } });

function appointment(change: Partial<Appointment>): Appointment {
  return meeting({ subject: secret, location: secret, categories: [secret], ...change });
}

function spoken(given: Partial<Facts>, person: string, language: string, now = at('10:30')): string {
  const moment = momentOf(timeline(facts({ policy: open, ...given }), { from: at('00:00', '2026-11-20'), to: at('00:00', '2027-02-01') }), now);
  const chosen = chosenGreeting({ ...moment, timeZone: 'Europe/Berlin' }, person, wished, language, store, now);
  return chosen.kind === 'spoken' ? chosen.text : chosen.kind;
}

/** V15's table: what is in the calendar at 10:30 on Saturday 28 November, and what a caller is told. */
describe('greetings in calendar cases', () => {
  const shown = { busy: 'is in a meeting', tentative: 'is away', outOfOffice: 'is out of the office', workingElsewhere: 'is away' } as const;
  const ends: [string, Partial<Appointment>, Appointment[], string][] = [
    ['an hour', {}, [], ' until 11:00'],
    ['with another of its kind behind it', {}, [appointment({ id: 'b', startsAt: at('11:00'), endsAt: at('12:15') })], ' until 12:15'],
    ['with an absence behind it', {}, [appointment({ id: 'b', showAs: 'outOfOffice', startsAt: at('11:00'), endsAt: at('15:00') })], ''],
    ['until Monday', { endsAt: at('09:00', '2026-11-30') }, [], ' until Monday 30 November, 09:00'],
    ['all day', { startsAt: at('00:00'), endsAt: at('00:00', '2026-11-29'), days: { first: '2026-11-28', afterLast: '2026-11-29' } }, [], ' until Sunday 29 November'],
  ];
  let cases = 0;
  for (const [showAs, is] of Object.entries(shown) as [keyof typeof shown, string][]) {
    for (const [what, change, others, until] of ends) {
      for (const isPrivate of [false, true]) {
        cases += 1;
        const behind = others.map((each) => ({ ...each, isPrivate, showAs: each.showAs === 'busy' ? showAs : each.showAs }));
        // One absence behind another is one absence, and its end is the end.
        const end = showAs === 'outOfOffice' && until === '' ? ' until 15:00' : until;
        it(`${showAs}, ${what}${isPrivate ? ', private' : ''}`, () => {
          const appointments = [appointment({ showAs, isPrivate, ...change }), ...behind];
          assert.equal(spoken({ appointments }, names[0], 'en'), `Hello. Anna Berger ${is}${end}. Please leave a message after the tone.`);
          for (const name of names) for (const language of ['en', 'de', 'fr']) assert.doesNotMatch(spoken({ appointments }, name, language), /geheim|Jonas|Kündigung|streng|Room|[„“‹›"<>\u202A-\u202E]/u);
        });
      }
    }
  }
  it('are forty', () => assert.equal(cases, 40));

  it('with nothing in the calendar, and for whoever chose a title of their own, say no more than that', () => {
    assert.equal(spoken({}, names[0], 'en'), 'own');
    const manual = { availability: 'busy', face: 'custom', title: secret, chosenAt: at('10:00'), endsAt: at('11:00') } as const;
    assert.equal(spoken({ manual }, names[2], 'en'), "Hello. O’Brien, Bob b cannot take calls until 11:00. Please leave a message after the tone.");
    assert.equal(spoken({ manual }, names[1], 'de'), 'Guten Tag. אנה ברגר nimmt gerade keine Anrufe an, bis 11:00 Uhr. Bitte sprechen Sie nach dem Ton.');
  });
});
