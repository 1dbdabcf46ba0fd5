import assert from 'node:assert/strict';
import { judge, segmentsAround } from '../../../../../server/features/availability/evaluate.ts';
import { momentOf } from '../../../../../server/features/availability/rules/moment.ts';
import type { ManualChoice } from '../../../../../server/features/availability/rules/sources.ts';
import { timeline, whyIgnored, type Facts } from '../../../../../server/features/availability/rules/timeline.ts';
import { at, facts, meeting, midnight, policy } from './sample.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' });

/** "10:00 meeting", one line per segment. */
function told(change: Partial<Facts>): string[] {
  return timeline(facts(change), midnight).map(({ from, state, why }) => `${clockTime.format(from)} ${state.face} by ${why.rule}${why.eventId === null ? '' : ` of ${why.eventId}`}`);
}

function chosen(change: Partial<ManualChoice> = {}): ManualChoice {
  return { availability: 'away', face: 'away', title: null, chosenAt: at('09:00'), endsAt: null, ...change };
}

describe('a person’s timeline', () => {
  it('is available without end when nothing else is known', () => {
    assert.deepEqual(told({}), ['00:00 available by nothing-else']);
    assert.equal(momentOf(timeline(facts(), midnight), at('12:00')).until, null);
  });

  it('follows a meeting at its minute', () => {
    assert.deepEqual(told({ appointments: [meeting()] }), ['00:00 available by nothing-else', '10:00 meeting by busy of meeting', '11:00 available by nothing-else']);
  });

  it('puts title words over strength, and strength over the later start', () => {
    const own = policy({ winningWords: ['vacation'], losingWords: ['home office'], mapping: { ...policy().mapping, tentative: 'doNotDisturb' } });
    const appointments = [
      meeting({ id: 'vacation', subject: 'Vacation', showAs: 'outOfOffice', startsAt: at('10:30'), endsAt: at('12:00') }),
      meeting({ id: 'home', subject: 'Home office', showAs: 'tentative', startsAt: at('08:00'), endsAt: at('13:00') }),
      meeting({ id: 'long', endsAt: at('11:30') }),
    ];
    assert.deepEqual(told({ appointments, policy: own }).slice(1), [
      '08:00 doNotDisturb by tentative of home', '10:00 meeting by busy of long', '10:30 outOfOffice by outOfOffice of vacation', '12:00 doNotDisturb by tentative of home', '13:00 available by nothing-else',
    ]);
  });

  it('names meetings back to back one busy time, and the reason of each', () => {
    const appointments = [meeting({ id: 'a' }), meeting({ id: 'b', startsAt: at('11:00'), endsAt: at('12:00') })];
    const moment = momentOf(timeline(facts({ appointments }), midnight), at('10:15'));
    assert.deepEqual([moment.until, moment.changesAt, moment.why.eventId, moment.next?.face], [at('12:00'), at('11:00'), 'a', 'available']);
  });

  it('ends a meeting’s state with the title that is shown, when titles are', () => {
    const appointments = [meeting({ id: 'a', subject: 'A' }), meeting({ id: 'b', subject: 'B', startsAt: at('11:00'), endsAt: at('12:00') })];
    const moment = momentOf(timeline(facts({ appointments, policy: policy({ showsSubject: true }) }), midnight), at('10:15'));
    assert.deepEqual([moment.until, moment.state.title, moment.next?.title], [at('11:00'), 'A', 'B']);
  });

  it('never shows a private title, whatever the setting (promise 5)', () => {
    const appointments = [meeting({ isPrivate: true, subject: 'Doctor' })];
    assert.ok(!JSON.stringify(timeline(facts({ appointments, policy: policy({ showsSubject: true }) }), midnight)).includes('Doctor'));
  });

  it('lays all-day events into the mailbox’s zone, on the longest day too', () => {
    const days = { first: '2026-10-25', afterLast: '2026-10-26' };
    const [, day] = timeline(facts({ appointments: [meeting({ days, showAs: 'outOfOffice' })] }), { from: Date.parse('2026-10-24T00:00:00Z'), to: Date.parse('2026-10-27T00:00:00Z') });
    assert.deepEqual([day?.from, day?.to], [Date.parse('2026-10-24T22:00:00Z'), Date.parse('2026-10-25T23:00:00Z')]);
  });

  it('leaves out what ends before it starts, and says so', () => {
    const broken = meeting({ endsAt: at('09:00') });
    assert.deepEqual(told({ appointments: [broken] }).length, 1);
    assert.equal(whyIgnored(broken, policy(), 'Europe/Berlin'), 'no-length');
    assert.equal(whyIgnored(meeting({ showAs: 'free' }), policy(), 'Europe/Berlin'), 'free');
    assert.equal(whyIgnored(meeting({ response: 'declined' }), policy(), 'Europe/Berlin'), 'declined');
    assert.equal(whyIgnored(meeting(), policy(), 'Europe/Berlin'), null);
  });

  it('takes 5,000 appointments of one week', () => {
    const appointments = Array.from({ length: 5_000 }, (_, n) => meeting({ id: `m${n}`, startsAt: at('00:00') + n * 60_000, endsAt: at('00:00') + n * 60_000 + 7 * 24 * 3_600_000 }));
    const segments = timeline(facts({ appointments }), { from: at('00:00'), to: at('00:00') + 14 * 24 * 3_600_000 });
    assert.equal(segments.length, 5_001);
  });
});

