import assert from 'node:assert/strict';
import { instantOf, offsetMinutes, offsetRanges, wallTime } from '../../../../lab/outlook/browser/zones.ts';

const berlin = 'Europe/Berlin';

describe('the lab’s Outlook: wall time', () => {
  it('knows summer and winter', () => {
    assert.deepEqual(wallTime(Date.UTC(2026, 6, 1, 22, 30), berlin), { year: 2026, month: 7, day: 2, hour: 0, minute: 30 });
    assert.equal(offsetMinutes(Date.UTC(2026, 0, 1), berlin), 60);
    assert.equal(offsetMinutes(Date.UTC(2026, 6, 1), 'Asia/Kolkata'), 330);
  });

  it('an instant and its wall time belong together, before and after the epoch', () => {
    for (const instant of [Date.UTC(2026, 10, 21, 8, 52), Date.UTC(1969, 6, 20, 20, 17), Date.UTC(2026, 5, 30, 23, 59)]) {
      for (const zone of [berlin, 'America/New_York', 'Asia/Kathmandu', 'UTC']) assert.equal(instantOf(wallTime(instant, zone), zone), instant, `${instant} ${zone}`);
    }
  });

  it('a skipped time moves ahead, of a doubled one it is the first', () => {
    assert.equal(instantOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, berlin), Date.UTC(2026, 2, 29, 1, 30));
    assert.equal(instantOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, berlin), Date.UTC(2026, 9, 25, 0, 30));
  });

  it('ranges meet where the clocks change', () => {
    const ranges = offsetRanges(berlin, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    assert.deepEqual(ranges, [
      { start: String(Date.UTC(2026, 0, 1)), end: String(Date.UTC(2026, 2, 29, 1)), offset: '60' },
      { start: String(Date.UTC(2026, 2, 29, 1)), end: String(Date.UTC(2026, 9, 25, 1)), offset: '120' },
      { start: String(Date.UTC(2026, 9, 25, 1)), end: String(Date.UTC(2027, 0, 1)), offset: '60' },
    ]);
  });
});
