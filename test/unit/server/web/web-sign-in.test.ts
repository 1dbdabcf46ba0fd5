import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { html } from '../../../../server/domain/html.ts';
import type { OidcProvider } from '../../../../server/web/identity/oidc.ts';
import { openBrowser, openProvider, sofia } from '../../../support/oidc.ts';
import { jsonOf, memorySessions, openWeb, type Web } from '../../../support/web.ts';

const publicUrl = 'https://tieline.example.com';
const entraTenant = '11111111-2222-4333-8444-555555555555';

describe('web sign-in: any OpenID provider, and nobody who was not let in', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T09:52:00Z'), paused: true });
  let provider: Awaited<ReturnType<typeof openProvider>>;
  let other: Awaited<ReturnType<typeof openProvider>>;
  let web: Web;
  let sessions: ReturnType<typeof memorySessions>;
  let browser: ReturnType<typeof openBrowser>;
  let roles: OidcProvider['roles'] = [];

  before(async () => {
    provider = await openProvider(clock);
    other = await openProvider(clock);
  });
  after(async () => {
    await provider.close();
    await other.close();
  });
  beforeEach(async () => {
    roles = [{ role: 'user' }];
    Object.assign(provider.bends, { claims: {}, foreignKey: false, isDown: false });
    sessions = memorySessions(clock);
    const make = (id: string, { issuer, clientId }: typeof provider): OidcProvider => ({
      provider: id, name: id, issuer, clientId, secret: undefined, scopes: ['openid', 'profile'], tenants: [{ id: entraTenant, issuer: other.issuer }],
      get roles() {
        return roles;
      },
    });
    web = await openWeb({
      clock, settings: { providers: [make('partner', provider), make('entra', other)] },
      parts: {
        sessions,
        pages: [
          { path: '/mine', who: 'user', handle: async ({ visitor, csrf }) => ({ status: 200, page: { title: 'Mine', main: html`<h1>${visitor?.name}</h1><i>${csrf}</i>` } }) },
          { path: '/form', methods: ['GET', 'POST'], handle: async ({ csrf, form }) => ({ status: 200, page: { title: 'Form', main: html`<i>${csrf}</i>${form.get('text')}` } }) },
          { path: '/admin', who: 'administrator', handle: async () => ({ status: 200, page: { title: 'Admin', main: html`admin` } }) },
        ],
      },
    });
    browser = openBrowser(web.origin, publicUrl);
  });
  afterEach(async () => web.close());

  /** Goes to the provider; returns where it is asked. */
  async function begin(id = 'partner', back = '/mine'): Promise<string> {
    const answer = await browser.ask(`/sign-in/${id}?return=${encodeURIComponent(back)}`);
    assert.equal(answer.status, 303, await answer.clone().text());
    return answer.headers.get('location') ?? '';
  }

  async function signIn(id = 'partner', back = '/mine', more: Record<string, string> = {}): Promise<Response> {
    return browser.ask((id === 'entra' ? other : provider).agree(await begin(id, back), more));
  }

  async function tokenOn(path: string): Promise<string> {
    return /<i>(.*?)<\/i>/.exec(await (await browser.ask(path)).text())?.[1] ?? '';
  }

  it('sends whoever needs to sign in to the provider and back to where they were, by code with PKCE, state and nonce', async () => {
    const refused = await browser.ask('/mine');
    assert.equal(refused.headers.get('location'), '/sign-in?return=%2Fmine');
    const asked = new URL(await begin()).searchParams;
    assert.equal(asked.get('response_type'), 'code');
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.ok((asked.get('state') ?? '').length >= 43 && (asked.get('nonce') ?? '').length >= 43);
    assert.equal(asked.get('redirect_uri'), `${publicUrl}/sign-in/partner/callback`);
    const back = await signIn();
    assert.equal(back.headers.get('location'), '/mine');
    assert.equal((await signIn('partner', '/mine?lang=de#rules')).headers.get('location'), '/mine?lang=de#rules', 'to the part of the page, too');
    assert.match(await (await browser.ask('/mine')).text(), /<h1>Sofia Rossi<\/h1>/);
  });

  it('the cookie is for this host, https and servers only, and its id is nowhere but there', async () => {
    const answer = await signIn();
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-tieline=')) ?? '';
    for (const attribute of [/; Path=\/(;|$)/, /; HttpOnly/, /; Secure/, /; SameSite=Lax/]) assert.match(cookie, attribute);
    assert.equal(/Domain=/i.test(cookie), false);
  });

  it('a new sign-in gets a new id and ends the old one: an id that was planted is worth nothing', async () => {
    await signIn();
    const first = browser.jar.get('__Host-tieline') ?? '';
    await signIn();
    assert.notEqual(browser.jar.get('__Host-tieline'), first);
    assert.equal(sessions.ids.includes(first), false);
    browser.jar.set('__Host-tieline', 'A'.repeat(43));
    assert.equal((await browser.ask('/mine')).status, 303);
    await signIn();
    assert.notEqual(browser.jar.get('__Host-tieline'), 'A'.repeat(43));
  });

  it('a session that is over is none', async () => {
    await signIn();
    clock.advance(12 * 3_600_000);
    assert.equal((await browser.ask('/mine')).status, 303);
  });

  const bent: [string, () => void | Promise<void>, number][] = [
    ['another nonce', () => void (provider.bends.claims = { nonce: 'mine' }), 401],
    ['no nonce', () => void (provider.bends.claims = { nonce: undefined }), 401],
    ['another issuer', () => void (provider.bends.claims = { iss: 'https://elsewhere.example' }), 401],
    ['another audience', () => void (provider.bends.claims = { aud: 'other-app' }), 401],
    ['several audiences without azp', () => void (provider.bends.claims = { aud: ['tieline-web', 'other-app'] }), 401],
    ['expired', () => void (provider.bends.claims = { exp: clock.now() / 1000 - 120 }), 401],
    ['not yet valid', () => void (provider.bends.claims = { nbf: clock.now() / 1000 + 600 }), 401],
    ['made in the future', () => void (provider.bends.claims = { iat: clock.now() / 1000 + 600 }), 401],
    ['a signature of another key', () => void (provider.bends.foreignKey = true), 401],
    ['an organisation that is not listed', () => void (provider.bends.claims = { tid: entraTenant, oid: 'x' }), 403],
    ['nobody of any role', () => void (roles = [{ role: 'user', claim: 'groups', value: 'staff' }]), 403],
  ];
  for (const [name, bend, status] of bent) {
    it(`refuses an ID token with ${name}, on a page that says what to do`, async () => {
      await bend();
      const answer = await signIn();
      assert.equal(answer.status, status);
      assert.match(await answer.text(), /Sign in again/);
      assert.deepEqual(sessions.ids, []);
    });
  }

  it('an answer that this browser did not ask for, or another provider gave, is refused', async () => {
    const elsewhere = openBrowser(web.origin, publicUrl);
    const theirs = provider.agree((await elsewhere.ask('/sign-in/partner')).headers.get('location') ?? '');
    assert.equal((await browser.ask(theirs)).status, 401);
    await begin();
    assert.equal((await browser.ask(theirs)).status, 401);
    const begun = await begin('partner');
    assert.equal((await browser.ask(other.agree(begun).replace('/partner/', '/entra/'))).status, 401);
    assert.equal((await browser.ask(provider.agree(await begin(), { iss: 'https://elsewhere.example' }))).status, 401);
    assert.deepEqual(sessions.ids, []);
  });

  it('a code is good once, and the same answer twice signs nobody in', async () => {
    const answer = provider.agree(await begin());
    assert.equal((await browser.ask(answer)).status, 303);
    assert.equal((await browser.ask(answer)).status, 401);
  });

  it('what the provider refuses is said, without its words in the page', async () => {
    const begun = new URL(await begin()).searchParams;
    const answer = await browser.ask(`/sign-in/partner/callback?error=access_denied&error_description=%3Cb%3Eevil&state=${begun.get('state') ?? ''}`);
    assert.equal(answer.status, 401);
    const text = await answer.text();
    assert.match(text, /access_denied/);
    assert.equal(text.includes('evil'), false);
  });

  it('with the provider away people are told so, and it works again when it is back', async () => {
    const fresh = await openProvider(clock);
    await web.close();
    web = await openWeb({ clock, settings: { providers: [{ provider: 'late', name: 'Late', issuer: fresh.issuer, clientId: fresh.clientId, secret: undefined, scopes: ['openid'], roles, tenants: [] }] }, parts: { sessions } });
    browser = openBrowser(web.origin, publicUrl);
    fresh.bends.isDown = true;
    assert.equal((await browser.ask('/sign-in/late')).status, 503);
    fresh.bends.isDown = false;
    const begun = await begin('late');
    fresh.bends.isDown = true;
    assert.equal((await browser.ask(fresh.agree(begun))).status, 503);
    fresh.bends.isDown = false;
    assert.equal((await browser.ask(fresh.agree(await begin('late')))).status, 303);
    await fresh.close();
  });

  it('leads nowhere else afterwards', async () => {
    for (const back of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example', '']) {
      assert.equal((await signIn('partner', back)).headers.get('location'), '/app/', back);
    }
    assert.equal((await signIn('partner', '/mine?x=1')).headers.get('location'), '/mine?x=1');
  });

  it('gives the roles that claims and rules say, and no others', async () => {
    roles = [{ role: 'user' }, { role: 'administrator', claim: 'groups', value: 'it' }, { role: 'auditor', claim: 'realm_access.roles', value: 'audit' }];
    Object.assign(provider.bends, { claims: { groups: ['staff', 'it'], realm_access: { roles: ['audit'] }, roles: ['operator'] } });
    await signIn();
    const session = await jsonOf<{ roles: string[] }>(await browser.ask('/api/v1/session'));
    assert.deepEqual(session.roles, ['user', 'administrator', 'auditor']);
    assert.equal((await browser.ask('/admin')).status, 200);
    provider.bends.claims = {};
    await signIn();
    assert.equal((await browser.ask('/admin')).status, 403);
  });

  it('somebody of a listed Entra tenant is a user without a rule, and the app roles of the token count', async () => {
    roles = [];
    other.bends.claims = { tid: entraTenant, oid: 'object-1', preferred_username: 'sofia@contoso.com', roles: ['administrator', 'owner'] };
    await signIn('entra');
    assert.deepEqual((await jsonOf<{ roles: string[] }>(await browser.ask('/api/v1/session'))).roles, ['user', 'administrator']);
    other.bends.claims = { tid: 'another', oid: 'object-1' };
    assert.equal((await signIn('entra')).status, 403);
  });

  describe('a session on the API', () => {
    it('reads with the cookie alone, changes only with the token of our own pages', async () => {
      await signIn();
      assert.equal((await browser.ask('/api/v1/notes/n1')).status, 200);
      const send = (headers: Record<string, string>): Promise<Response> =>
        fetch(`${web.origin}/api/v1/notes`, { method: 'POST', body: '{"text":"x"}', headers: { 'content-type': 'application/json', cookie: `__Host-tieline=${browser.jar.get('__Host-tieline') ?? ''}`, ...headers } });
      const { csrf, csrfHeader } = await jsonOf<{ csrf: string; csrfHeader: string }>(await browser.ask('/api/v1/session'));
      assert.equal((await send({})).status, 403);
      assert.equal((await send({ [csrfHeader]: 'A'.repeat(43) })).status, 403);
      assert.equal((await send({ [csrfHeader]: csrf })).status, 200);
      assert.equal(web.callers.at(-1)?.personId, `person of ${sofia.sub}`);
    });

    it('is nobody when the cookie is forged, or two were sent', async () => {
      await signIn();
      const id = browser.jar.get('__Host-tieline') ?? '';
      for (const cookie of [`__Host-tieline=${'B'.repeat(43)}`, '__Host-tieline=', `__Host-tieline=${id}; __Host-tieline=${id}`, `__Host-tieline=${id.slice(1)}`]) {
        assert.equal((await web.get('/api/v1/notes/n1', { cookie })).status, 401, cookie);
      }
    });

    it('does not outrank a token that is refused', async () => {
      await signIn();
      assert.equal((await browser.ask('/api/v1/notes/n1', { headers: { authorization: 'Bearer a.b.c' } })).status, 401);
    });
  });

  describe('forms', () => {
    it('are taken only from a page of ours in the same browser', async () => {
      const csrf = await tokenOn('/form');
      assert.equal((await browser.ask('/form', { form: { csrf, text: 'hello' } })).status, 200);
      assert.equal((await browser.ask('/form', { form: { csrf: '', text: 'x' } })).status, 403);
      assert.equal((await browser.ask('/form', { form: { csrf, text: 'x' }, headers: { origin: 'https://evil.example' } })).status, 403);
      assert.equal((await browser.ask('/form', { form: { csrf, text: 'x' }, headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
      assert.equal((await openBrowser(web.origin, publicUrl).ask('/form', { form: { csrf, text: 'x' } })).status, 403);
    });

    it('of a stranger end with the sign-in: the token is another one then', async () => {
      const before = await tokenOn('/form');
      await signIn();
      assert.equal((await browser.ask('/form', { form: { csrf: before, text: 'x' } })).status, 403);
    });

    it('what they send is text on the page', async () => {
      const csrf = await tokenOn('/form');
      assert.match(await (await browser.ask('/form', { form: { csrf, text: '<script>alert(1)</script>' } })).text(), /&lt;script&gt;alert/);
    });
  });

  it('signing out ends the session here, and offers to end the one at the provider', async () => {
    await signIn();
    const csrf = await tokenOn('/mine');
    const id = browser.jar.get('__Host-tieline') ?? '';
    assert.equal((await browser.ask('/sign-out', { form: { csrf: 'forged' } })).status, 403);
    const out = await browser.ask('/sign-out', { form: { csrf } });
    assert.equal(out.headers.get('location'), '/signed-out?of=partner');
    assert.match(await (await browser.ask('/signed-out?of=partner')).text(), new RegExp(`href="${provider.issuer}/logout\\?`));
    assert.deepEqual([browser.jar.has('__Host-tieline'), await sessions.find(id)], [false, null]);
  });

  it('names no provider: says what an administrator does', async () => {
    const bare = await openWeb({ clock });
    const answer = await bare.get('/sign-in');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /signIn\.providers/);
    await bare.close();
  });
});
