import assert from 'node:assert/strict';
import { HostError } from '../../../../lab/outlook/browser/host/errors.ts';
import { officeRecurrence, ourRecurrence } from '../../../../lab/outlook/browser/host/recurrence.ts';
import type { Recurrence } from '../../../../lab/outlook/mailbox.ts';

const zone = 'Europe/Berlin';
/** Mon 23 Nov 2026, 10:30 to 11:15 in Berlin. */
const times = { start: Date.UTC(2026, 10, 23, 9, 30), end: Date.UTC(2026, 10, 23, 10, 15), zone, windowsZone: 'W. Europe Standard Time' };
const range = { type: 'endDate', startDate: '2026-11-23', endDate: '2027-01-31' } as const;

describe('the lab’s Outlook: recurrence in Office’s words and back', () => {
  const patterns: Recurrence['pattern'][] = [
    { type: 'daily', interval: 3 },
    { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] },
    { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'thursday'], firstDayOfWeek: 'monday' },
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
    { type: 'relativeMonthly', interval: 2, daysOfWeek: ['monday'], index: 'last' },
    { type: 'relativeMonthly', interval: 1, daysOfWeek: ['saturday', 'sunday'], index: 'first' },
    { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
    { type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
  ];

  for (const pattern of patterns) {
    it(`keeps ${JSON.stringify(pattern)}`, () => {
      const back = ourRecurrence(officeRecurrence({ pattern, range }, times), zone);
      assert.deepEqual(back, { recurrence: { pattern, range }, start: times.start, end: times.end });
    });
  }

  it('a series without end says so', () => {
    const endless: Recurrence = { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd', startDate: '2026-11-23' } };
    assert.deepEqual(officeRecurrence(endless, times), {
      recurrenceType: 'daily', recurrenceProperties: { interval: 1 }, recurrenceTimeZone: { name: 'W. Europe Standard Time', offset: 60 },
      seriesTimeJson: { startYear: 2026, startMonth: 11, startDay: 23, noEndDate: true, startTimeMin: 630, durationMin: 45 },
    });
    assert.deepEqual(ourRecurrence(officeRecurrence(endless, times), zone)?.recurrence, endless);
  });

  it('nothing takes the recurrence away', () => assert.equal(ourRecurrence(null, zone), null));

  it('a pattern without sense is refused', () => {
    const sense = officeRecurrence({ pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, range }, times);
    for (const nonsense of [{ recurrenceType: 'hourly' }, { recurrenceProperties: { interval: 1, days: ['someday'] } }, { seriesTimeJson: null }]) {
      assert.throws(() => ourRecurrence({ ...sense, ...nonsense }, zone), HostError);
    }
  });
});
