import assert from 'node:assert/strict';
import { createHash, randomUUID, X509Certificate, createPrivateKey } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { ada, app, clientId, clientSecret, members, startLabMail, tenantId, wire } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';
import { localCertificate } from '../../../support/certificate.ts';

describe('lab entra', () => {
  let lab: LabMail;
  let endpoint: string;

  before(async () => {
    const { cert } = await localCertificate();
    lab = await startLabMail({ apps: [app, { clientId: '33333333-3333-4333-8333-333333333333', name: 'By certificate', certificates: [cert], roles: ['Calendars.Read'] }] });
    endpoint = `${lab.origin}/${tenantId}/oauth2/v2.0/token`;
  });

  after(async () => lab.close());

  async function ask(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
    const reply = await wire(endpoint, { method: 'POST', body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, ca: lab.certificate.cert });
    return { status: reply.status, body: members(reply) };
  }

  async function get(path: string): Promise<WireReply> {
    return wire(path.startsWith('https') ? path : `${lab.origin}${path}`, { method: 'GET', body: undefined, headers: {}, ca: lab.certificate.cert });
  }

  async function codes(form: Record<string, string>): Promise<unknown> {
    return (await ask(form)).body['error_codes'];
  }

  const credentials = { client_id: clientId, client_secret: clientSecret };
  const graphScope = 'https://graph.microsoft.com/.default';

  it('publishes where everything stands, and keys that verify its tokens', async () => {
    const configuration = members(await get(`/${tenantId}/v2.0/.well-known/openid-configuration`));
    assert.equal(configuration['issuer'], lab.entra.issuer);
    assert.equal(configuration['token_endpoint'], endpoint);
    const published: JSONWebKeySet = JSON.parse((await get(String(configuration['jwks_uri']))).text);
    const keys = createLocalJWKSet(published);
    const token = await lab.entra.issueToken({ person: ada, audience: clientId, scopes: ['access_as_user'], clientId });
    const { payload } = await jwtVerify(token, keys, { issuer: lab.entra.issuer, audience: clientId, currentDate: new Date(lab.clock.now()) });
    assert.deepEqual([payload['preferred_username'], payload['tid'], payload['scp'], payload['ver']], [ada, tenantId, 'access_as_user', '2.0']);
  });

  it('gives an app its roles for its secret, and nothing for a wrong one', async () => {
    const good = await ask({ ...credentials, grant_type: 'client_credentials', scope: graphScope });
    assert.equal(good.status, 200);
    const claims = decodeJwt(String(good.body['access_token']));
    assert.deepEqual([claims.aud, claims['roles'], claims['idtyp'], claims['scp']], ['https://graph.microsoft.com', app.roles, 'app', undefined]);
    const bad = await ask({ ...credentials, client_secret: 'guess', grant_type: 'client_credentials', scope: graphScope });
    assert.deepEqual([bad.status, bad.body['error'], bad.body['error_codes']], [401, 'invalid_client', [7000215]]);
    assert.doesNotMatch(JSON.stringify(bad.body), /lab-secret|guess/);
  });

  it('wants .default from an app, a known app, and a known grant', async () => {
    assert.deepEqual(await codes({ ...credentials, grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/Calendars.Read' }), [1002012]);
    assert.deepEqual(await codes({ ...credentials, client_id: randomUUID(), grant_type: 'client_credentials', scope: graphScope }), [700016]);
    assert.deepEqual(await codes({ ...credentials, grant_type: 'password', scope: graphScope }), [70003]);
    assert.deepEqual(await codes({ client_id: clientId, grant_type: 'client_credentials', scope: graphScope }), [7000218]);
    assert.equal((await get(`/${randomUUID()}/v2.0/.well-known/openid-configuration`)).status, 400);
  });

  it('takes a client assertion by certificate, in time, for this endpoint only', async () => {
    const { cert, key } = await localCertificate();
    const id = '33333333-3333-4333-8333-333333333333';
    const now = Math.floor(lab.clock.now() / 1000);
    const assertion = async (audience: string, expiresIn: number) => new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'PS256', 'x5t#S256': createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url') })
      .setIssuer(id).setSubject(id).setAudience(audience).setIssuedAt(now).setExpirationTime(now + expiresIn).sign(createPrivateKey(key));
    const form = { client_id: id, grant_type: 'client_credentials', scope: graphScope, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
    const good = await ask({ ...form, client_assertion: await assertion(endpoint, 300) });
    assert.deepEqual([good.status, decodeJwt(String(good.body['access_token']))['roles']], [200, ['Calendars.Read']]);
    assert.equal((await ask({ ...form, client_assertion: await assertion('https://elsewhere.test', 300) })).status, 401);
    assert.equal((await ask({ ...form, client_assertion: await assertion(endpoint, -300) })).status, 401);
  });

  it('exchanges a user’s token for one of Graph on the user’s behalf, and no other token', async () => {
    const form = { ...credentials, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', scope: 'https://graph.microsoft.com/Calendars.ReadWrite' };
    const assertion = await lab.entra.issueToken({ person: ada, audience: clientId, scopes: ['access_as_user'] });
    const good = await ask({ ...form, assertion });
    const claims = decodeJwt(String(good.body['access_token']));
    assert.deepEqual([claims.aud, claims['scp'], claims['oid']], ['https://graph.microsoft.com', 'Calendars.ReadWrite', lab.exchange.person(ada)?.id]);
    assert.deepEqual((await ask({ ...form, assertion, scope: 'https://graph.microsoft.com/Mail.ReadWrite' })).body['error_codes'], [65001]);
    for (const [code, bad] of [
      [500131, { audience: 'other' }], [500133, { audience: clientId, expiresAt: lab.clock.now() - 1000 }],
      [50013, { audience: clientId, foreignKey: true }], [50013, { audience: clientId, issuer: 'https://evil.test' }], [50013, { audience: clientId, tenantId: randomUUID() }],
    ] as const) {
      const token = await lab.entra.issueToken({ person: ada, scopes: ['access_as_user'], ...bad });
      assert.deepEqual((await ask({ ...form, assertion: token })).body['error_codes'], [code], JSON.stringify(bad));
    }
    const ofApp = await lab.entra.issueToken({ audience: clientId, roles: ['x'], clientId });
    assert.deepEqual((await ask({ ...form, assertion: ofApp })).body['error_codes'], [50027]);
    assert.deepEqual((await ask({ ...form, assertion, requested_token_use: '' })).body['error_codes'], [900144]);
  });

  it('asks for a second step where conditional access wants one, with the claims to carry to the person', async () => {
    const assertion = await lab.entra.issueToken({ person: ada, audience: clientId, scopes: ['access_as_user'] });
    lab.entra.stepUp.add(lab.exchange.person(ada)?.id ?? '');
    const told = await ask({ ...credentials, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', scope: 'https://graph.microsoft.com/Calendars.ReadWrite', assertion });
    lab.entra.stepUp.clear();
    assert.deepEqual([told.status, told.body['error'], told.body['error_codes'], told.body['suberror']], [400, 'interaction_required', [50076], 'basic_action']);
    assert.match(String(told.body['claims']), /capolids/);
  });

  it('says 429 with a pause while it throttles', async () => {
    lab.entra.throttledFor = 7;
    const reply = await wire(endpoint, { method: 'POST', body: new URLSearchParams({ ...credentials, grant_type: 'client_credentials', scope: graphScope }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, ca: lab.certificate.cert });
    lab.entra.throttledFor = null;
    assert.deepEqual([reply.status, reply.headers['retry-after']], [429, '7']);
  });

  it('says 503 while it is down', async () => {
    lab.entra.isDown = true;
    assert.equal((await ask({ ...credentials, grant_type: 'client_credentials', scope: graphScope })).status, 503);
    lab.entra.isDown = false;
  });
});