describe('an end that is known is told, however far away it is', () => {
  const now = at('12:00');
  const week = 7 * 24 * 3_600_000;
  const known: [string, Partial<Facts>, number | null][] = [
    ['automatic replies for three weeks', { outOfOffice: { from: at('08:00'), to: now + 3 * week } }, now + 3 * week],
    ['automatic replies without end', { outOfOffice: { from: at('08:00'), to: Infinity } }, null],
    ['a choice by hand for ten days', { manual: chosen({ availability: 'doNotDisturb', face: 'doNotDisturb', endsAt: now + 10 * 24 * 3_600_000 }) }, now + 10 * 24 * 3_600_000],
    ['a choice without a time, and nothing in the calendar', { manual: chosen() }, null],
    ['a vacation of two weeks in the calendar', { appointments: [meeting({ showAs: 'outOfOffice', days: { first: '2026-11-28', afterLast: '2026-12-12' } })] }, at('00:00', '2026-12-12')],
  ];
  for (const [what, change, until] of known) {
    it(what, () => {
      const { moment, coming } = judge(segmentsAround(facts(change), now), now);
      assert.deepEqual([moment.until, moment.changesAt, moment.next?.face], [until, until, until === null ? undefined : 'available']);
      assert.equal(coming, null, 'what somebody is then has no end in sight');
    });
  }
});

