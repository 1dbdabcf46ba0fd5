import assert from 'node:assert/strict';
import { seriesObjectId } from '../../../../lab/exchange/index.ts';
import type { ExchangeEvent } from '../../../../lab/exchange/index.ts';
import { ada, bob, mailsSince, outsider, twoPeople, weekly } from './world.ts';

const from = Date.parse('2026-03-01T00:00:00Z');
const to = Date.parse('2026-05-01T00:00:00Z');
const hour = 3_600_000;

function days(events: ExchangeEvent[]): string[] {
  return events.map(({ start }) => new Date(start).toISOString().slice(5, 16));
}

describe('lab exchange: series', () => {
  it('each occurrence has a Global Object ID of its own: the date in bytes 16 to 19, equal in all copies, the series’ when zeroed', () => {
    const { exchange } = twoPeople();
    const master = exchange.send(ada, weekly);
    const own = exchange.view(ada, from, to);
    assert.deepEqual(own.map(({ iCalUId }) => iCalUId.slice(32, 40)), ['07EA0317', '07EA031E', '07EA0406', '07EA040D']);
    assert.deepEqual(exchange.view(bob, from, to).map(({ iCalUId }) => iCalUId), own.map(({ iCalUId }) => iCalUId));
    assert.deepEqual(new Set(own.map(({ iCalUId }) => seriesObjectId(iCalUId))), new Set([master.iCalUId]));
    assert.equal(master.iCalUId.slice(32, 40), '00000000');
  });

  it('a moved occurrence becomes an exception in all copies, keeps its original start, and only its mail is sent', () => {
    const { exchange } = twoPeople();
    exchange.send(ada, weekly);
    const second = exchange.view(ada, from, to)[1];
    assert.ok(second);
    const moved = exchange.move(ada, second.id, second.start + hour, second.end + hour);
    assert.deepEqual([moved.type, moved.originalStart, moved.id], ['exception', second.start, second.id]);
    assert.deepEqual(mailsSince(exchange, 2), [`update ${bob}`, `update ${outsider}`]);
    assert.deepEqual(days(exchange.view(ada, from, to)), ['03-23T08:00', '03-30T08:00', '04-06T07:00', '04-13T07:00']);
    assert.deepEqual(days(exchange.view(bob, from, to)), days(exchange.view(ada, from, to)));
    assert.equal(exchange.view(bob, from, to)[1]?.type, 'exception');
  });

  it('an occurrence moved out of the window is no longer in it, and one moved in is', () => {
    const { exchange } = twoPeople();
    exchange.send(ada, weekly);
    const second = exchange.view(ada, from, to)[1];
    assert.ok(second);
    exchange.move(ada, second.id, to + hour, to + 2 * hour);
    assert.equal(exchange.view(ada, from, to).length, 3);
    assert.deepEqual(days(exchange.view(ada, to, to + 3 * hour)), ['05-01T01:00']);
  });

  it('a cancelled occurrence is gone for the organizer, marked for the attendees, and the series says which', () => {
    const { exchange } = twoPeople();
    const master = exchange.send(ada, weekly);
    const second = exchange.view(ada, from, to)[1];
    assert.ok(second);
    exchange.cancel(ada, second.id);
    assert.equal(exchange.read(ada, second.id), undefined);
    assert.deepEqual(exchange.read(ada, master.id)?.removedStarts, [second.start]);
    assert.equal(exchange.view(ada, from, to).length, 3);
    assert.deepEqual(exchange.view(bob, from, to).map(({ isCancelled }) => isCancelled), [false, true, false, false]);
    assert.deepEqual(mailsSince(exchange, 2), [`cancel ${bob}`, `cancel ${outsider}`]);
  });

  it('an exception follows the series in what it did not change itself', () => {
    const { exchange } = twoPeople();
    const master = exchange.send(ada, weekly);
    const second = exchange.view(ada, from, to)[1];
    exchange.update(ada, second?.id ?? '', { subject: 'Special' });
    exchange.update(ada, master.id, { locations: [{ name: 'Room 2' }], subject: 'Renamed' });
    assert.deepEqual(exchange.view(ada, from, to).map(({ subject, locations }) => [subject, locations[0]?.name]), [['Renamed', 'Room 2'], ['Special', 'Room 2'], ['Renamed', 'Room 2'], ['Renamed', 'Room 2']]);
  });

  it('a new time for the series forgets its exceptions', () => {
    const { exchange } = twoPeople();
    const master = exchange.send(ada, weekly);
    exchange.update(ada, exchange.view(ada, from, to)[1]?.id ?? '', { subject: 'Special' });
    exchange.move(ada, master.id, master.start + hour, master.end + hour);
    assert.deepEqual(exchange.view(ada, from, to).map(({ type }) => type), ['occurrence', 'occurrence', 'occurrence', 'occurrence']);
  });

  it('an attendee of one occurrence gets that one alone, under the same Global Object ID', () => {
    const { exchange } = twoPeople();
    exchange.send(ada, { ...weekly, attendees: [{ address: outsider }] });
    const second = exchange.view(ada, from, to)[1];
    assert.ok(second);
    exchange.update(ada, second.id, { attendees: [...second.attendees, { address: bob }] });
    assert.deepEqual(exchange.list(bob).map(({ type, iCalUId, start }) => [type, iCalUId, start]), [['singleInstance', second.iCalUId, second.start]]);
  });

  it('an id of a time at which the series does not happen names nothing', () => {
    const { exchange } = twoPeople();
    const master = exchange.send(ada, weekly);
    const first = exchange.view(ada, from, to)[0];
    exchange.move(ada, master.id, master.start + hour, master.end + hour);
    assert.equal(exchange.read(ada, first?.id ?? ''), undefined);
  });
});
