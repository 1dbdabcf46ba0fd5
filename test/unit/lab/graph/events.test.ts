import assert from 'node:assert/strict';
import { ada, bob, members, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail } from '../../../support/lab-mail.ts';
import { event, idOf, items } from './shapes.ts';

describe('lab graph: events', () => {
  let lab: LabMail;

  beforeEach(async () => {
    lab = await startLabMail();
  });

  afterEach(async () => lab.close());

  it('writes that attendees see are mailed to them and counted, others are not', async () => {
    const id = idOf(await lab.call('POST', `/users/${ada}/events`, { body: event }));
    assert.equal(lab.graph.mails.length, 1);
    await lab.call('PATCH', `/users/${ada}/events/${id}`, { body: { body: { contentType: 'html', content: '<p>new</p>' } } });
    assert.equal(lab.graph.mails.length, 2);
    await lab.call('PATCH', `/users/${ada}/events/${id}`, { body: { categories: ['Blue'], singleValueExtendedProperties: [{ id: 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Mark', value: '1' }] } });
    assert.equal(lab.graph.mails.length, 2);
    assert.equal((await lab.call('DELETE', `/users/${ada}/events/${id}`)).status, 204);
    assert.deepEqual(lab.graph.mails.map(({ kind, to }) => `${kind} ${to}`), [`request ${bob}`, `update ${bob}`, `cancel ${bob}`]);
  });

  it('the same transactionId makes one event: the same request gets it again, another one is refused and told which', async () => {
    const body = { ...event, transactionId: 't-1' };
    const first = await lab.call('POST', `/users/${ada}/events`, { body });
    const again = await lab.call('POST', `/users/${ada}/events`, { body });
    assert.deepEqual([again.status, idOf(again), lab.exchange.list(ada).length, lab.graph.mails.length], [201, idOf(first), 1, 1]);
    const other = await lab.call('POST', `/users/${ada}/events`, { body: { ...body, subject: 'Other' } });
    assert.equal(other.status, 400);
    assert.match(other.text, new RegExp(`ErrorDuplicateTransactionId.*"@event.existingEventId":"${idOf(first)}"`));
  });

  it('If-Match refuses a write to another version', async () => {
    const created = await lab.call('POST', `/users/${ada}/events`, { body: event });
    const path = `/users/${ada}/events/${idOf(created)}`;
    const etag = String(created.headers['etag']);
    assert.equal((await lab.call('PATCH', path, { body: { subject: 'A' }, headers: { 'if-match': etag } })).status, 200);
    const stale = await lab.call('PATCH', path, { body: { subject: 'B' }, headers: { 'if-match': etag } });
    assert.deepEqual([stale.status, lab.exchange.list(ada)[0]?.subject], [412, 'A']);
    assert.match(stale.text, /ErrorIrresolvableConflict/);
  });

  it('ids come in the form that is preferred, and every form is understood', async () => {
    const rest = idOf(await lab.call('POST', `/users/${ada}/events`, { body: event }));
    const prefer = { prefer: 'IdType="ImmutableId"' };
    const seen = await lab.call('GET', `/users/${ada}/events/${rest}`, { headers: prefer });
    const immutable = idOf(seen);
    assert.notEqual(immutable, rest);
    assert.equal(seen.headers['preference-applied'], 'IdType="ImmutableId"');
    assert.equal(idOf(await lab.call('GET', `/users('${ada}')/events('${immutable}')`)), rest);
    const translated = await lab.call('POST', `/users/${ada}/translateExchangeIds`, { body: { inputIds: [rest, 'nonsense'], sourceIdType: 'RestId', targetIdType: 'restImmutableEntryId' } });
    assert.deepEqual(items(translated).map(({ targetId }) => targetId), [immutable, null]);
    lab.exchange.moveToCalendar(ada, rest, lab.exchange.addCalendar(ada, 'Other').id);
    assert.deepEqual([(await lab.call('GET', `/users/${ada}/events/${rest}`)).status, (await lab.call('GET', `/users/${ada}/events/${immutable}`)).status], [404, 200]);
  });

  it('times come in the zone that is preferred, under the name that was asked; a day without hours floats', async () => {
    const id = idOf(await lab.call('POST', `/users/${ada}/events`, { body: event }));
    const start = async (prefer: string) => members(await lab.call('GET', `/users/${ada}/events/${id}?$select=start`, { headers: { prefer } }))['start'];
    assert.deepEqual(await start(''), { dateTime: '2026-03-23T08:00:00.0000000', timeZone: 'UTC' });
    assert.deepEqual(await start('outlook.timezone="Pacific Standard Time"'), { dateTime: '2026-03-23T01:00:00.0000000', timeZone: 'Pacific Standard Time' });
    assert.deepEqual(await start('outlook.timezone="Europe/Berlin"'), { dateTime: '2026-03-23T09:00:00.0000000', timeZone: 'Europe/Berlin' });
    const day = { ...event, isAllDay: true, start: { dateTime: '2026-03-24T00:00:00', timeZone: 'W. Europe Standard Time' }, end: { dateTime: '2026-03-25T00:00:00', timeZone: 'W. Europe Standard Time' } };
    const allDay = members(await lab.call('POST', `/users/${ada}/events`, { body: day, headers: { prefer: 'outlook.timezone="Pacific Standard Time"' } }));
    assert.deepEqual(allDay['start'], { dateTime: '2026-03-24T00:00:00.0000000', timeZone: 'Pacific Standard Time' });
    assert.equal((await lab.call('POST', `/users/${ada}/events`, { body: { ...day, start: event.start } })).status, 400);
  });

  it('plain text comes back as HTML unless text is preferred', async () => {
    const id = idOf(await lab.call('POST', `/users/${ada}/events`, { body: { ...event, body: { contentType: 'Text', content: 'a < b\nc' } } }));
    const body = async (prefer: string) => JSON.stringify(members(await lab.call('GET', `/users/${ada}/events/${id}`, { headers: { prefer } }))['body']);
    assert.match(await body(''), /"contentType":"html".*a &lt; b<br>/);
    assert.equal(await body('outlook.body-content-type="text"'), JSON.stringify({ contentType: 'text', content: 'a < b\r\nc' }));
  });

  it('own properties are not echoed, but expanded and found, their name in its case, their GUID in any', async () => {
    const property = 'String {66F5A359-4659-4830-9070-00047EC6AC6E} Name PbxConfId';
    const created = await lab.call('POST', `/users/${ada}/events`, { body: { ...event, singleValueExtendedProperties: [{ id: property, value: 'k1' }] } });
    assert.doesNotMatch(created.text, /PbxConfId/);
    const find = async (id: string, value: string) => items(await lab.call('GET', `/users/${ada}/events?$filter=${encodeURIComponent(`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`)}`)).length;
    assert.deepEqual([await find(property, 'k1'), await find(property.toLowerCase().replace('string', 'String').replace(' name pbxconfid', ' Name PbxConfId'), 'k1'), await find(property, 'k2'), await find(property.replace('PbxConfId', 'pbxconfid'), 'k1')], [1, 1, 0, 0]);
    const expanded = await lab.call('GET', `/users/${ada}/events/${idOf(created)}?$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${property}')`)}`);
    assert.deepEqual(members(expanded)['singleValueExtendedProperties'], [{ id: property.replace('66F5A359-4659-4830-9070-00047EC6AC6E', '66f5a359-4659-4830-9070-00047ec6ac6e'), value: 'k1' }]);
  });

  it('filters, orders, selects and pages; refuses a filter that it does not know', async () => {
    for (const day of [23, 24, 25]) await lab.call('POST', `/users/${ada}/events`, { body: { ...event, subject: `S${day}`, start: { dateTime: `2026-03-${day}T08:00:00`, timeZone: 'UTC' }, end: { dateTime: `2026-03-${day}T09:00:00`, timeZone: 'UTC' } } });
    const subjects = async (query: string) => items(await lab.call('GET', `/users/${ada}/events?${query}`)).map(({ subject }) => subject);
    assert.deepEqual(await subjects(`$filter=${encodeURIComponent("start/dateTime ge '2026-03-24T00:00:00' and not (subject eq 's25')")}`), ['S24']);
    const uid = lab.exchange.list(ada)[1]?.iCalUId ?? '';
    assert.deepEqual(await subjects(`$filter=${encodeURIComponent(`iCalUId eq '${uid}'`)}`), ['S24']);
    assert.deepEqual(await subjects('$orderby=start/dateTime%20desc&$top=2'), ['S25', 'S24']);
    const page = await lab.call('GET', `/users/${ada}/events?$top=2&$select=subject&$count=true`);
    assert.deepEqual(Object.keys(items(page)[0] ?? {}).toSorted((a, b) => a.localeCompare(b)), ['@odata.etag', 'id', 'subject']);
    const next = String(members(page)['@odata.nextLink']);
    assert.ok(next.startsWith(`${lab.origin}/v1.0/users/`), next);
    assert.deepEqual([items(await lab.call('GET', next)).length, members(page)['@odata.count']], [1, 3]);
    for (const wrong of ["body/content eq 'x'", "subject eq 'x' and", "subject like 'x'", "attendees/any(a: a/emailAddress/address eq 'x')"]) {
      assert.equal((await lab.call('GET', `/users/${ada}/events?$filter=${encodeURIComponent(wrong)}`)).status, 400, wrong);
    }
  });

  it('an occurrence tells its original start only when it is asked for, and the series its cancelled ones', async () => {
    const id = idOf(await lab.call('POST', `/users/${ada}/events`, { body: { ...event, recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'Numbered', startDate: '2026-03-23', numberOfOccurrences: 3 } } } }));
    const window = 'startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-01T00:00:00Z';
    const [first, second] = items(await lab.call('GET', `/users/${ada}/events/${id}/instances?${window}`));
    assert.deepEqual(['originalStart' in (first ?? {}), first?.['occurrenceId'], first?.['seriesMasterId']], [false, `OID.${id}.2026-03-23`, id]);
    assert.equal(items(await lab.call('GET', `/users/${ada}/calendarView?${window}&$select=originalStart`))[0]?.['originalStart'], '2026-03-23T08:00:00Z');
    await lab.call('POST', `/users/${ada}/events/${String(second?.['id'])}/cancel`, { body: { Comment: 'no' } });
    const master = members(await lab.call('GET', `/users/${ada}/events/${id}?$select=cancelledOccurrences`));
    assert.deepEqual(master['cancelledOccurrences'], [`OID.${id}.2026-03-24`]);
    assert.equal((await lab.call('GET', `/users/${ada}/events/${String(second?.['id'])}`)).status, 404);
    assert.equal((await lab.call('GET', `/users/${ada}/events/${id}/instances`)).status, 400);
  });

  it('an attendee may not cancel; answers reach the organizer', async () => {
    const id = idOf(await lab.call('POST', `/users/${ada}/events`, { body: event }));
    const copy = lab.exchange.list(bob)[0]?.restId ?? '';
    assert.equal((await lab.call('POST', `/users/${bob}/events/${copy}/cancel`, { body: {} })).status, 400);
    assert.equal((await lab.call('POST', `/users/${bob}/events/${copy}/tentativelyAccept`, { body: { sendResponse: true } })).status, 202);
    assert.equal(lab.exchange.read(ada, id)?.attendees[0]?.response, 'tentativelyAccepted');
  });

  it('private events show only their times in free/busy', async () => {
    await lab.call('POST', `/users/${ada}/events`, { body: { ...event, sensitivity: 'Private', subject: 'Secret', location: { displayName: 'Clinic' } } });
    const body = { Schedules: [ada], StartTime: { dateTime: '2026-03-23T07:00:00', timeZone: 'UTC' }, EndTime: { dateTime: '2026-03-23T11:00:00', timeZone: 'UTC' }, AvailabilityViewInterval: 60 };
    const reply = await lab.call('POST', `/users/${bob}/calendar/getSchedule`, { body });
    assert.equal(items(reply)[0]?.['availabilityView'], '0200');
    assert.doesNotMatch(reply.text, /Secret|Clinic/);
    assert.equal((await lab.call('POST', `/users/${bob}/calendar/getSchedule`, { body: { ...body, Schedules: Array.from({ length: 21 }, () => ada) } })).status, 400);
  });

  it('refuses bodies that Graph refuses', async () => {
    const refused = async (body: unknown) => (await lab.call('POST', `/users/${ada}/events`, { body })).status;
    for (const body of [{ ...event, colour: 'red' }, { ...event, showAs: 'maybe' }, { ...event, start: { dateTime: 'noon', timeZone: 'UTC' } }, { ...event, start: { dateTime: '2026-03-23T09:00:00', timeZone: 'Mars Standard Time' } }, { subject: 'x' }, [], 'text']) {
      assert.equal(await refused(body), 400, JSON.stringify(body));
    }
    assert.equal(lab.exchange.list(ada).length, 0);
  });
});
