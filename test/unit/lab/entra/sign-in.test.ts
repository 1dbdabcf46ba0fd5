import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { ada, clientId, clientSecret, members, startLabMail, tenantId, wire } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';

const redirectUri = 'https://localhost/signed-in';

describe('lab entra: web sign-in', () => {
  let lab: LabMail;

  before(async () => {
    lab = await startLabMail();
  });

  after(async () => lab.close());

  const verifier = randomBytes(32).toString('base64url');
  const usual = {
    client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: `openid profile offline_access api://localhost/${clientId}/access_as_user`, state: 'st&ate', nonce: 'n-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  };

  function page(changes: Record<string, string> = {}): Promise<WireReply> {
    const query = new URLSearchParams({ ...usual, ...changes });
    return wire(`${lab.origin}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`, { method: 'GET', body: undefined, headers: {}, ca: lab.certificate.cert });
  }

  async function redeem(code: string, changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...changes });
    const reply = await wire(`${lab.origin}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, ca: lab.certificate.cert });
    return members(reply);
  }

  async function newCode(changes: Record<string, string> = {}): Promise<string> {
    const { headers } = await page({ login: lab.exchange.person(ada)?.id ?? '', ...changes });
    return new URL(headers['location'] ?? '').searchParams.get('code') ?? '';
  }

  it('lists the people as buttons, and quotes what it was given', async () => {
    const { status, text } = await page({ state: '"><script>alert(1)</script>' });
    assert.equal(status, 200);
    for (const { id, name } of lab.exchange.people) assert.ok(text.includes(`value="${id}">${name}<`), name);
    assert.doesNotMatch(text, /<script>alert/);
  });

  it('sends the picked person back with a code that is good once, for the right verifier, for ten minutes', async () => {
    const code = await newCode();
    const tokens = await redeem(code);
    const identity = decodeJwt(String(tokens['id_token']));
    assert.deepEqual([identity.aud, identity['nonce'], identity['preferred_username'], identity.iss], [clientId, 'n-1', ada, lab.entra.issuer]);
    assert.deepEqual([decodeJwt(String(tokens['access_token'])).aud, decodeJwt(String(tokens['access_token']))['scp']], [clientId, 'access_as_user']);
    assert.equal((await redeem(code))['error'], 'invalid_grant');
    assert.deepEqual((await redeem(await newCode(), { code_verifier: 'wrong' }))['error_codes'], [501481]);
    assert.equal((await redeem(await newCode(), { redirect_uri: 'https://localhost/other' }))['error'], 'invalid_grant');
    const late = await newCode();
    lab.clock.advance(11 * 60_000);
    assert.equal((await redeem(late))['error'], 'invalid_grant');
  });

  it('a refresh token is good once and gives the next', async () => {
    const first = await redeem(await newCode());
    const form = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
    const second = await redeem('', form);
    assert.equal(decodeJwt(String(second['access_token']))['scp'], 'access_as_user');
    assert.equal((await redeem('', form))['error'], 'invalid_grant');
    assert.notEqual(second['refresh_token'], first['refresh_token']);
  });

  it('never sends anybody to an address that is not registered', async () => {
    const wrong: Record<string, string>[] = [{ redirect_uri: 'https://evil.test/' }, { client_id: 'unknown' }];
    for (const changes of wrong) {
      const { status, headers } = await page({ ...changes, login: lab.exchange.person(ada)?.id ?? '' });
      assert.deepEqual([status, headers['location']], [400, undefined]);
    }
  });

  it('tells the app of other errors by the redirect', async () => {
    const { headers } = await page({ prompt: 'none' });
    const back = new URL(headers['location'] ?? '').searchParams;
    assert.deepEqual([back.get('error'), back.get('state')], ['login_required', 'st&ate']);
    assert.match((await page({ response_mode: 'fragment', prompt: 'none' })).headers['location'] ?? '', /#error=login_required/);
    assert.match((await page({ response_mode: 'form_post', login: lab.exchange.person(ada)?.id ?? '' })).text, /<form method="post" action="https:\/\/localhost\/signed-in"><input type="hidden" name="code"/);
  });
});
