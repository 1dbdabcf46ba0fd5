import assert from 'node:assert/strict';
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { icsOf, oneLine, type IcsFacts } from '../../../../../../server/features/conference/outright/ics.ts';

const startsAt = Date.parse('2026-11-23T13:00:00Z');
const hour = 3_600_000;

function facts(more: Partial<IcsFacts> = {}): IcsFacts {
  return {
    method: 'REQUEST', uid: 'abc@meet.example.com', sequence: 3, now: Date.parse('2026-11-21T09:52:00Z'), subject: 'Weekly logistics', description: 'Bring numbers.\n\nJoin: https://meet.example.com/j/x',
    url: 'https://meet.example.com/j/x', organizer: { name: 'Anna Berger', address: 'tieline@example.com' }, guests: [{ name: 'Sofia Rossi', address: 'sofia@example.com' }],
    windows: [{ originalStart: startsAt, startsAt, endsAt: startsAt + hour }], ...more,
  };
}

/** As ical.js reads it. */
function read(text: string): { calendar: ICAL.Component; events: ICAL.Event[] } {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each)) };
}

describe('calendar files: two independent parsers read what was meant', () => {
  it('an invitation says who, when and where, with UID and SEQUENCE', () => {
    const { calendar, events } = read(icsOf(facts()));
    const [event] = events;
    assert.equal(calendar.getFirstPropertyValue('method'), 'REQUEST');
    assert.ok(event);
    assert.deepEqual([event.uid, event.sequence, event.summary, event.location], ['abc@meet.example.com', 3, 'Weekly logistics', 'https://meet.example.com/j/x']);
    assert.equal(event.startDate.toJSDate().getTime(), startsAt);
    assert.equal(event.endDate.toJSDate().getTime(), startsAt + hour);
    assert.equal(event.organizer, 'mailto:tieline@example.com');
    assert.deepEqual(event.attendees.map((each) => [each.getFirstValue(), each.getParameter('cn')]), [['MAILTO:sofia@example.com', 'Sofia Rossi']]);
    const parsed = nodeIcal.sync.parseICS(icsOf(facts()));
    const other = Object.values(parsed).find((each) => each?.type === 'VEVENT');
    assert.ok(other?.type === 'VEVENT');
    assert.deepEqual([other.uid, other.summary, other.start.getTime(), other.end?.getTime()], ['abc@meet.example.com', 'Weekly logistics', startsAt, startsAt + hour]);
  });

  it('a cancellation is METHOD:CANCEL and STATUS:CANCELLED under the same UID', () => {
    const { calendar, events } = read(icsOf(facts({ method: 'CANCEL', sequence: 4 })));
    assert.equal(calendar.getFirstPropertyValue('method'), 'CANCEL');
    assert.deepEqual([events[0]?.uid, events[0]?.sequence, events[0]?.component.getFirstPropertyValue('status')], ['abc@meet.example.com', 4, 'CANCELLED']);
  });

  it('a series over the end of summer time has every occurrence at its own instant', () => {
    const starts = ['2026-10-24T08:00:00Z', '2026-10-25T09:00:00Z', '2026-10-26T09:00:00Z'].map((each) => Date.parse(each));
    const text = icsOf(facts({ method: 'PUBLISH', guests: [], windows: starts.map((each) => ({ originalStart: each, startsAt: each, endsAt: each + hour })) }));
    const { events } = read(text);
    assert.deepEqual(events.map((each) => each.startDate.toJSDate().getTime()), starts);
    assert.equal(new Set(events.map(({ uid }) => uid)).size, 3);
    const berlin = events.map((each) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(each.startDate.toJSDate()));
    assert.deepEqual(berlin, ['10:00', '10:00', '10:00']);
  });

  it('hostile text stays text: no line break makes a property, no quote ends a name', () => {
    const hostile = 'Hi\r\nATTENDEE:mailto:eve@evil.example\r\nX-EVIL:1\u2028"; CN="x\u0000';
    const text = icsOf(facts({ subject: hostile, description: hostile, organizer: { name: hostile, address: 'tieline@example.com' }, guests: [{ name: hostile, address: 'sofia@example.com' }] }));
    const { events } = read(text);
    assert.equal(events.length, 1);
    assert.deepEqual(events[0]?.attendees.map((each) => each.getFirstValue()), ['MAILTO:sofia@example.com']);
    assert.equal(events[0]?.component.getFirstProperty('x-evil'), null);
    assert.match(events[0]?.summary ?? '', /^Hi ATTENDEE:mailto/);
  });

  it('emoji and long lines are folded so that no reader sees half a character', () => {
    const subject = `${'👩‍👩‍👧‍👦'.repeat(20)}${'ä'.repeat(300)}`;
    const text = icsOf(facts({ subject }));
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} bytes`);
    assert.equal(text.includes('\ufffd'), false);
    const read255 = read(text).events[0]?.summary ?? '';
    assert.ok(read255.length <= 255 && subject.startsWith(read255));
    assert.equal(oneLine('👩‍👩‍👧‍👦'.repeat(40)).length % '👩‍👩‍👧‍👦'.length, 0);
  });

  it('any subject, notes and names come back as they were, but for what no calendar can hold', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.string({ unit: 'grapheme', maxLength: 400 }), (subject, description) => {
      const [event] = read(icsOf(facts({ subject, description }))).events;
      assert.equal(event?.summary ?? '', oneLine(subject));
      assert.equal((event?.description ?? '').trim(), description.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim());
    }), { numRuns: 150 });
  });
});
