import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../lab/clock.ts';
import { listenHttps } from '../../../../../lab/http.ts';
import type { Listener } from '../../../../../lab/http.ts';
import { createImap as createStandIn } from '../../../../../lab/imap/index.ts';
import type { ImapManner, ImapStandIn } from '../../../../../lab/imap/index.ts';
import { createOauth } from '../../../../../lab/oauth/index.ts';
import type { Oauth } from '../../../../../lab/oauth/index.ts';
import { createImap, imapConfig } from '../../../../../server/connectors/imap/index.ts';
import type { ImapConfigInput, ImapConnector } from '../../../../../server/connectors/imap/index.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { silent } from '../../../../../server/ports/log.ts';
import { localCertificate } from '../../../../support/certificate.ts';
import { makeServiceAccount } from '../../../../support/service-account.ts';
import type { ServiceAccount } from '../../../../support/service-account.ts';

const ada = 'ada@contoso.test';

describe('imap: signing in', () => {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  let account: ServiceAccount;
  let oauth: Oauth;
  let tokens: Listener;
  let server: ImapStandIn;
  let connector: ImapConnector;

  async function start({ manner = {}, auth, env = { MASTER: 'm4ster', SECRET: 's3cret' } }: { manner?: Partial<ImapManner>; auth?: ImapConfigInput['auth']; env?: Record<string, string> } = {}): Promise<void> {
    const certificate = await localCertificate();
    account = await makeServiceAccount();
    let origin = '';
    oauth = createOauth({ clock, origin: () => origin, client: { id: 'tieline', secret: 's3cret' }, serviceAccount: { email: account.email, publicKey: account.publicKey, mayActFor: (login) => login !== 'boss@contoso.test' } });
    tokens = await listenHttps([oauth.handle], certificate);
    ({ origin } = tokens);
    await account.write(`${origin}/token`);
    server = await createStandIn({ clock, logins: [ada, 'boss@contoso.test'], manner, tls: certificate, verifyToken: oauth.verify, master: { user: 'master', password: 'm4ster' } });
    connector = createImap({
      config: imapConfig.parse({ type: 'imap', instance: 'mail', host: 'localhost', port: server.port, domains: ['contoso.test'], auth: auth ?? { googleServiceAccount: { keyFile: account.keyFile } } }),
      clock, log: silent, ca: certificate.cert, env, random: () => 0, wake: { mark: async () => undefined },
    });
  }

  afterEach(async () => {
    await connector.stop();
    await Promise.all([server.close(), tokens.close(), account.remove()]);
  });

  async function enter(id = ada): Promise<void> {
    await connector.mailStore.find({ instance: 'mail', id }, ['a@b']);
  }

  for (const mechanism of ['XOAUTH2', 'OAUTHBEARER'] as const) {
    it(`by ${mechanism}, with a token that the service account gets for this mailbox and no other`, async () => {
      await start({ manner: { mechanisms: [mechanism] } });
      await enter();
      assert.equal(oauth.given, 1);
      await enter();
      assert.equal(oauth.given, 1, 'kept while it is good');
      clock.advance(3_500_000);
      server.cut();
      await enter();
      assert.equal(oauth.given, 2, 'a new one before the old one ends');
    });
  }

  it('a mailbox for which the service account may not act: denied, and what to do in the Admin console', async () => {
    await start();
    await assert.rejects(enter('boss@contoso.test'), (error) => error instanceof TheirError && error.fault === 'denied' && /Domain-wide delegation/.test(error.remedy ?? ''));
    assert.equal(connector.status().state, 'refused');
    await enter();
    assert.equal(connector.status().state, 'ready');
  });

  it('a wrong secret, a file that is none, an unset variable: each says what to mend, and never the secret', async () => {
    const cases: [ImapConfigInput['auth'], Record<string, string>, RegExp][] = [
      [{ clientCredentials: { tokenUrl: 'https://localhost:1/token', clientId: 'tieline', clientSecretEnv: 'SECRET' } }, {}, /SECRET/],
      [{ googleServiceAccount: { keyFile: '/nowhere/key.json' } }, {}, /keyFile/],
      [{ masterUser: { user: 'master', passwordEnv: 'MASTER' } }, {}, /MASTER/],
      [{ masterUser: { user: 'master', passwordEnv: 'MASTER' } }, { MASTER: 'wr0ng' }, /sign-in|refused/],
    ];
    for (const [auth, env, remedy] of cases) {
      await start({ auth, env, manner: { mechanisms: ['PLAIN'] } });
      await assert.rejects(enter(), (error) => {
        assert.ok(error instanceof TheirError && error.fault === 'denied', String(error));
        assert.match(`${error.message} ${error.remedy}`, remedy);
        assert.doesNotMatch(`${error.message} ${error.remedy}`, /wr0ng/);
        return true;
      });
      await connector.stop();
      await Promise.all([server.close(), tokens.close(), account.remove()]);
    }
    await start();
  });

  it('a sign-in service that is away: tried again, and told as passing', async () => {
    await start();
    oauth.isDown = true;
    await assert.rejects(enter(), (error) => error instanceof TheirError && error.fault === 'unavailable');
    oauth.isDown = false;
    await enter();
  });

  it('a master user enters on behalf of the mailbox, with no password of its owner', async () => {
    await start({ auth: { masterUser: { user: 'master', passwordEnv: 'MASTER' } }, manner: { mechanisms: ['PLAIN'] } });
    await enter();
    assert.equal(oauth.given, 0);
    assert.equal(server.connections(ada), 1);
  });

  it('a certificate that nobody vouches for is not accepted, and named', async () => {
    await start();
    const config = imapConfig.parse({ type: 'imap', instance: 'mail', host: 'localhost', port: server.port, domains: ['contoso.test'], auth: { masterUser: { user: 'master', passwordEnv: 'MASTER' } } });
    const stranger = createImap({ config, clock, log: silent, env: { MASTER: 'm4ster' }, random: () => 0, wake: { mark: async () => undefined } });
    await assert.rejects(stranger.mailStore.find({ instance: 'mail', id: ada }, ['a@b']), (error) => error instanceof TheirError && /certificate/.test(error.message) && /caFile/.test(error.remedy ?? ''));
    assert.equal(stranger.status().state, 'down');
    await stranger.stop();
  });

  it('refuses a configuration with two ways to sign in, with none, or in the clear over a network', () => {
    const base = { type: 'imap', instance: 'mail', host: 'mail.example.com', domains: ['example.com'] };
    const master = { masterUser: { user: 'm', passwordEnv: 'M' } };
    assert.equal(imapConfig.safeParse({ ...base, auth: {} }).success, false);
    assert.equal(imapConfig.safeParse({ ...base, auth: { ...master, googleServiceAccount: { keyFile: 'k' } } }).success, false);
    assert.equal(imapConfig.safeParse({ ...base, auth: master, security: 'none' }).success, false);
    assert.equal(imapConfig.safeParse({ ...base, auth: master }).success, true);
  });
});
