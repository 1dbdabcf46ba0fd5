import assert from 'node:assert/strict';
import { ada, members, startLabMail, wire } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';
import { openEndpoint, step } from './endpoint.ts';
import { codeOf, idOf, items } from './shapes.ts';

const immutable = { prefer: 'IdType="ImmutableId"' };
const voicemail = {
  subject: 'Voicemail from Jonas',
  body: { contentType: 'text', content: '0:42' },
  from: { emailAddress: { address: 'tieline@contoso.test', name: 'Tieline' } },
  toRecipients: [{ emailAddress: { address: ada } }],
  isRead: false,
  internetMessageId: '<vm-1@tieline>',
  internetMessageHeaders: [{ name: 'X-Tieline-Key', value: 'k1' }],
  singleValueExtendedProperties: [{ id: 'Integer 0x0E07', value: '4' }, { id: 'String 0x001A', value: 'IPM.Note.Microsoft.Voicemail.UM.CA' }, { id: 'SystemTime 0x0E06', value: '2026-03-19T10:00:00Z' }],
};

describe('lab graph: messages', () => {
  let lab: LabMail;

  beforeEach(async () => {
    lab = await startLabMail();
  });

  afterEach(async () => lab.close());

  async function put(body: unknown = voicemail): Promise<WireReply> {
    return lab.call('POST', `/users/${ada}/mailFolders/inbox/messages`, { body, headers: immutable });
  }

  async function changes(from: string): Promise<{ value: Record<string, unknown>[]; link: string }> {
    const value: Record<string, unknown>[] = [];
    for (let at = from; ; ) {
      const reply = await lab.call('GET', at, { headers: { prefer: `${immutable.prefer}, odata.maxpagesize=2` } });
      assert.equal(reply.status, 200, reply.text);
      value.push(...items(reply));
      const { '@odata.deltaLink': done, '@odata.nextLink': next } = members(reply);
      if (typeof done === 'string') return { value, link: done };
      at = String(next);
    }
  }

  it('what a client creates is a draft, unless the flags of the same call say otherwise; dates and class are those of the call', async () => {
    const draft = members(await put({ ...voicemail, singleValueExtendedProperties: [] }));
    assert.deepEqual([draft['isDraft'], draft['receivedDateTime']], [true, '2026-03-20T08:00:00Z']);
    const reply = await put();
    assert.equal(reply.status, 201);
    const made = members(reply);
    assert.deepEqual([made['isDraft'], made['isRead'], made['receivedDateTime']], [false, false, '2026-03-19T10:00:00Z']);
    const read = members(await lab.call('GET', `/users/${ada}/messages/${idOf(reply)}?$select=subject,internetMessageHeaders&$expand=singleValueExtendedProperties($filter=id eq 'String 0x001A')`, { headers: immutable }));
    assert.deepEqual(read['singleValueExtendedProperties'], [{ id: 'String 0x001a', value: 'IPM.Note.Microsoft.Voicemail.UM.CA' }]);
    assert.deepEqual(read['internetMessageHeaders'], voicemail.internetMessageHeaders);
    const late = await lab.call('PATCH', `/users/${ada}/messages/${idOf(reply)}`, { body: { singleValueExtendedProperties: [{ id: 'Integer 0x0E07', value: '1' }] }, headers: immutable });
    assert.equal(codeOf(late), 'ErrorInvalidPropertySet');
  });

  it('takes five x-headers and no sixth, no other name, no empty list', async () => {
    const header = (name: string): { name: string; value: string } => ({ name, value: '1' });
    for (const internetMessageHeaders of [[], ['x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6'].map(header), [header('Received')]]) {
      assert.equal(codeOf(await put({ ...voicemail, internetMessageHeaders })), 'InvalidInternetMessageHeaderCollection');
    }
  });

  it('a move keeps the immutable id and changes the other; the old one names nothing any more', async () => {
    const made = await put();
    const before = idOf(await lab.call('GET', `/users/${ada}/messages/${idOf(made)}`));
    const moved = await lab.call('POST', `/users/${ada}/messages/${before}/move`, { body: { destinationId: 'deleteditems' } });
    assert.equal(moved.status, 201);
    assert.notEqual(idOf(moved), before);
    assert.equal(codeOf(await lab.call('GET', `/users/${ada}/messages/${before}`)), 'ErrorItemNotFound');
    assert.equal((await lab.call('GET', `/users/${ada}/mailFolders/deleteditems/messages/${idOf(made)}`, { headers: immutable })).status, 200);
    assert.equal((await lab.call('DELETE', `/users/${ada}/messages/${idOf(made)}`)).status, 204);
    assert.deepEqual(items(await lab.call('GET', `/users/${ada}/messages`)), [], 'deleted from Deleted Items it is out of sight');
    assert.equal((await lab.call('POST', `/users/${ada}/messages/${idOf(made)}/permanentDelete`)).status, 204);
    assert.equal(codeOf(await lab.call('GET', `/users/${ada}/messages/${idOf(made)}`)), 'ErrorItemNotFound');
  });

  it('finds by the Message-ID, which several messages may share', async () => {
    await put();
    await put();
    const found = items(await lab.call('GET', `/users/${ada}/messages?$filter=${encodeURIComponent("internetMessageId eq '<vm-1@tieline>'")}`));
    assert.equal(found.length, 2);
  });

  it('delta of a folder: all, then changes and departures, in pages that repeat', async () => {
    const start = `/users/${ada}/mailFolders/inbox/messages/delta?$select=isRead`;
    const ids = [idOf(await put()), idOf(await put()), idOf(await put())];
    const first = await changes(start);
    assert.equal(new Set(first.value.map(({ id }) => id)).size, 3);
    assert.ok(first.value.length > 3, 'a row comes twice');
    assert.deepEqual((await changes(first.link)).value, []);
    await lab.call('PATCH', `/users/${ada}/messages/${ids[0]}`, { body: { isRead: true }, headers: immutable });
    await lab.call('POST', `/users/${ada}/messages/${ids[1]}/move`, { body: { destinationId: 'archive' }, headers: immutable });
    const { value } = await changes(first.link);
    assert.deepEqual(value.map(({ id, isRead, '@removed': removed }) => [id, isRead, removed]).slice(0, 2), [[ids[1], undefined, { reason: 'deleted' }], [ids[0], true, undefined]]);
    lab.graph.expireDeltaTokens();
    const gone = await lab.call('GET', first.link);
    assert.deepEqual([gone.status, codeOf(gone), 'location' in gone.headers], [410, 'SyncStateNotFound', true]);
  });

  it('a larger file comes in slices over an address that takes no token; a fourth megabyte at once is refused', async () => {
    const id = idOf(await put());
    const large = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.wav', contentBytes: Buffer.alloc(3 * 1024 * 1024 + 1).toString('base64') };
    assert.equal((await lab.call('POST', `/users/${ada}/messages/${id}/attachments`, { body: large, headers: immutable })).status, 413);
    const content = 'x'.repeat(4_000);
    const session = await lab.call('POST', `/users/${ada}/messages/${id}/attachments/createUploadSession`, { body: { AttachmentItem: { attachmentType: 'file', name: 'a.wav', size: content.length } }, headers: immutable });
    assert.equal(session.status, 201, session.text);
    const url = String(members(session)['uploadUrl']);
    const put1 = { method: 'PUT', body: content.slice(0, 2_000), headers: { 'content-range': 'bytes 0-1999/4000' }, ca: lab.certificate.cert };
    assert.equal((await wire(url, { ...put1, headers: { ...put1.headers, authorization: 'Bearer x' } })).status, 401);
    assert.equal((await wire(url, put1)).status, 200);
    assert.equal((await wire(url, put1)).status, 416, 'the same slice again');
    assert.equal((await wire(url, { ...put1, body: content.slice(2_000), headers: { 'content-range': 'bytes 2000-3999/4000' } })).status, 201);
    const [attachment] = items(await lab.call('GET', `/users/${ada}/messages/${id}/attachments`, { headers: immutable }));
    assert.deepEqual([attachment?.['name'], attachment?.['size']], ['a.wav', 4_000]);
  });

  it('tells of messages in the folder that is followed, with immutable ids where they were asked for', async () => {
    const endpoint = await openEndpoint(lab);
    const body = { changeType: 'created,updated,deleted', notificationUrl: endpoint.url, resource: `users/${ada}/mailFolders('inbox')/messages`, expirationDateTime: '2026-03-22T08:00:00Z' };
    assert.equal((await lab.call('POST', '/subscriptions', { body, headers: immutable })).status, 201);
    const id = idOf(await put());
    await lab.call('PATCH', `/users/${ada}/messages/${id}`, { body: { isRead: true }, headers: immutable });
    await lab.call('POST', `/users/${ada}/messages/${id}/move`, { body: { destinationId: 'deleteditems' }, headers: immutable });
    await step(lab, 200);
    const told = endpoint.posts.flat();
    assert.deepEqual(told.map(({ changeType }) => changeType), ['created', 'updated', 'deleted']);
    assert.ok(told.every(({ resource }) => resource === `Users/${lab.exchange.person(ada)?.id}/Messages/${id}`));
  });

  it('a full mailbox refuses; retention, rules, archive and renamed folders happen', async () => {
    const { mail } = lab.exchange;
    mail.quota(ada, 10);
    assert.deepEqual([(await put()).status, codeOf(await put())], [507, 'ErrorQuotaExceeded']);
    mail.quota(ada, null);
    const folder = mail.addFolder(ada, 'Phone');
    mail.addRule(ada, { contains: 'voicemail', moveTo: folder.id });
    lab.exchange.sendMail({ from: 'x@y.test', to: ada, subject: 'Voicemail', body: '' });
    assert.equal(mail.list(ada, folder.id).length, 1);
    await lab.call('PATCH', `/users/${ada}/mailFolders/${folder.id}`, { body: { displayName: 'Renamed' } });
    assert.equal(members(await lab.call('GET', `/users/${ada}/mailFolders/${folder.id}`))['displayName'], 'Renamed');
    assert.equal(mail.purge(ada, lab.clock.now() + 1), 1);
    mail.archiveAway(ada, idOf(await put()));
    assert.equal(mail.list(ada).length, 0);
  });
});
