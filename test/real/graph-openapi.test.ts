import assert from 'node:assert/strict';
import { ada, bob, members, startLabMail } from '../support/lab-mail.ts';
import type { Exchanged } from '../../lab/graph/index.ts';
import type { LabMail, WireReply } from '../support/lab-mail.ts';
import { checkAgainstOpenApi } from './graph-openapi.ts';
import type { OpenApiCheck } from './graph-openapi.ts';

function textAt(reply: WireReply, name: string): string {
  return String(members(reply)[name]);
}

const window = 'startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-20T00:00:00Z';
const meeting = {
  subject: 'Weekly', start: { dateTime: '2026-03-23T09:00:00', timeZone: 'W. Europe Standard Time' }, end: { dateTime: '2026-03-23T10:00:00', timeZone: 'W. Europe Standard Time' },
  body: { contentType: 'HTML', content: '<p>Hello</p>' }, location: { displayName: 'Room 1', locationEmailAddress: 'room1@contoso.test' },
  attendees: [{ type: 'Required', emailAddress: { name: 'Bob', address: bob } }],
  recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['Monday'] }, range: { type: 'numbered', startDate: '2026-03-23', numberOfOccurrences: 4 } },
};

describe('test:real: the Graph stand-in keeps to the published description', () => {
  let lab: LabMail;
  let check: OpenApiCheck;

  beforeEach(async () => {
    lab = await startLabMail();
    check = checkAgainstOpenApi(lab.graph);
  });

  afterEach(async () => lab.close());

  it('in requests and replies of every route family', async () => {
    const { call } = lab;
    const master = textAt(await call('POST', `/users/${ada}/events`, { body: meeting }), 'id');
    await call('GET', `/users?$top=2&$select=id,displayName,mail`);
    await call('GET', `/users/${ada}`);
    await call('GET', `/users/${ada}/calendars`);
    await call('GET', `/users/${ada}/calendar`);
    await call('GET', `/users/${ada}/events?$filter=${encodeURIComponent("start/dateTime ge '2026-03-01T00:00:00'")}&$top=5&$orderby=start/dateTime`);
    await call('GET', `/users/${ada}/calendarView?${window}`, { headers: { prefer: 'outlook.timezone="W. Europe Standard Time", IdType="ImmutableId"' } });
    const delta = textAt(await call('GET', `/users/${ada}/calendarView/delta?${window}`), '@odata.deltaLink');
    await call('GET', `/users/${ada}/events/${master}/instances?${window}`);
    await call('GET', `/users/${ada}/events/${master}?$select=subject,originalStart,cancelledOccurrences`);
    await call('PATCH', `/users/${ada}/events/${master}`, { body: { subject: 'Weekly, moved', showAs: 'Busy' } });
    await call('GET', delta.replace(`${lab.origin}/v1.0`, ''));
    const copy = lab.exchange.list(bob)[0];
    await call('POST', `/users/${bob}/events/${copy?.id ?? ''}/tentativelyAccept`, { body: { comment: 'perhaps', sendResponse: true } });
    await call('POST', `/users/${ada}/events/${master}/forward`, { body: { toRecipients: [{ emailAddress: { name: 'X', address: 'x@elsewhere.test' } }], comment: 'see' } });
    await call('POST', `/users/${ada}/events/${master}/cancel`, { body: { comment: 'off' } });
    await call('GET', delta.replace(`${lab.origin}/v1.0`, ''));
    await call('GET', `/users/${ada}/mailboxSettings`);
    await call('PATCH', `/users/${ada}/mailboxSettings`, { body: { automaticRepliesSetting: { status: 'Scheduled', scheduledStartDateTime: { dateTime: '2026-03-24T00:00:00', timeZone: 'UTC' } } } });
    await call('POST', `/users/${ada}/calendar/getSchedule`, { body: { schedules: [bob, 'nobody@contoso.test'], startTime: meeting.start, endTime: meeting.end, availabilityViewInterval: 30 } });
    await call('POST', `/users/${ada}/translateExchangeIds`, { body: { inputIds: [master], sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' } });
    await call('POST', `/users/${ada}/sendMail`, { body: { message: { subject: 'Hi', body: { contentType: 'Text', content: 'x' }, toRecipients: [{ emailAddress: { address: bob } }] } } });
    assert.deepEqual(check.problems, []);
    assert.deepEqual([...check.outside], []);
    assert.equal(check.compared.size, 19, [...check.compared].join('\n'));
  });

  it('in subscriptions', async () => {
    const endpoint = await lab.listen(async (request, response) => {
      const token = new URL(request.url ?? '/', 'https://x').searchParams.get('validationToken');
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(token);
      return true;
    });
    const body = { changeType: 'created,updated', notificationUrl: `${endpoint.origin}/hook`, resource: `users/${ada}/events`, expirationDateTime: '2026-03-22T08:00:00Z', clientState: 's' };
    const id = textAt(await lab.call('POST', '/subscriptions', { body }), 'id');
    await lab.call('GET', '/subscriptions');
    await lab.call('GET', `/subscriptions/${id}`);
    await lab.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: '2026-03-24T08:00:00Z' } });
    await lab.call('POST', `/subscriptions/${id}/reauthorize`);
    await lab.call('POST', '/subscriptions', { body });
    await lab.call('DELETE', `/subscriptions/${id}`);
    assert.deepEqual(check.problems, []);
    assert.equal(check.compared.size, 7, [...check.compared].join('\n'));
  });

  it('in refusals: not found, throttled, gone', async () => {
    await lab.call('GET', `/users/nobody@contoso.test/events`);
    lab.graph.faults.throttle('0.249', {}, 1);
    await lab.call('GET', `/users/${ada}/events`);
    await lab.call('GET', `/users/${ada}/calendarView/delta?$deltatoken=unknown`);
    assert.deepEqual(check.problems, []);
    assert.deepEqual([...check.compared].map((each) => Number(each.split(' ')[2])).toSorted((a, b) => a - b), [404, 410, 429]);
  });

  it('and the check sees what does not fit', async () => {
    const listeners: ((exchanged: Exchanged) => void)[] = [];
    const liar = checkAgainstOpenApi({
      onExchanged(fn) {
        listeners.push(fn);
        return () => listeners.pop();
      },
    });
    const tell = (exchanged: Exchanged): void => listeners.forEach((fn) => fn(exchanged));
    const usual: Exchanged = { method: 'GET', path: `/users/${ada}/events/x`, requestHeaders: {}, requestBody: undefined, status: 200, replyHeaders: {}, replyBody: { id: 'x', subject: 'fine' } };
    tell(usual);
    assert.deepEqual(liar.problems, []);
    tell({ ...usual, replyBody: { subject: 5 } });
    tell({ ...usual, replyBody: { subjekt: 'misspelled' } });
    tell({ ...usual, replyBody: { attendees: [{ status: { response: 'perhaps' } }] } });
    tell({ ...usual, status: 202 });
    tell({ ...usual, path: `/users/${ada}/events/x?$when=now` });
    tell({ ...usual, path: `/users/${ada}/meetings` });
    assert.match(liar.problems.join('\n'), /\/subject must be string,null[^]*\/subjekt is not described[^]*response must be equal[^]*202: the status[^]*query \$when/);
    assert.deepEqual([...liar.outside], [`GET /users/${ada}/meetings`]);
  });
});
