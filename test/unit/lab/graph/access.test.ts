import assert from 'node:assert/strict';
import { ada, bob, clientId, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail } from '../../../support/lab-mail.ts';
import type { TokenRequest } from '../../../../lab/entra/index.ts';
import { codeOf } from './shapes.ts';

const graph = 'https://graph.microsoft.com';

describe('lab graph: who may do what', () => {
  let lab: LabMail;

  before(async () => {
    lab = await startLabMail({ graph: { exchangeRoles: { scoped: { roles: ['Calendars.Read'], mailboxes: [ada] } } } });
  });

  after(async () => lab.close());

  async function as(request: Partial<TokenRequest>, method: string, path: string): Promise<string> {
    const token = await lab.entra.issueToken({ audience: graph, clientId, ...request });
    const reply = await lab.call(method, path, { headers: { authorization: `Bearer ${token}` } });
    return reply.status < 400 ? String(reply.status) : `${reply.status} ${codeOf(reply)}`;
  }

  it('wants a token, of ours, for Graph, of this tenant, in time', async () => {
    const roles = ['Calendars.Read'];
    const path = `/users/${ada}/events`;
    const bad: Partial<TokenRequest>[] = [
      { audience: clientId }, { foreignKey: true }, { issuer: 'https://evil.test' }, { tenantId: '99999999-9999-4999-8999-999999999999' }, { expiresAt: lab.clock.now() - 1_000 },
      { issuedAt: lab.clock.now() + 3_600_000 }, { claims: { exp: undefined, tid: undefined } },
    ];
    for (const each of bad) assert.equal(await as({ roles, ...each }, 'GET', path), '401 InvalidAuthenticationToken', JSON.stringify(each));
    assert.equal((await lab.call('GET', path, { headers: { authorization: '' } })).status, 401);
    assert.equal((await lab.call('GET', path, { headers: { authorization: 'Bearer not.a.token' } })).status, 401);
    for (const version of [1, 2] as const) assert.equal(await as({ roles, version }, 'GET', path), '200');
  });

  it('an app does what its roles say, and has no /me', async () => {
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', `/users/${ada}/events`), '200');
    assert.equal(await as({ roles: ['Calendars.ReadWrite'] }, 'GET', `/users/${ada}/calendarView?startDateTime=2026-01-01&endDateTime=2026-02-01`), '200');
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'POST', `/users/${ada}/events`), '403 ErrorAccessDenied');
    assert.equal(await as({ roles: ['User.Read.All'] }, 'GET', `/users/${ada}/events`), '403 ErrorAccessDenied');
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', `/users/${ada}/mailboxSettings`), '403 ErrorAccessDenied');
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', '/users'), '403 Authorization_RequestDenied');
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', '/me/events'), '400 BadRequest');
  });

  it('Exchange RBAC gives rights that no token shows, in some mailboxes only', async () => {
    assert.equal(await as({ clientId: 'scoped', roles: [] }, 'GET', `/users/${ada}/events`), '200');
    assert.equal(await as({ clientId: 'scoped', roles: [] }, 'GET', `/users/${bob}/events`), '403 ErrorAccessDenied');
  });

  it('a user acts in the own mailbox, within the scopes', async () => {
    const user: Partial<TokenRequest> = { person: ada, scopes: ['Calendars.Read', 'User.Read'] };
    assert.equal(await as(user, 'GET', '/me/events'), '200');
    assert.equal(await as(user, 'GET', '/me'), '200');
    assert.equal(await as(user, 'GET', `/users/${bob}/events`), '403 ErrorAccessDenied');
    assert.equal(await as(user, 'POST', '/me/events'), '403 ErrorAccessDenied');
    assert.equal(await as({ person: ada, scopes: ['User.Read'] }, 'GET', '/me/events'), '403 ErrorAccessDenied');
  });

  it('a subscription to a mailbox out of scope is refused', async () => {
    const token = await lab.entra.issueToken({ audience: graph, clientId: 'scoped', roles: [] });
    const body = { changeType: 'created', notificationUrl: 'https://localhost:1/hook', resource: `users/${bob}/events`, expirationDateTime: '2026-03-21T08:00:00Z' };
    const reply = await lab.call('POST', '/subscriptions', { body, headers: { authorization: `Bearer ${token}` } });
    assert.equal(reply.status, 403);
  });

  it('unknown people, paths and methods are refused in Graph’s words', async () => {
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', '/users/nobody@contoso.test/events'), '404 ErrorInvalidUser');
    assert.equal(await as({ roles: ['User.Read.All'] }, 'GET', '/users/nobody@contoso.test'), '404 Request_ResourceNotFound');
    assert.equal(await as({ roles: ['Calendars.Read'] }, 'GET', `/users/${ada}/meetings`), '400 BadRequest');
    assert.equal(await as({ roles: ['Calendars.ReadWrite'] }, 'PUT', `/users/${ada}/events`), '405 Request_BadRequest');
  });

  it('ids for support are on every answer, and the caller’s is given back', async () => {
    const reply = await lab.call('GET', `/users/${ada}`, { headers: { 'client-request-id': 'mine' } });
    assert.match(reply.headers['request-id'] ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(reply.headers['client-request-id'], 'mine');
    const log = JSON.stringify(lab.graph.log.entries);
    assert.doesNotMatch(log, /Bearer|eyJ/);
  });
});
