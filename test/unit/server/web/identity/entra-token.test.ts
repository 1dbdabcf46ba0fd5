import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { generateKeyPair, UnsecuredJWT, type JWTPayload } from 'jose';
import { createLabClock } from '../../../../../lab/clock.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { createTokenVerifier } from '../../../../../server/web/identity/entra-token.ts';
import { jsonOf, anna, audience, openWeb, tenantId, type Web } from '../../../../support/web.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');

describe('sign-in', () => {
  const clock = createLabClock({ startAt: noon, paused: true });
  let web: Web;
  before(async () => {
    web = await openWeb({ clock });
  });
  after(() => web.close());

  async function statusWith(token: string): Promise<{ status: number; code: string; challenge: string | null }> {
    const answer = await web.get('/api/v1/notes/n1', { authorization: `Bearer ${token}` });
    const { code = '' } = await jsonOf<{ code?: string }>(answer);
    return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') };
  }

  async function refuses(change: JWTPayload): Promise<void> {
    const { status, code, challenge } = await statusWith(await web.authority.token(change));
    assert.deepEqual({ status, code, challenge }, { status: 401, code: 'sign-in-refused', challenge: 'Bearer error="invalid_token"' });
  }

  it('takes a good token and knows its person by tenant and object id', async () => {
    assert.equal((await statusWith(await web.authority.token())).status, 200);
    const caller = web.callers.at(-1);
    assert.equal(caller?.personId, `person of ${anna.oid}`);
    assert.equal(caller?.address, 'anna@example.com');
    assert.deepEqual(caller?.roles, ['user']);
  });

  it('has a name that colleagues read: no marks in it turn their lines around', async () => {
    await statusWith(await web.authority.token({ name: '\u202Egro.knab\u202C „Anna“\n«ברגר»' }));
    assert.equal(web.callers.at(-1)?.name, 'gro.knab „Anna“ «ברגר»');
  });

  it('hands the token on for acting in its person\'s name, where nothing that is printed shows it; a ticket has none', async () => {
    const token = await web.authority.token();
    await statusWith(token);
    const caller = web.callers.at(-1);
    assert.deepEqual([caller?.ownSignIn?.entraTenant, caller?.ownSignIn?.objectId, caller?.ownSignIn?.token()], [tenantId, anna.oid, token]);
    assert.ok(!JSON.stringify(caller).includes(token) && !inspect(caller, { depth: 9 }).includes(token));
    await web.get('/api/v1/notes/n1', { 'tieline-ticket': 'good' });
    assert.equal(web.callers.at(-1)?.ownSignIn, undefined);
  });

  it('refuses a token for another audience', () => refuses({ aud: 'https://graph.microsoft.com' }));
  it('refuses a token of another issuer', () => refuses({ iss: 'https://login.example.com/x/v2.0' }));
  it('refuses a token of a tenant that is not listed', () => refuses({ tid: '99999999-2222-4333-8444-555555555555' }));
  it('refuses a token without a tenant', () => refuses({ tid: undefined }));
  it('refuses a token that has expired', () => refuses({ exp: noon / 1000 - 61 }));
  it('refuses a token without an end', () => refuses({ exp: undefined }));
  it('refuses a token that is not valid yet', () => refuses({ nbf: noon / 1000 + 61 }));
  it('refuses a token without the scope', () => refuses({ scp: 'openid profile' }));
  it('refuses an app-only token', () => refuses({ scp: undefined, idtyp: 'app', roles: ['administrator'] }));
  it('refuses a token that names no person', () => refuses({ oid: undefined }));

  it('refuses a token signed with another key under a known key id', async () => {
    const token = await web.authority.token({}, { key: web.authority.foreignKey });
    assert.equal((await statusWith(token)).status, 401);
  });

  it('refuses a token that is not signed (alg none)', async () => {
    const now = noon / 1000;
    const bare = new UnsecuredJWT({ aud: audience, iss: web.authority.tenant.issuer, tid: tenantId, scp: 'access_as_user', exp: now + 60, ...anna }).encode();
    assert.equal((await statusWith(bare)).status, 401);
    assert.equal((await statusWith(`${bare}AAAA`)).status, 401);
  });

  it('refuses a token of another algorithm, even from a good issuer', async () => {
    const { privateKey } = await generateKeyPair('PS256');
    assert.equal((await statusWith(await web.authority.token({}, { key: privateKey, alg: 'PS256' }))).status, 401);
  });

  it('refuses what is no token at all, and asks to sign in where there is none', async () => {
    assert.equal((await statusWith('x.y.z')).code, 'sign-in-refused');
    assert.equal((await statusWith('')).code, 'sign-in-needed');
    const answer = await web.get('/api/v1/notes/n1');
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  });

  it('grants a role that Entra gave, and no other', async () => {
    assert.equal((await web.get('/api/v1/audit', await web.as())).status, 403);
    assert.equal((await web.get('/api/v1/audit', await web.as({ roles: ['Global.Reader', 'ticket'] }))).status, 403);
    assert.equal((await web.get('/api/v1/audit', await web.as({ roles: ['auditor'] }))).status, 200);
    await web.get('/api/v1/notes/n1', await web.as({ roles: ['ticket', 'public', 'Global.Reader', 'operator'] }));
    assert.deepEqual(web.callers.at(-1)?.roles, ['user', 'operator']);
  });

  it('reads a person\'s groups, and knows when a token cannot hold them all', async () => {
    const verify = createTokenVerifier({ tenants: [web.authority.tenant], scope: 'access_as_user', ca: undefined }, clock);
    const groupsIn = async (claims: JWTPayload) => (await verify(await web.authority.token(claims))).groups;
    assert.deepEqual(await groupsIn({ groups: ['g1', 'g2'] }), ['g1', 'g2']);
    assert.deepEqual(await groupsIn({}), []);
    assert.equal(await groupsIn({ _claim_names: { groups: 'src1' } }), null);
    assert.equal(await groupsIn({ hasgroups: true }), null);
  });

  it('refuses what one listed organisation signed in the name of another, even where both have the same keys', async () => {
    const { tenant } = web.authority;
    const neighbour = { ...tenant, id: '99999999-2222-4333-8444-555555555555', issuer: tenant.issuer.replace(tenant.id, '99999999-2222-4333-8444-555555555555') };
    const verify = createTokenVerifier({ tenants: [tenant, neighbour], scope: 'access_as_user', ca: undefined }, clock);
    assert.equal((await verify(await web.authority.token({ tid: neighbour.id, iss: neighbour.issuer }))).entraTenant, neighbour.id);
    for (const mixed of [{ tid: neighbour.id }, { iss: neighbour.issuer }]) {
      await assert.rejects(web.authority.token(mixed).then(verify), (error) => error instanceof UserError && error.status === 401 && /iss/.test(error.message), JSON.stringify(mixed));
    }
  });

  it('answers 503, not 401, when the keys cannot be had', async () => {
    const other = await openWeb({ clock });
    other.authority.goAway();
    const answer = await other.get('/api/v1/notes/n1', await other.as());
    assert.equal(answer.status, 503);
    assert.equal((await jsonOf<{ code: string }>(answer)).code, 'entra-no-answer');
    await other.close();
  });
});

