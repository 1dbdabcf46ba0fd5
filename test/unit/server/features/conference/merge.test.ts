import assert from 'node:assert/strict';
import { readCalendar } from '../../../../../server/features/conference/merge.ts';
import { seriesKey } from '../../../../../server/domain/series-key.ts';
import { anEvent, aConference } from '../../../../support/conference.ts';

describe('merge: what one reading of the calendar means', () => {
  it('an event with our link makes it real and brings time, zone and subject', () => {
    const reading = readCalendar(aConference({ state: 'held' }), anEvent(), true);
    assert.equal(reading.kind === 'happening' && reading.happening, 'seen');
    assert.equal(reading.kind === 'happening' && reading.facts?.subject, 'Weekly logistics');
  });

  it('a private event brings its time and never its subject (promise 5)', () => {
    const reading = readCalendar(aConference({ state: 'held' }), anEvent({ isPrivate: true, subject: 'Surgery' }), true);
    assert.equal(reading.kind === 'happening' && reading.facts?.subject, null);
    assert.equal(JSON.stringify(reading).includes('Surgery'), false);
  });

  it('an attendee\'s copy decides nothing', () => {
    assert.deepEqual(readCalendar(aConference(), anEvent({ isOrganizer: false }), true), { kind: 'nothing', reason: 'not-the-organizer' });
  });

  it('another mailbox decides nothing, so that a forwarded invite cannot cancel', () => {
    const event = anEvent({ mailbox: { instance: 'm365', id: 'somebody-else' }, isCancelled: true });
    assert.deepEqual(readCalendar(aConference(), event, true), { kind: 'nothing', reason: 'other-mailbox' });
  });

  it('an unsent draft is not in the calendar', () => {
    assert.deepEqual(readCalendar(aConference({ state: 'held' }), anEvent({ isDraft: true }), true), { kind: 'nothing', reason: 'draft' });
  });

  it('cancelled there is cancelled here', () => {
    const reading = readCalendar(bound(), anEvent({ isCancelled: true }), true);
    assert.equal(reading.kind === 'happening' && reading.happening, 'cancelled-in-calendar');
  });

  it('the link taken out of the sent invite ends the conference', () => {
    const reading = readCalendar(bound(), anEvent({ version: 'v2' }), false);
    assert.equal(reading.kind === 'happening' && reading.happening, 'block-removed');
  });

  it('the version from before the send is old news while the send handler\'s word stands', () => {
    assert.deepEqual(readCalendar(bound({ confirmBy: 1, eventVersion: 'v1' }), anEvent({ version: 'v1' }), true), { kind: 'nothing', reason: 'stale' });
  });

  describe('two readings in the wrong order: the calendar\'s own stamps decide', () => {
    const noon = Date.parse('2026-11-21T12:00:00Z');
    const known = bound({ eventVersion: 'v5', eventModifiedAt: noon });
    const kindOf = (modifiedAt: number, more = {}) => {
      const reading = readCalendar(known, anEvent({ version: 'v6', modifiedAt, ...more }), true);
      return reading.kind === 'happening' ? reading.happening : reading.kind;
    };

    it('an older stamp says nothing, not even that it was cancelled', () => {
      assert.deepEqual([kindOf(noon - 1), kindOf(noon - 1, { isCancelled: true })], ['nothing', 'nothing']);
    });

    it('an equal stamp counts as new: the calendar\'s may be as coarse as a second, and a change must not be missed', () => {
      assert.deepEqual([kindOf(noon), kindOf(noon, { isCancelled: true })], ['seen', 'cancelled-in-calendar']);
    });

    it('a calendar whose clock is hours ahead or behind is believed all the same: stamps are compared with stamps of its own only', () => {
      for (const skew of [-5 * 3_600_000, 5 * 3_600_000]) {
        const skewed = bound({ eventVersion: 'v5', eventModifiedAt: noon + skew, stateSince: noon, seenAt: noon });
        const at = (modifiedAt: number) => readCalendar(skewed, anEvent({ version: 'v6', modifiedAt }), true).kind;
        assert.deepEqual([at(noon + skew - 1), at(noon + skew), at(noon + skew + 1)], ['nothing', 'happening', 'happening']);
      }
    });

    it('a stamp that is not told (0) hinders nothing; neither does that of another event', () => {
      assert.equal(kindOf(0), 'seen');
      const moved = readCalendar(bound({ state: 'cancelled', eventId: 'gone', seriesKey: 'gone', eventModifiedAt: noon }), anEvent({ modifiedAt: noon - 1 }), true);
      assert.equal(moved.kind, 'happening');
    });
  });

  it('a copied meeting leaves the first one untouched', () => {
    const copy = anEvent({ id: 'event-2', iCalUId: globalId('11'), version: 'v9' });
    assert.deepEqual(readCalendar(bound(), copy, true), { kind: 'copy' });
    // Not sent yet, or cancelled: then there is nothing to give a conference to, and the first one is none of its business.
    for (const not of [{ isDraft: true }, { isCancelled: true }]) assert.equal(readCalendar(bound(), { ...copy, ...not }, true).kind, 'nothing');
  });

  it('somebody else\'s own meeting with this link is a copy, too; their copy of the invitation is not', () => {
    const theirs = anEvent({ mailbox: { instance: 'm365', id: 'somebody-else' }, id: 'event-2', iCalUId: globalId('11') });
    assert.deepEqual(readCalendar(bound(), theirs, true), { kind: 'copy' });
    assert.equal(readCalendar(bound(), { ...theirs, isOrganizer: false }, true).kind, 'nothing', 'forwarded, or invited');
    assert.equal(readCalendar(bound({ isStanding: true }), theirs, true).kind, 'nothing');
  });

  it('the event itself says that it is somebody else\'s now: that is believed; of any other event it is not', () => {
    assert.deepEqual(readCalendar(bound(), anEvent({ isOrganizer: false }), true), { kind: 'new-organizer' });
    assert.equal(readCalendar(bound(), anEvent({ id: 'event-2', isOrganizer: false }), true).kind, 'nothing');
  });

  it('an invite drafted weeks ago takes its expired conference along, even under another event', () => {
    const reading = readCalendar(bound({ state: 'expired', eventId: 'gone', seriesKey: 'gone' }), anEvent(), true);
    assert.equal(reading.kind === 'happening' && reading.happening, 'seen');
  });

  it('an event that was never ours and has no link is none of our business', () => {
    assert.equal(readCalendar(aConference({ eventId: null, seriesKey: null }), anEvent(), false).kind, 'nothing');
  });
});

describe('series key: one name for all occurrences', () => {
  it('zeroes the date bytes 16 to 19 of a Global Object ID', () => {
    assert.equal(seriesKey(globalId('07EA0B15')), seriesKey(globalId('00000000')));
  });

  it('keeps two meetings apart', () => {
    assert.notEqual(seriesKey(globalId('07EA0B15', '01')), seriesKey(globalId('07EA0B15', '02')));
  });

  it('takes ids of other systems as they are', () => {
    assert.equal(seriesKey('abc@google.com'), 'abc@google.com');
  });
});

function bound(more: Parameters<typeof aConference>[0] = {}) {
  const event = anEvent();
  return aConference({ eventId: event.id, eventVersion: 'v1', seriesKey: seriesKey(event.iCalUId), ...more });
}

function globalId(date: string, unique = 'AB'): string {
  return `040000008200E00074C5B7101A82E008${date.padEnd(8, '0')}${unique.repeat(28)}`;
}
