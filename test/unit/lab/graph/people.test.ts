import assert from 'node:assert/strict';
import { ada, bob, members, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail } from '../../../support/lab-mail.ts';
import { items } from './shapes.ts';

describe('lab graph: people and their settings', () => {
  let lab: LabMail;

  beforeEach(async () => {
    lab = await startLabMail();
  });

  afterEach(async () => lab.close());

  it('lists, selects and finds people; a member that is not shown by default comes when it is selected', async () => {
    assert.equal('accountEnabled' in members(await lab.call('GET', `/users/${ada}`)), false);
    assert.equal(members(await lab.call('GET', `/users/${ada}?$select=accountEnabled`))['accountEnabled'], true);
    assert.equal((await lab.call('GET', `/users/${ada}?$select=shoeSize`)).status, 400);
    const found = await lab.call('GET', `/users?$filter=${encodeURIComponent(`mail eq '${bob.toUpperCase()}'`)}`);
    assert.deepEqual(items(found).map(({ displayName }) => displayName), ['Bob Hill']);
    const page = await lab.call('GET', '/users?$top=2');
    assert.equal(items(await lab.call('GET', String(members(page)['@odata.nextLink']))).length, 1);
    assert.equal((await lab.call('GET', '/users?$count=true')).status, 400);
    assert.equal(members(await lab.call('GET', '/users?$count=true', { headers: { consistencylevel: 'eventual' } }))['@odata.count'], 3);
  });

  it('finds people by any of their proxy addresses, primary or not, in any case; a lambda that Entra does not know is refused', async () => {
    lab.exchange.addPerson({ name: 'Ann O’Neill', address: 'ann@contoso.test', timeZone: 'Europe/London', aliases: ["o'neill@contoso.test"] });
    const names = async (filter: string): Promise<unknown[]> => items(await lab.call('GET', `/users?$select=displayName,proxyAddresses&$filter=${encodeURIComponent(filter)}`)).map(({ displayName }) => displayName);
    assert.deepEqual(await names("proxyAddresses/any(p:p eq 'smtp:o''neill@contoso.test')"), ['Ann O’Neill']);
    assert.deepEqual(await names("mail eq 'nobody@contoso.test' or proxyAddresses/any(p:p eq 'smtp:ANN@contoso.test')"), ['Ann O’Neill']);
    assert.deepEqual(await names("mail eq 'nobody@contoso.test' or proxyAddresses/any(p:p eq 'smtp:nobody@contoso.test')"), []);
    assert.deepEqual(await names("proxyAddresses/any(each:startswith(each,'smtp:o''ne')) and accountEnabled eq true"), ['Ann O’Neill']);
    const told = items(await lab.call('GET', `/users?$select=proxyAddresses&$filter=${encodeURIComponent("mail eq 'ann@contoso.test'")}`));
    assert.deepEqual(told[0]?.['proxyAddresses'], ['SMTP:ann@contoso.test', "smtp:o'neill@contoso.test"]);
    assert.equal((await lab.call('GET', "/users/o'neill@contoso.test")).status, 404);
    for (const wrong of ["proxyAddresses/any(p:p gt 'a')", "proxyAddresses/any(p:q eq 'a')", "proxyAddresses/all(p:p eq 'a')", "businessPhones/any(p:p eq 'a')", "proxyAddresses/any(p:p eq 'a'"]) {
      assert.equal((await lab.call('GET', `/users?$filter=${encodeURIComponent(wrong)}`)).status, 400, wrong);
    }
  });

  it('an absence is set in any zone and case, told in UTC, and its times stay when it is over', async () => {
    const setting = { status: 'Scheduled', internalReplyMessage: '<p>away</p>', scheduledStartDateTime: { dateTime: '2026-04-01T00:00:00', timeZone: 'Europe/Berlin' }, scheduledEndDateTime: { dateTime: '2026-04-03T00:00:00', timeZone: 'W. Europe Standard Time' } };
    await lab.call('PATCH', `/users/${ada}/mailboxSettings`, { body: { automaticRepliesSetting: setting } });
    await lab.call('PATCH', `/users/${ada}/mailboxSettings`, { body: { automaticRepliesSetting: { status: 'disabled' } } });
    const told = members(await lab.call('GET', `/users/${ada}/mailboxSettings/automaticRepliesSetting`));
    assert.deepEqual([told['status'], told['internalReplyMessage'], told['scheduledStartDateTime'], told['scheduledEndDateTime']], [
      'disabled', '<p>away</p>', { dateTime: '2026-03-31T22:00:00.0000000', timeZone: 'UTC' }, { dateTime: '2026-04-02T22:00:00.0000000', timeZone: 'UTC' },
    ]);
  });

  it('says the mailbox’s zone by its Windows name, and what kind of mailbox it is', async () => {
    assert.equal(members(await lab.call('GET', `/users/${ada}/mailboxSettings/timeZone`))['value'], 'W. Europe Standard Time');
    assert.equal(members(await lab.call('GET', '/users/room1@contoso.test/mailboxSettings'))['userPurpose'], 'room');
  });

  it('a further calendar has its own events; the mailbox’s list and view are those of the default one', async () => {
    const other = String(members(await lab.call('POST', `/users/${ada}/calendars`, { body: { name: 'Other' } }))['id']);
    const { id } = lab.exchange.saveItem(ada, { subject: 'There', start: lab.clock.now(), end: lab.clock.now() + 1, calendarId: other });
    assert.deepEqual(items(await lab.call('GET', `/users/${ada}/events`)), []);
    assert.deepEqual(items(await lab.call('GET', `/users/${ada}/calendars/${other}/events`)).map(({ subject }) => subject), ['There']);
    assert.equal((await lab.call('GET', `/users/${ada}/events/${id}`)).status, 200);
    assert.equal((await lab.call('GET', `/users/${ada}/calendars/${other}/events/${id}`)).status, 200);
    assert.equal((await lab.call('GET', `/users/${ada}/calendars/unknown/events`)).status, 404);
  });

  it('a mail goes to everybody named; more than five headers, or one without x-, are refused', async () => {
    const message = { subject: 'Hi', body: { contentType: 'Text', content: 'x' }, toRecipients: [{ emailAddress: { address: bob } }], ccRecipients: [{ emailAddress: { address: 'c@elsewhere.test' } }] };
    assert.equal((await lab.call('POST', `/users/${ada}/sendMail`, { body: { message } })).status, 202);
    assert.deepEqual(lab.graph.mails.map(({ kind, from, to }) => [kind, from, to]), [['mail', ada, bob], ['mail', ada, 'c@elsewhere.test']]);
    for (const internetMessageHeaders of [[], [{ name: 'subject', value: 'x' }], Array.from({ length: 6 }, (_, n) => ({ name: `x-${n}`, value: 'x' }))]) {
      assert.equal((await lab.call('POST', `/users/${ada}/sendMail`, { body: { message: { ...message, internetMessageHeaders } } })).status, 400);
    }
  });
});
