import assert from 'node:assert/strict';
import { toEvent } from '../../../../../../server/connectors/graph/calendar/event.ts';
import { eventRow } from '../../../../../../server/connectors/graph/schema.ts';
import { onlyJoinLinks } from '../../../../../../server/connectors/graph/calendar/private-text.ts';
import { ianaZone } from '../../../../../../server/domain/zones.ts';
import type { CalendarEvent } from '../../../../../../server/domain/calendar.ts';
import { ann, row } from '../scripted.ts';

const joinBase = 'https://tieline.test/j';
const conference = 'abcdefghijklmnopqrstuvwx27';

function read(more: Record<string, unknown> = {}): CalendarEvent {
  return toEvent(eventRow.parse(row(more)), { mailbox: ann, joinBase, keyword: null }) ?? assert.fail('no event');
}

function at(dateTime: string, timeZone = 'UTC'): { dateTime: string; timeZone: string } {
  return { dateTime: `${dateTime}.0000000`, timeZone };
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

describe('graph: an event in our words', () => {
  it('keeps what it says', () => {
    const event = read({ attendees: [{ type: 'optional', status: { response: 'tentativelyAccepted' }, emailAddress: { name: 'Bob', address: 'BOB@contoso.test' } }] });
    assert.deepEqual(
      { ...event, startsAt: iso(event.startsAt), endsAt: iso(event.endsAt), modifiedAt: iso(event.modifiedAt) },
      {
        mailbox: ann, id: 'event-1', iCalUId: '040000008200E00074C5B7101A82E008', kind: 'single', seriesMasterId: null, startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z',
        timeZone: 'Europe/Berlin', originalStart: null, isAllDay: false, subject: 'Weekly', body: { format: 'html', content: '<p>Join</p>' }, location: 'Room 1',
        organizer: { name: 'Ann', address: 'ann@contoso.test' }, isOrganizer: true, attendees: [{ name: 'Bob', address: 'bob@contoso.test', kind: 'optional', response: 'tentative' }],
        isCancelled: false, isDraft: false, isPrivate: false, sensitivity: 'normal', showAs: 'unknown', response: 'organizer', categories: [], isOnlineMeeting: false,
        recurrenceEnd: null, modifiedAt: '2026-11-20T08:00:00.000Z', version: 'W/"1"',
      },
    );
  });

  it('how the time is shown, the own answer and the categories are kept; what nobody knows counts as unknown', () => {
    const event = read({ showAs: 'workingElsewhere', isOrganizer: false, responseStatus: { response: 'tentativelyAccepted' }, categories: ['Home\u0000office', 'Travel'], isOnlineMeeting: true, sensitivity: 'personal' });
    assert.deepEqual([event.showAs, event.response, event.categories, event.isOnlineMeeting, event.sensitivity, event.isPrivate], ['workingElsewhere', 'tentative', ['Home office', 'Travel'], true, 'personal', false]);
    assert.equal(read({ showAs: 'onTheMoon' }).showAs, 'unknown');
    assert.equal(read({ isOrganizer: false, responseStatus: { response: 'notResponded' } }).response, 'none');
  });

  it('names of values in another case, missing ones and unknown ones are no trouble', () => {
    const event = read({ type: 'SingleInstance', sensitivity: 'PRIVATE', attendees: null, location: null, organizer: null, subject: null, isDraft: null, lastModifiedDateTime: null });
    assert.deepEqual([event.kind, event.isPrivate, event.attendees, event.location, event.organizer.address, event.isDraft, event.modifiedAt], ['single', true, [], '', '', false, 0]);
    assert.equal(read({ type: 'somethingNew', seriesMasterId: 'm' }).kind, 'occurrence');
  });

  describe('zones and days', () => {
    for (const [name, zone] of [
      ['W. Europe Standard Time', 'Europe/Berlin'], ['Pacific Standard Time', 'America/Los_Angeles'], ['Europe/Vienna', 'Europe/Vienna'], ['UTC', 'UTC'], ['tzone://Microsoft/Utc', 'UTC'],
      ['tzone://Microsoft/Custom', null], ['', null], [null, null], ['Mars Standard Time', null], ['../../etc/passwd', null], ['Customized Time Zone', null],
    ] as const) {
      it(`"${name ?? 'null'}" is ${zone ?? 'no zone that anybody knows'}`, () => assert.equal(ianaZone(name), zone));
    }

    it('a zone that nobody knows is UTC, and the instants stay right', () => {
      const event = read({ originalStartTimeZone: 'tzone://Microsoft/Custom' });
      assert.deepEqual([event.timeZone, iso(event.startsAt)], ['UTC', '2026-11-23T09:00:00.000Z']);
    });

    it('times told in another zone are read in it, on both sides of a clock change', () => {
      const summer = read({ start: at('2026-10-24T09:00:00', 'W. Europe Standard Time'), end: at('2026-10-26T09:00:00', 'W. Europe Standard Time') });
      assert.deepEqual([iso(summer.startsAt), iso(summer.endsAt)], ['2026-10-24T07:00:00.000Z', '2026-10-26T08:00:00.000Z']);
    });

    it('a day without hours lies in the zone in which it was made, whatever zone it is told in; with a clock change it has 25 hours', () => {
      const day = read({ isAllDay: true, start: at('2026-10-25T00:00:00'), end: at('2026-10-26T00:00:00') });
      assert.deepEqual([iso(day.startsAt), iso(day.endsAt)], ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
      const custom = read({ isAllDay: true, start: at('2026-10-25T00:00:00'), end: at('2026-10-26T00:00:00'), originalStartTimeZone: null });
      assert.equal(iso(custom.startsAt), '2026-10-25T00:00:00.000Z');
    });

    it('without a readable time there is no event', () => {
      for (const start of [null, { dateTime: 'soon', timeZone: 'UTC' }, { dateTime: '2026-13-45T00:00:00', timeZone: 'UTC' }]) {
        assert.equal(toEvent(eventRow.parse(row({ start })), { mailbox: ann, joinBase, keyword: null }), null);
      }
    });
  });

  describe('occurrences', () => {
    const master = eventRow.parse(row({ id: 'master', type: 'seriesMaster', sensitivity: 'normal', start: at('2026-10-19T07:00:00'), end: at('2026-10-19T08:00:00'), recurrence: null }));
    const part = (more: Record<string, unknown>): CalendarEvent =>
      toEvent(eventRow.parse({ id: 'o', seriesMasterId: 'master', start: at('2026-10-26T08:00:00'), end: at('2026-10-26T09:00:00'), ...more }), { mailbox: ann, joinBase, keyword: null }, master) ?? assert.fail();

    it('a delta\'s occurrence has its times only: the rest is its master\'s', () => {
      const event = part({ type: 'occurrence', '@odata.etag': 'W/"2"' });
      assert.deepEqual(
        [event.id, event.kind, event.seriesMasterId, event.subject, event.body.content, event.timeZone, event.version, iso(event.originalStart), event.recurrenceEnd],
        ['o', 'occurrence', 'master', 'Weekly', '<p>Join</p>', 'Europe/Berlin', 'W/"2"', '2026-10-26T08:00:00.000Z', null],
      );
    });

    it('an exception\'s original start: told, or the day in its occurrence id at the series\' time of day, over a clock change', () => {
      assert.equal(iso(part({ ...row(), id: 'o', type: 'exception', seriesMasterId: 'master', originalStart: '2026-10-26T08:00:00Z' }).originalStart), '2026-10-26T08:00:00.000Z');
      assert.equal(iso(part({ ...row(), id: 'o', type: 'exception', seriesMasterId: 'master', occurrenceId: 'OID.master.2026-10-26' }).originalStart), '2026-10-26T08:00:00.000Z');
      assert.equal(part({ ...row(), id: 'o', type: 'exception', seriesMasterId: 'master' }).originalStart, null);
    });

    it('an all-day occurrence\'s original start is a midnight of the series\' zone', () => {
      const event = part({ ...row({ isAllDay: true, start: at('2026-10-26T00:00:00'), end: at('2026-10-27T00:00:00') }), type: 'exception', seriesMasterId: 'master', originalStart: '2026-10-26T00:00:00Z' });
      assert.equal(iso(event.originalStart), '2026-10-25T23:00:00.000Z');
    });
  });

  describe('private stays private', () => {
    const url = `${joinBase}/${conference}`;

    for (const sensitivity of ['private', 'confidential', 'Private']) {
      it(`${sensitivity}: nothing of subject, place and text but our own link`, () => {
        const event = read({ sensitivity, subject: 'Surgery', body: { contentType: 'html', content: `<p>Dr. Who, <a href="${url}">join</a> https://other.test/j/${conference}</p>` }, location: { displayName: `Clinic ${url}; Ward 3` } });
        assert.deepEqual([event.isPrivate, event.subject, event.body, event.location], [true, '', { format: 'text', content: url }, url]);
      });
    }

    it('without our link nothing is left', () => {
      const event = read({ sensitivity: 'private', body: { contentType: 'text', content: 'Dr. Who' }, location: { displayName: 'Clinic' } });
      assert.deepEqual([event.subject, event.body.content, event.location], ['', '', '']);
    });

    it('an occurrence of a private series is private, too', () => {
      const master = eventRow.parse(row({ id: 'master', type: 'seriesMaster', sensitivity: 'private', subject: 'Surgery' }));
      const event = toEvent(eventRow.parse({ id: 'o', type: 'occurrence', seriesMasterId: 'master', start: at('2026-10-26T08:00:00'), end: at('2026-10-26T09:00:00') }), { mailbox: ann, joinBase, keyword: null }, master);
      assert.deepEqual([event?.isPrivate, event?.subject, event?.body.content, event?.location], [true, '', '', '']);
    });

    it('finds our link however scanners spell it, and no longer or shorter one', () => {
      const spellings = [
        `see ${url}.`, url.toUpperCase(), `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05`, encodeURIComponent(encodeURIComponent(url)),
        `https://urldefense.proofpoint.com/v2/url?u=https-3A__tieline.test_j_${conference}&d=x`, `"${url.replaceAll('/', '&#x2F;')}"`, `tieline.test/j/${conference}`,
      ];
      for (const text of spellings) assert.equal(onlyJoinLinks(text, joinBase), url, text);
      for (const text of [`${url}a`, url.slice(0, -1), `https://eviltieline.test/j/${conference}`, `https://tieline.test.evil.test/j/${conference}`, `${joinBase}/${'1'.repeat(26)}`]) assert.equal(onlyJoinLinks(text, joinBase), '', text);
      assert.equal(onlyJoinLinks(`${url} ${url} ${joinBase}/${'b'.repeat(26)}`, joinBase), `${url}\n${joinBase}/${'b'.repeat(26)}`);
    });
  });

  it('hostile text: control characters, direction marks and floods do not come through', () => {
    const nul = String.fromCharCode(0);
    const event = read({
      subject: `Pay${nul}roll\r\nX-Header: 1 \u202Egnp.exe`, body: { contentType: 'text', content: `a${nul}b\u0007\r\n\tc` }, location: { displayName: 'x'.repeat(5_000) },
      organizer: { emailAddress: { name: `A\u001B[31m`, address: `a@b${nul}.test` } },
    });
    assert.deepEqual([event.subject, event.body.content, event.location.length, event.organizer], ['Pay roll X-Header: 1  gnp.exe', 'ab\r\n\tc', 2_048, { name: 'A [31m', address: 'a@b .test' }]);
  });
});
