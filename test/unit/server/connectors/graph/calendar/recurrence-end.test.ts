import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { originalStarts } from '../../../../../../lab/exchange/recurrence.ts';
import type { RecurrencePattern, Weekday } from '../../../../../../lab/exchange/index.ts';
import { recurrenceEnd } from '../../../../../../server/connectors/graph/calendar/recurrence-end.ts';
import { eventRow } from '../../../../../../server/connectors/graph/schema.ts';
import { row } from '../scripted.ts';

const zone = 'Europe/Berlin';
const hour = 3_600_000;
const day = 24 * hour;

function endOf(pattern: object, range: object, startsAt: number): number | null {
  const { recurrence } = eventRow.parse(row({ recurrence: { pattern: { interval: 1, firstDayOfWeek: 'sunday', ...pattern }, range: { startDate: '2026-10-19', recurrenceTimeZone: 'W. Europe Standard Time', ...range } } }));
  return recurrence ? recurrenceEnd(recurrence, startsAt, startsAt + hour, zone) : assert.fail();
}

describe('graph: when a series is over', () => {
  const startsAt = Date.parse('2026-10-19T07:00:00Z');

  it('never, without an end', () => assert.equal(endOf({ type: 'weekly' }, { type: 'noEnd', endDate: '0001-01-01' }, startsAt), null));

  it('on the last day at the series\' time of day, after a clock change, too', () => {
    assert.equal(endOf({ type: 'daily' }, { type: 'endDate', endDate: '2026-10-30' }, startsAt), Date.parse('2026-10-30T09:00:00Z'));
  });

  it('an end before the beginning, or none that can be read, closes nothing', () => {
    for (const endDate of ['0001-01-01', 'x', '']) assert.equal(endOf({ type: 'daily' }, { type: 'endDate', endDate }, startsAt), null);
    assert.equal(endOf({ type: 'moonly' }, { type: 'numbered', numberOfOccurrences: 3 }, startsAt), null);
    assert.equal(endOf({ type: 'daily' }, { type: 'numbered', numberOfOccurrences: 0 }, startsAt), null);
  });

  const weekdays: Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  const patterns: fc.Arbitrary<RecurrencePattern> = fc.oneof(
    fc.record({ type: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ type: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 4 }), daysOfWeek: fc.subarray(weekdays, { minLength: 1 }), firstDayOfWeek: fc.constantFrom(...weekdays) }),
    fc.record({ type: fc.constant('absoluteMonthly' as const), interval: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ type: fc.constant('absoluteYearly' as const), interval: fc.constant(1) }),
    fc.record({ type: fc.constant('relativeMonthly' as const), interval: fc.integer({ min: 1, max: 3 }), index: fc.constantFrom('first' as const, 'third' as const, 'last' as const), daysOfWeek: fc.constantFrom<Weekday[][]>(['tuesday'], ['monday', 'friday']) }),
  );

  it('after a number of occurrences: never before the last one is over, and exactly then unless the pattern is relative', () => {
    fc.assert(
      fc.property(patterns, fc.integer({ min: 1, max: 60 }), (pattern, count) => {
        // The calendar lets a series begin on one of its own days.
        const every = { pattern, range: { type: 'noEnd' as const, startDate: '2026-10-19' } };
        const [first = assert.fail()] = originalStarts(every, startsAt, zone, startsAt + 400 * day);
        const startDate = new Date(first).toISOString().slice(0, 10);
        const starts = [...originalStarts({ pattern, range: { type: 'numbered', startDate, numberOfOccurrences: count } }, first, zone, Infinity)];
        const last = (starts.at(-1) ?? assert.fail()) + hour;
        const end = endOf(pattern, { type: 'numbered', startDate, numberOfOccurrences: count }, first) ?? assert.fail();
        if (pattern.type.startsWith('relative')) assert.ok(end >= last && end <= last + 31 * day, `${end - last}`);
        else assert.equal(new Date(end).toISOString(), new Date(last).toISOString());
      }),
      { numRuns: 300 },
    );
  });
});