describe('sources, the strongest first', () => {
  const appointments = [meeting()];
  const riding = [{ seriesKey: 'meeting', originalStart: at('10:00'), availability: 'doNotDisturb', face: 'doNotDisturb' } as const];
  const outOfOffice = { from: at('08:00'), to: at('18:00') };

  it('automatic replies stand over the calendar, a state chosen for a meeting over both, a choice by hand over all', () => {
    assert.deepEqual(told({ appointments, outOfOffice }).slice(1), ['08:00 outOfOffice by automatic-replies', '18:00 available by nothing-else']);
    assert.deepEqual(told({ appointments, outOfOffice, riding }).slice(1, 4), ['08:00 outOfOffice by automatic-replies', '10:00 doNotDisturb by chosen-for-meeting of meeting', '11:00 outOfOffice by automatic-replies']);
    assert.deepEqual(told({ appointments, outOfOffice, riding, manual: chosen({ endsAt: at('10:30') }) }).slice(1, 4), ['08:00 outOfOffice by automatic-replies', '09:00 away by until-time', '10:30 doNotDisturb by chosen-for-meeting of meeting']);
  });

  it('a choice by hand holds until the next appointment starts, and what was before is back (A128)', () => {
    assert.deepEqual(told({ appointments, manual: chosen() }), ['00:00 available by nothing-else', '09:00 away by until-next-appointment', '10:00 meeting by busy of meeting', '11:00 available by nothing-else']);
  });

  it('appointments that do not count end no choice', () => {
    const tentative = meeting({ id: 'maybe', showAs: 'tentative', startsAt: at('09:30') });
    assert.equal(told({ appointments: [...appointments, tentative], manual: chosen() })[2], '10:00 meeting by busy of meeting');
  });

  it('a choice at the second at which a meeting starts is about that meeting', () => {
    const next = meeting({ id: 'next', startsAt: at('12:00'), endsAt: at('13:00') });
    assert.deepEqual(told({ appointments: [...appointments, next], manual: chosen({ chosenAt: at('10:00'), availability: 'available', face: 'available' }) }).slice(1, 3), ['10:00 available by until-next-appointment', '12:00 meeting by busy of next']);
  });

  it('do not disturb by hand is not weakened by an appointment, only by its time or the person', () => {
    const manual = chosen({ availability: 'doNotDisturb', face: 'doNotDisturb' });
    assert.deepEqual(told({ appointments, manual }), ['00:00 available by nothing-else', '09:00 doNotDisturb by until-ended']);
    assert.deepEqual(told({ appointments, manual: { ...manual, endsAt: at('10:30') } }).slice(2), ['10:30 meeting by busy of meeting', '11:00 available by nothing-else']);
  });

  it('a state chosen for a meeting moves with it, counts for tentative ones, and not for cancelled or declined ones', () => {
    const moved = meeting({ startsAt: at('15:00'), endsAt: at('16:00'), originalStart: at('10:00'), showAs: 'tentative' });
    assert.equal(told({ appointments: [moved], riding })[1], '15:00 doNotDisturb by chosen-for-meeting of meeting');
    assert.deepEqual(told({ appointments: [{ ...moved, isCancelled: true }], riding }).length, 1);
    assert.deepEqual(told({ appointments: [{ ...moved, response: 'declined' }], riding }).length, 1);
  });

  it('a state chosen for one occurrence stands over the one of its series', () => {
    const second = meeting({ id: 'second', seriesKey: 'meeting', startsAt: at('14:00'), endsAt: at('15:00') });
    const both = [...riding, { seriesKey: 'meeting', originalStart: null, availability: 'available', face: 'available' } as const];
    assert.deepEqual(told({ appointments: [...appointments, second], riding: both }).filter((line) => line.includes('chosen')), ['10:00 doNotDisturb by chosen-for-meeting of meeting', '14:00 available by chosen-for-meeting of second']);
  });

  /** Each source alone over the same hour; all of them say something else. */
  const hour = { from: at('10:00'), to: at('11:00') };
  const alone: [string, Partial<Facts>, string][] = [
    ['by hand', { manual: chosen({ availability: 'available', face: 'custom', title: 'At the fair', chosenAt: hour.from, endsAt: hour.to }) }, 'custom by until-time'],
    ['chosen for the meeting', { riding: [{ seriesKey: 'meeting', originalStart: null, availability: 'away', face: 'away' }] }, 'away by chosen-for-meeting of meeting'],
    ['automatic replies', { outOfOffice: hour }, 'outOfOffice by automatic-replies'],
    ['the calendar', {}, 'meeting by busy of meeting'],
  ];

  it('in each of the sixteen ways to have some and not others: the strongest stands for its time, and before and after it nothing does', () => {
    for (let some = 0; some < 16; some++) {
      const there = alone.filter((_, index) => some & (1 << index));
      // What was chosen for a meeting needs the meeting; one that does not count by itself shows it alone.
      const showAs = some & 8 ? 'busy' : 'free';
      const [strongest] = there;
      const expected = strongest ? ['00:00 available by nothing-else', `10:00 ${strongest[2]}`, '11:00 available by nothing-else'] : ['00:00 available by nothing-else'];
      assert.deepEqual(told({ appointments: [meeting({ showAs })], ...Object.assign({}, ...there.map(([, change]) => change)) }), expected, there.map(([what]) => what).join(', '));
    }
  });

  it('when a stronger one ends, the weaker one that was there before is back, with its own reason', () => {
    const [hand, ridden, away] = alone.map(([, change]) => change);
    const shorter = { manual: chosen({ chosenAt: at('10:20'), endsAt: at('10:40') }) };
    for (const [weaker, name] of [[ridden, 'away by chosen-for-meeting of meeting'], [away, 'outOfOffice by automatic-replies'], [{}, 'meeting by busy of meeting']] as const) {
      assert.deepEqual(told({ appointments, ...weaker, ...shorter }).slice(1), [`10:00 ${name}`, '10:20 away by until-time', `10:40 ${name}`, '11:00 available by nothing-else']);
    }
    assert.deepEqual(told({ appointments, ...away, ...ridden, outOfOffice: { from: at('08:00'), to: at('18:00') }, ...hand }).map((each) => each.slice(6)), [
      'available by nothing-else', 'outOfOffice by automatic-replies', 'custom by until-time', 'outOfOffice by automatic-replies', 'available by nothing-else',
    ]);
  });

  it('do not disturb by hand stands against whatever runs by itself: each mapping, each state chosen for a meeting, each answer of automatic replies', () => {
    const dnd = chosen({ availability: 'doNotDisturb', face: 'doNotDisturb' });
    const outputs = ['available', 'away', 'busy', 'doNotDisturb', 'ignore'] as const;
    for (const mapped of outputs) for (const ridden of outputs) for (const replies of outputs) {
      const own = policy({ mapping: { ...policy().mapping, busy: mapped }, outOfOffice: replies, winningWords: ['budget'], rules: [{ id: 'all', when: { all: [] }, makes: mapped }] });
      const change: Partial<Facts> = {
        policy: own, outOfOffice, appointments: [meeting(), meeting({ id: 'later', startsAt: at('12:00'), endsAt: at('13:00') })],
        riding: ridden === 'ignore' ? [] : ['meeting', 'later'].map((seriesKey) => ({ seriesKey, originalStart: null, availability: ridden, face: ridden })),
      };
      assert.equal(told({ ...change, manual: dnd }).at(-1), '09:00 doNotDisturb by until-ended', `${mapped}, ${ridden}, ${replies}`);
      const timed = timeline(facts({ ...change, manual: { ...dnd, endsAt: at('12:30') } }), midnight);
      assert.ok(timed.every(({ from, to, state }) => to <= at('09:00') || from >= at('12:30') || state.availability === 'doNotDisturb'), `${mapped}, ${ridden}, ${replies}: with a time`);
    }
  });

  it('another choice by hand ends at the very instant at which the next one that counts starts, were it a meeting with a chosen state or one that is mapped to available', () => {
    const homeoffice = meeting({ id: 'home', showAs: 'workingElsewhere', startsAt: at('09:30'), endsAt: at('12:00') });
    assert.equal(told({ appointments: [homeoffice], manual: chosen() })[2], '09:30 available by workingElsewhere of home');
    const maybe = meeting({ showAs: 'tentative' });
    assert.equal(told({ appointments: [maybe], riding, manual: chosen() })[2], '10:00 doNotDisturb by chosen-for-meeting of meeting');
    assert.deepEqual(told({ appointments: [maybe], manual: chosen() }).length, 2, 'without a chosen state it does not count');
    const underway = meeting({ startsAt: at('08:00') });
    assert.deepEqual(told({ appointments: [underway], manual: chosen() }).slice(1), ['08:00 meeting by busy of meeting', '09:00 away by until-next-appointment'], 'what is going on already is not the next');
    for (const [chosenAt, ended] of [[at('10:00') - 1, true], [at('10:00'), false], [at('10:00') + 1, false]] as const) {
      const here = momentOf(timeline(facts({ appointments, manual: chosen({ chosenAt }) }), midnight), at('10:30'));
      assert.equal(here.why.source, ended ? 'calendar' : 'manual', `chosen ${chosenAt - at('10:00')} ms after its start`);
    }
  });

  it('automatic replies may be mapped to nothing', () => {
    assert.deepEqual(told({ outOfOffice, policy: policy({ outOfOffice: 'ignore' }) }), ['00:00 available by nothing-else']);
  });
});