describe('an account of an Exchange server that is nobody\'s yet', () => {
  let web: Web;
  let person: { personId: string; name: string; address: string } | null = null;
  before(async () => {
    web = await openWeb({ parts: {
      verifyToken: async () => ({ exchangeAccount: 'https://mail.example.com/ a@example.com', expiresAt: Date.now() + 60_000 }),
      exchangePersonFor: async () => ({ tenantId: 'default', person }),
    } });
  });
  after(() => web.close());

  it('opens nothing but the way to be linked, and says what to do', async () => {
    for (const path of ['/api/v1/notes/n1', '/api/v1/audit', '/api/v1/live?topic=me']) {
      const answer = await web.get(path, { authorization: 'Bearer a.b.c' });
      assert.deepEqual([answer.status, (await jsonOf<{ code: string }>(answer)).code], [401, 'exchange-link-needed'], path);
    }
  });

  it('is a user once it is linked, and never more than that', async () => {
    person = { personId: 'p1', name: 'Anna Berger', address: 'anna@example.com' };
    assert.equal((await web.get('/api/v1/notes/n1', { authorization: 'Bearer a.b.c' })).status, 200);
    assert.deepEqual([web.callers.at(-1)?.personId, web.callers.at(-1)?.address, web.callers.at(-1)?.ownSignIn], ['p1', 'anna@example.com', undefined]);
    assert.equal((await web.get('/api/v1/audit', { authorization: 'Bearer a.b.c' })).status, 403);
  });
});

describe('a send ticket', () => {
  let web: Web;
  before(async () => {
    web = await openWeb();
  });
  after(() => web.close());

  it('opens its own conference, as nobody in person', async () => {
    const answer = await web.get('/api/v1/notes/n1', { 'Tieline-Ticket': 'good' });
    assert.equal(answer.status, 200);
    assert.equal(web.callers.at(-1)?.ticketFor, 'n1');
    assert.equal(web.callers.at(-1)?.personId, null);
  });

  it('opens no other conference', async () => {
    assert.equal((await web.get('/api/v1/notes/n2', { 'Tieline-Ticket': 'good' })).status, 403);
  });

  it('opens nothing that is for signed-in people', async () => {
    assert.equal((await web.post('/api/v1/notes', { text: 'x' }, { 'Tieline-Ticket': 'good' })).status, 401);
  });

  it('that is forged or old is refused', async () => {
    const answer = await web.get('/api/v1/notes/n1', { 'Tieline-Ticket': 'bad' });
    assert.equal(answer.status, 401);
    assert.equal((await jsonOf<{ code: string }>(answer)).code, 'ticket-refused');
  });

  it('does not help a bad token', async () => {
    assert.equal((await web.get('/api/v1/notes/n1', { 'Tieline-Ticket': 'good', authorization: 'Bearer x.y.z' })).status, 401);
  });
});
