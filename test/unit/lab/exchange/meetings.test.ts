import assert from 'node:assert/strict';
import type { Change } from '../../../../lab/exchange/index.ts';
import { ada, bob, mailsSince, meeting, outsider, twoPeople } from './world.ts';

describe('lab exchange: meetings', () => {
  it('a saved meeting is a draft that nobody was told of; sending mails everybody once and fills the attendees’ calendars', () => {
    const { exchange } = twoPeople();
    const saved = exchange.saveItem(ada, meeting);
    assert.deepEqual([saved.isDraft, saved.isOrganizer, exchange.mails.length, exchange.list(bob).length], [true, true, 0, 0]);
    const sent = exchange.send(ada, { id: saved.id });
    assert.deepEqual([sent.isDraft, mailsSince(exchange)], [false, [`request ${bob}`, `request ${outsider}`]]);
    const [copy] = exchange.list(bob);
    assert.deepEqual([copy?.iCalUId, copy?.isOrganizer, copy?.response.response, copy?.showAs], [sent.iCalUId, false, 'notResponded', 'tentative']);
  });

  it('an appointment without attendees is no draft and mails nobody', () => {
    const { exchange } = twoPeople();
    assert.equal(exchange.saveItem(ada, { ...meeting, attendees: [] }).isDraft, false);
    assert.equal(exchange.mails.length, 0);
  });

  it('a change mails those who would see it: all for a new time, only the new one for a new attendee, nobody for the organizer’s own marks', () => {
    const { exchange } = twoPeople();
    const { id, start, end, attendees } = exchange.send(ada, meeting);
    const moved = exchange.move(ada, id, start + 3_600_000, end + 3_600_000);
    assert.deepEqual(mailsSince(exchange, 2), [`update ${bob}`, `update ${outsider}`]);
    assert.equal(exchange.list(bob)[0]?.start, moved.start);
    exchange.update(ada, id, { attendees: [...attendees, { address: 'new@elsewhere.test' }] });
    assert.deepEqual(mailsSince(exchange, 4), ['request new@elsewhere.test']);
    exchange.update(ada, id, { categories: ['Red'], showAs: 'free', properties: { 'String {x} Name a': '1' } });
    assert.equal(exchange.mails.length, 5);
    exchange.update(ada, id, { end: end + 7_200_000 });
    exchange.update(ada, id, { locations: [{ name: 'Room 2' }] });
    assert.equal(exchange.mails.length, 11);
    exchange.update(ada, id, { attendees: attendees.slice(0, 1) });
    assert.deepEqual(mailsSince(exchange, 11).toSorted(), ['cancel new@elsewhere.test', `cancel ${outsider}`]);
  });

  it('unsent changes make a sent meeting a draft again, and the attendees see the old state', () => {
    const { exchange } = twoPeople();
    const { id } = exchange.send(ada, meeting);
    assert.equal(exchange.saveItem(ada, { id, subject: 'New plan' }).isDraft, true);
    assert.equal(exchange.list(bob)[0]?.subject, 'Plan');
    assert.equal(exchange.send(ada, { id }).isDraft, false);
    assert.equal(exchange.list(bob)[0]?.subject, 'New plan');
  });

  it('a change of the organizer’s own marks does not send a meeting that is not sent yet; one that attendees would see does', () => {
    const { exchange } = twoPeople();
    const { id } = exchange.saveItem(ada, meeting);
    assert.equal(exchange.update(ada, id, { categories: ['Red'] }).isDraft, true);
    assert.equal(exchange.mails.length, 0);
    assert.equal(exchange.update(ada, id, { subject: 'Seen' }).isDraft, false);
    assert.deepEqual(mailsSince(exchange), [`request ${bob}`, `request ${outsider}`]);
  });

  it('cancelling mails everybody and leaves the copies behind, marked; deleting tells nobody', () => {
    const { exchange } = twoPeople();
    const { id } = exchange.send(ada, meeting);
    exchange.cancel(ada, id, 'ill');
    assert.equal(exchange.read(ada, id), undefined);
    const [copy] = exchange.list(bob);
    assert.deepEqual([copy?.isCancelled, copy?.subject, copy?.showAs], [true, 'Canceled: Plan', 'free']);
    assert.deepEqual(mailsSince(exchange, 2), [`cancel ${bob}`, `cancel ${outsider}`]);
    const second = exchange.send(ada, meeting);
    exchange.remove(ada, second.id);
    assert.deepEqual([exchange.list(ada).length, exchange.mails.length], [0, 6]);
  });

  it('only the organizer can cancel, only an attendee can answer', () => {
    const { exchange } = twoPeople();
    const { id } = exchange.send(ada, meeting);
    const copy = exchange.list(bob)[0]?.id ?? '';
    assert.throws(() => exchange.cancel(bob, copy), { code: 'ErrorInvalidRequest' });
    assert.throws(() => exchange.respond(ada, id, 'accepted'), { code: 'ErrorInvalidRequest' });
    exchange.respond(bob, copy, 'accepted');
    assert.deepEqual([exchange.read(ada, id)?.attendees[0]?.response, exchange.read(bob, copy)?.showAs], ['accepted', 'busy']);
    exchange.respond(bob, copy, 'declined');
    assert.equal(exchange.read(bob, copy), undefined);
    assert.equal(exchange.read(ada, id)?.attendees[0]?.response, 'declined');
  });

  it('a forward makes the newcomer an attendee', () => {
    const { exchange } = twoPeople();
    const { id } = exchange.send(ada, { ...meeting, attendees: [{ address: outsider }] });
    exchange.forward(ada, id, [bob]);
    assert.deepEqual(exchange.read(ada, id)?.attendees.map(({ address }) => address), [outsider, bob]);
    assert.equal(exchange.list(bob)[0]?.iCalUId, exchange.read(ada, id)?.iCalUId);
  });

  it('the REST id changes with the calendar, the immutable id stays, and both forms and the EWS form name the item', () => {
    const { exchange } = twoPeople();
    const before = exchange.send(ada, meeting);
    const after = exchange.moveToCalendar(ada, before.id, exchange.addCalendar(ada, 'Other').id);
    assert.equal(after.id, before.id);
    assert.notEqual(after.restId, before.restId);
    assert.equal(exchange.read(ada, before.restId), undefined);
    for (const id of [after.id, after.restId, after.ewsId]) assert.equal(exchange.read(ada, id)?.id, before.id);
    assert.equal(exchange.read(bob, before.id), undefined);
  });

  it('every write gives a new change key and is told once, with the mailbox it happened in', () => {
    const { exchange } = twoPeople();
    const changes: Change[] = [];
    exchange.onChange((change) => changes.push(change));
    const sent = exchange.send(ada, meeting);
    const updated = exchange.update(ada, sent.id, { subject: 'Other' });
    assert.notEqual(updated.changeKey, sent.changeKey);
    const [adaId, bobId] = [exchange.person(ada)?.id, exchange.person(bob)?.id];
    assert.deepEqual(changes.map(({ mailboxId, change }) => [mailboxId, change]), [[bobId, 'created'], [adaId, 'created'], [bobId, 'updated'], [adaId, 'updated']]);
  });

  it('refuses an event that ends before it starts, an unknown zone and an unknown mailbox', () => {
    const { exchange } = twoPeople();
    assert.throws(() => exchange.saveItem(ada, { ...meeting, end: 0 }), { code: 'ErrorPropertyValidationFailure' });
    assert.throws(() => exchange.saveItem(ada, { ...meeting, zone: 'Mars Standard Time' }), { code: 'TimeZoneNotSupportedException' });
    assert.throws(() => exchange.list('nobody@contoso.test'), { code: 'ErrorInvalidUser' });
  });
});
