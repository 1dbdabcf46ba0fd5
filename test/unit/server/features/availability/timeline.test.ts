import assert from 'node:assert/strict';
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

  it('automatic replies may be mapped to nothing', () => {
    assert.deepEqual(told({ outOfOffice, policy: policy({ outOfOffice: 'ignore' }) }), ['00:00 available by nothing-else']);
  });
});
