import assert from 'node:assert/strict';
import { originalStarts } from '../../../../lab/exchange/recurrence.ts';
import type { Recurrence, RecurrencePattern } from '../../../../lab/exchange/index.ts';

function starts(pattern: RecurrencePattern, start: string, count: number, zone = 'Europe/Berlin'): string[] {
  const recurrence: Recurrence = { pattern, range: { type: 'numbered', startDate: start.slice(0, 10), numberOfOccurrences: count } };
  return [...originalStarts(recurrence, Date.parse(start), zone, Infinity)].map((instant) => new Date(instant).toISOString().slice(0, 16));
}

function days(pattern: RecurrencePattern, start: string, count: number): string[] {
  return starts(pattern, start, count).map((each) => each.slice(0, 10));
}

describe('lab exchange: occurrences', () => {
  it('keep their wall time when the clocks change, in spring and in autumn', () => {
    assert.deepEqual(starts({ type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, '2026-03-23T08:00:00Z', 2), ['2026-03-23T08:00', '2026-03-30T07:00']);
    assert.deepEqual(starts({ type: 'daily', interval: 1 }, '2026-10-24T07:00:00Z', 3), ['2026-10-24T07:00', '2026-10-25T08:00', '2026-10-26T08:00']);
  });

  it('move ahead when their wall time is skipped, and come back the next day', () => {
    assert.deepEqual(starts({ type: 'daily', interval: 1 }, '2026-03-28T01:30:00Z', 3), ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30']);
  });

  it('follow every pattern type', () => {
    assert.deepEqual(days({ type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday'], firstDayOfWeek: 'monday' }, '2026-06-02T08:00:00Z', 4), ['2026-06-02', '2026-06-07', '2026-06-16', '2026-06-21']);
    assert.deepEqual(days({ type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday'], firstDayOfWeek: 'sunday' }, '2026-06-02T08:00:00Z', 3), ['2026-06-02', '2026-06-14', '2026-06-16']);
    assert.deepEqual(days({ type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, '2026-01-31T08:00:00Z', 4), ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
    assert.deepEqual(days({ type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' }, '2026-01-30T08:00:00Z', 3), ['2026-01-30', '2026-02-27', '2026-03-27']);
    assert.deepEqual(days({ type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 }, '2028-02-29T08:00:00Z', 2), ['2028-02-29', '2029-02-28']);
    assert.deepEqual(days({ type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' }, '2026-11-26T08:00:00Z', 2), ['2026-11-26', '2027-11-25']);
  });

  it('end with the range, that day included', () => {
    const recurrence: Recurrence = { pattern: { type: 'daily', interval: 1 }, range: { type: 'endDate', startDate: '2026-06-01', endDate: '2026-06-03' } };
    assert.equal([...originalStarts(recurrence, Date.parse('2026-06-01T08:00:00Z'), 'Europe/Berlin', Infinity)].length, 3);
    const forever: Recurrence = { ...recurrence, range: { type: 'noEnd', startDate: '2026-06-01' } };
    assert.equal([...originalStarts(forever, Date.parse('2026-06-01T08:00:00Z'), 'Europe/Berlin', Date.parse('2026-06-11T08:00:00Z'))].length, 10);
  });
});
