import assert from 'node:assert/strict';
import { ada, bob, clientId, members, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';
import { openEndpoint, step, until } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { codeOf, event, idOf, items } from './shapes.ts';

const minute = 60_000;

describe('lab graph: subscriptions', () => {
  let lab: LabMail;
  let endpoint: Endpoint;

  beforeEach(async () => {
    lab = await startLabMail();
    endpoint = await openEndpoint(lab);
  });

  afterEach(async () => lab.close());

  function inMinutes(minutes: number): string {
    return new Date(lab.clock.now() + minutes * minute).toISOString();
  }

  function subscribe(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<WireReply> {
    const body = { changeType: 'created,updated,deleted', notificationUrl: endpoint.url, resource: `/users/${ada}/events`, expirationDateTime: inMinutes(10_080), clientState: 'secret', ...changes };
    return lab.call('POST', '/subscriptions', { body, headers });
  }

  it('is made only when the endpoint gives the token back, decoded, as plain text, with 200', async () => {
    const good = await subscribe();
    assert.deepEqual([good.status, endpoint.handshakes, members(good)['applicationId']], [201, 1, clientId]);
    const wrong = [
      (token: string) => ({ status: 202, type: 'text/plain', text: token }),
      (token: string) => ({ status: 200, type: 'text/plain', text: encodeURIComponent(token) }),
      (token: string) => ({ status: 200, type: 'application/json', text: token }),
      () => ({ status: 200, type: 'text/plain', text: '' }),
    ];
    for (const shake of wrong) {
      endpoint.shake = shake;
      const reply = await subscribe({ changeType: 'created' });
      assert.deepEqual([reply.status, codeOf(reply)], [400, 'ValidationError'], shake.toString());
    }
    assert.equal(lab.graph.subscriptions().length, 1);
  });

  it('the handshake has ten seconds', async () => {
    endpoint.shake = null;
    const reply = subscribe();
    await until(() => endpoint.handshakes === 1, 'handshake');
    lab.clock.advance(10_000);
    assert.match((await reply).text, /timed out/);
  });

  it('the lifecycle address shakes hands too, and cannot be changed later', async () => {
    const id = idOf(await subscribe({ lifecycleNotificationUrl: `${endpoint.url}&life=1` }));
    assert.equal(endpoint.handshakes, 2);
    assert.equal((await lab.call('PATCH', `/subscriptions/${id}`, { body: { lifecycleNotificationUrl: endpoint.url } })).status, 400);
  });

  it('lives as long as Graph allows: not over 10,080 minutes, not under 45, not in the past', async () => {
    assert.equal((await subscribe({ expirationDateTime: inMinutes(10_081) })).status, 400);
    assert.equal((await subscribe({ expirationDateTime: inMinutes(-1) })).status, 400);
    const reply = await subscribe({ expirationDateTime: inMinutes(5) });
    assert.equal(members(reply)['expirationDateTime'], inMinutes(45).replace('.000', ''));
    lab.clock.advance(46 * minute);
    assert.equal((await lab.call('GET', `/subscriptions/${idOf(reply)}`)).status, 404);
    assert.equal((await lab.call('PATCH', `/subscriptions/${idOf(reply)}`, { body: { expirationDateTime: inMinutes(60) } })).status, 404);
  });

  it('refuses what Graph refuses: the same twice, http, nobody’s mailbox, a long clientState, what cannot be watched', async () => {
    await subscribe();
    assert.equal((await subscribe()).status, 409);
    assert.equal((await subscribe({ notificationUrl: 'http://localhost:1/hook' })).status, 400);
    assert.equal((await subscribe({ notificationUrl: 'https://example.com/hook', changeType: 'created' })).status, 400);
    assert.equal((await subscribe({ resource: '/users/nobody@contoso.test/events' })).status, 404);
    assert.equal((await subscribe({ clientState: 'x'.repeat(129), changeType: 'created' })).status, 400);
    assert.equal((await subscribe({ resource: `/users/${ada}/calendarView` })).status, 400);
    assert.equal((await subscribe({ changeType: 'renamed' })).status, 400);
  });

  it('lists and changes the caller’s own only', async () => {
    const id = idOf(await subscribe());
    const token = await lab.entra.issueToken({ audience: 'https://graph.microsoft.com', roles: ['Calendars.Read'], clientId: 'other-app', version: 1 });
    const headers = { authorization: `Bearer ${token}` };
    assert.deepEqual(items(await lab.call('GET', '/subscriptions', { headers })), []);
    assert.equal((await lab.call('DELETE', `/subscriptions/${id}`, { headers })).status, 404);
    assert.equal(items(await lab.call('GET', '/subscriptions')).length, 1);
    assert.equal((await lab.call('DELETE', `/subscriptions/${id}`)).status, 204);
  });

  it('a change is told by id only, in one POST with others of the same moment, with clientState and the kind of id of the creating call', async () => {
    const plain = idOf(await subscribe());
    const immutable = idOf(await subscribe({ resource: `/users/${bob}/events`, clientState: 'other' }, { prefer: 'IdType="ImmutableId"' }));
    const created = await lab.call('POST', `/users/${ada}/events`, { body: event });
    assert.equal(endpoint.posts.length, 0, 'nothing before it was gathered');
    await step(lab, 100);
    const copy = lab.exchange.list(bob)[0];
    assert.deepEqual(endpoint.posts[0]?.map(({ subscriptionId, changeType, clientState, resourceData }) => [subscriptionId, changeType, clientState, Object(resourceData).id]).toSorted(([a], [b]) => (a === plain ? -1 : b === plain ? 1 : 0)), [
      [plain, 'created', 'secret', idOf(created)], [immutable, 'created', 'other', copy?.id],
    ]);
    assert.doesNotMatch(JSON.stringify(endpoint.posts), /Plan/);
  });

  it('tells only the kinds of change that were asked for', async () => {
    await subscribe({ changeType: 'deleted' });
    const { id } = lab.exchange.saveItem(ada, { subject: 'x', start: 0, end: 1 });
    lab.exchange.update(ada, id, { subject: 'y' });
    lab.exchange.remove(ada, id);
    await step(lab, 100);
    assert.deepEqual(endpoint.posts[0]?.map(({ changeType }) => changeType), ['deleted']);
  });

  it('renewing prolongs, and asks again before the end by a lifecycle notification', async () => {
    const id = idOf(await subscribe({ expirationDateTime: inMinutes(100), lifecycleNotificationUrl: `${endpoint.url}&life=1` }));
    await step(lab, 90 * minute);
    await step(lab, 100);
    assert.equal(endpoint.posts[0]?.[0]?.['lifecycleEvent'], 'reauthorizationRequired');
    assert.equal((await lab.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inMinutes(200) } })).status, 200);
    await step(lab, 120 * minute);
    assert.equal((await lab.call('GET', `/subscriptions/${id}`)).status, 200);
  });

  it('removed by the service: told by subscriptionRemoved, then gone', async () => {
    const id = idOf(await subscribe({ lifecycleNotificationUrl: `${endpoint.url}&life=1` }));
    lab.graph.removeSubscriptions();
    await step(lab, 100);
    assert.deepEqual([endpoint.posts[0]?.[0]?.['lifecycleEvent'], endpoint.posts[0]?.[0]?.['subscriptionId']], ['subscriptionRemoved', id]);
    assert.equal((await lab.call('GET', `/subscriptions/${id}`)).status, 404);
  });
});
