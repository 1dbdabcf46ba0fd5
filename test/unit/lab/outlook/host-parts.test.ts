import assert from 'node:assert/strict';
import { createFailures } from '../../../../lab/outlook/browser/host/failures.ts';
import { createNotifications } from '../../../../lab/outlook/browser/host/notifications.ts';
import { createDirectory, officePerson, resolved, withoutDoubles } from '../../../../lab/outlook/browser/host/people.ts';
import { locationText, placesOf } from '../../../../lab/outlook/browser/host/places.ts';
import { parseRequest } from '../../../../lab/outlook/browser/host/protocol.ts';
import { createTrace, dispidOf } from '../../../../lab/outlook/browser/host/trace.ts';

const zone = 'Europe/Berlin';
const directory = createDirectory([
  { name: 'Jonas Weber', address: 'Jonas@example.com', zone, windowsZone: 'W. Europe Standard Time', isRoom: false },
  { name: 'Room 4.12', address: 'room@example.com', zone, windowsZone: 'W. Europe Standard Time', isRoom: true },
]);

describe('the lab’s Outlook: parts of the host', () => {
  it('only requests of office.js are read, whatever pages post to each other', () => {
    for (const data of [undefined, {}, 7, '', '{', '{"_messageType":1}', 'null', '["_messageType"]', '{"_messageType":0}', '{"_messageType":0,"_actionName":"x"}']) assert.equal(parseRequest(data), null);
    assert.equal(parseRequest('{"_messageType":0,"_actionName":"x","_conversationId":"c"}')?._actionName, 'x');
  });

  it('a planned failure comes once, in order; a standing one until it is mended', () => {
    const failures = createFailures();
    failures.next(38, 9020);
    failures.next(38, 9021);
    failures.always(98, 13_001);
    assert.deepEqual([failures.take(38), failures.take(38), failures.take(38)], [9020, 9021, null]);
    assert.deepEqual([failures.take(98), failures.take(98)], [13_001, 13_001]);
    failures.always(98, null);
    assert.equal(failures.take(98), null);
  });

  it('replacing a message that is not there adds it, within the limit', () => {
    const list = createNotifications();
    for (const key of ['a', 'b', 'c', 'd', 'e']) list.replace({ key, type: 'errorMessage', message: key });
    assert.throws(() => list.replace({ key: 'f', type: 'errorMessage', message: 'f' }), { code: 9025 });
    list.replace({ key: 'a', type: 'errorMessage', message: 'A' });
    assert.equal(list.all.map(({ message }) => message).join(''), 'Abcde');
  });

  it('people are found by name and by address, in any case; strangers are external', () => {
    assert.deepEqual(resolved({ address: 'jonas weber' }, 'required', directory), { name: 'Jonas Weber', address: 'Jonas@example.com', type: 'required', response: 'none' });
    assert.equal(resolved({ address: 'JONAS@EXAMPLE.COM' }, 'required', directory).name, 'Jonas Weber');
    assert.equal(officePerson({ name: 'X', address: 'x@elsewhere.example' }, directory).recipientType, 3);
    assert.equal(officePerson({ name: 'J', address: 'jonas@example.com', response: 'accepted' }, directory).appointmentResponse, 3);
  });

  it('nobody is invited twice in one role', () => {
    const jonas = resolved({ address: 'jonas@example.com' }, 'required', directory);
    assert.equal(withoutDoubles([jonas, { ...jonas, address: 'JONAS@example.com' }, { ...jonas, type: 'optional' }]).length, 2);
  });

  it('several places make one line and come back, rooms with their address', () => {
    const text = 'room 4.12; https://meet.example.com/j/k7v9';
    const places = placesOf(` ${text};; `, directory);
    assert.deepEqual(places, [{ name: 'Room 4.12', address: 'room@example.com' }, { name: 'https://meet.example.com/j/k7v9' }]);
    assert.equal(locationText(places), 'Room 4.12; https://meet.example.com/j/k7v9');
  });

  it('the trace knows a call by its number in both envelopes, and forgets the oldest', () => {
    assert.deepEqual([dispidOf({ MethodData: { DispatchId: 38 } }), dispidOf({ DdaMethod: { DispatchId: 98 } }), dispidOf({ eventDispId: 46 }), dispidOf(null), dispidOf('x')], [38, 98, 46, null, null]);
    const trace = createTrace(() => 7);
    for (let count = 0; count < 5001; count++) trace.add({ frame: 'pane', direction: 'in', action: String(count), dispid: null, data: null });
    assert.deepEqual([trace.entries.length, trace.entries[0]?.action, trace.entries[0]?.at], [5000, '1', 7]);
  });
});
