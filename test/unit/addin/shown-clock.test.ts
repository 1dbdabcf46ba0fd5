import assert from 'node:assert/strict';
import { shownOffset } from '../../../addin/office/shown-clock.ts';
import { timesBy } from '../../../words/times.ts';

const at = Date.parse('2026-11-29T12:00:30Z');
const own = -new Date(at).getTimezoneOffset() * 60_000;

describe('the clock that Outlook shows', () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Office');
  const stand = (mailbox: object | undefined): void => {
    Object.defineProperty(globalThis, 'Office', { configurable: true, value: { context: { mailbox } } });
  };
  after(() => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'Office');
    else Object.defineProperty(globalThis, 'Office', before);
  });

  /** As office.js does it: fields of the local time, months from 0. */
  function ahead(minutes: number): object {
    return {
      convertToLocalClientTime(date: Date) {
        const local = new Date(date.getTime() + minutes * 60_000);
        return { year: local.getUTCFullYear(), month: local.getUTCMonth(), date: local.getUTCDate(), hours: local.getUTCHours(), minutes: local.getUTCMinutes(), seconds: 0, milliseconds: 0, timezoneOffset: minutes };
      },
    };
  }

  for (const [minutes, shown] of [[60, 'Sun 29 Nov at 13:00'], [780, 'Mon 30 Nov at 01:00'], [-570, 'Sun 29 Nov at 02:30'], [345, 'Sun 29 Nov at 17:45']] as const) {
    it(`${minutes} minutes ahead of UTC: ${shown}, whatever the computer says`, () => {
      stand(ahead(minutes));
      assert.equal(timesBy('en', shownOffset).dayAndTime(at), shown);
    });
  }

  it('a day that Outlook\'s table does not have, and no mailbox at all: the computer\'s own clock', () => {
    stand({
      convertToLocalClientTime() {
        throw new RangeError('no offset for this date');
      },
    });
    assert.equal(shownOffset(at), own);
    stand(undefined);
    assert.equal(shownOffset(at), own);
  });
});
