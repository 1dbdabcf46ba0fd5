import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { graphConfig } from '../../../../../server/connectors/graph/index.ts';
import { localCertificate } from '../../../../support/certificate.ts';
import { ann, clientId, row, startScripted, tenantId } from './scripted.ts';
import type { Scripted, ScriptedOptions } from './scripted.ts';

function read({ graph }: Scripted): Promise<unknown> {
  return graph.calendarSource.event(ann, 'event-1');
}

async function failure(running: Scripted): Promise<TheirError> {
  const error = await read(running).then(() => assert.fail('no error'), (cause: unknown) => cause);
  assert.ok(error instanceof TheirError, String(error));
  return error;
}

describe('graph: signing in as the app', () => {
  let world: Scripted | undefined;
  afterEach(async () => world?.close());

  async function start(options: ScriptedOptions = {}): Promise<Scripted> {
    world = await startScripted(options);
    world.script(() => ({ json: row() }));
    return world;
  }

  it('asks the tenant\'s own token address for Graph, once, however many calls begin together', async () => {
    const running = await start();
    await Promise.all([read(running), read(running), read(running)]);
    assert.equal(running.tokens.length, 1);
    const { path, body } = running.tokens[0] ?? assert.fail();
    assert.equal(path, `/${tenantId}/oauth2/v2.0/token`);
    const form = new URLSearchParams(body);
    assert.deepEqual([form.get('grant_type'), form.get('client_id'), form.get('client_secret'), form.get('scope')?.split(' ')[0]], ['client_credentials', clientId, 'top-secret-value', 'https://graph.microsoft.com/.default']);
  });

  it('a token is renewed before it ends, by our clock', async () => {
    const running = await start();
    await read(running);
    running.clock.advance(50 * 60_000);
    await read(running);
    assert.equal(running.tokens.length, 1);
    running.clock.advance(6 * 60_000);
    await read(running);
    assert.deepEqual([running.tokens.length, running.asked.at(-1)?.headers.authorization], [2, 'Bearer token-2']);
  });

  for (const [number, remedy] of [[7000215, /value, not the ID/], [7000222, /expired/], [700016, /no app with this clientId/], [90002, /correct tenantId/], [53003, /Conditional access/], [12345, /Sign-in logs/]] as const) {
    it(`AADSTS${number} is told as denied, with what to do, without the secret`, async () => {
      const running = await start();
      running.signIn(() => ({ status: 401, json: { error: 'invalid_client', error_description: `AADSTS${number}: no. Trace ID: x`, error_codes: [number] } }));
      const error = await failure(running);
      assert.equal(error.fault, 'denied');
      assert.match(error.remedy ?? '', remedy);
      assert.match(error.message, new RegExp(`AADSTS${number}`));
      assert.ok(!`${error.message}${String(error.cause)}`.includes('top-secret'));
      assert.equal(running.asked.length, 0);
    });
  }

  it('a sign-in service that is away for a moment is asked again; away for long it is told as passing', async () => {
    const running = await start();
    running.signIn(() => (running.tokens.length === 1 ? { status: 503, headers: { 'retry-after': '2' } } : { json: { token_type: 'Bearer', expires_in: 3_599, access_token: 'late' } }));
    await read(running);
    assert.deepEqual([running.tokens.length, running.clock.slept], [2, [2_000]]);
    running.clock.advance(3_600_000);
    running.signIn(() => ({ status: 503 }));
    const error = await failure(running);
    assert.deepEqual([error.fault, error.passing], ['unavailable', true]);
    assert.match(error.message, /ask for a token: HTTP 503/);
  });

  it('a page instead of a token says that authority is wrong', async () => {
    const running = await start();
    running.signIn(() => ({ text: '<html>proxy</html>' }));
    const error = await failure(running);
    assert.equal(error.fault, 'unreadable');
    assert.match(error.remedy ?? '', /authority/);
  });

  it('an empty secret asks nobody and names the variable', async () => {
    const running = await start({ env: {} });
    const error = await failure(running);
    assert.deepEqual([error.fault, running.tokens.length], ['denied', 0]);
    assert.match(error.remedy ?? '', /Set SECRET/);
  });

  describe('with a certificate', () => {
    let folder: string;
    beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'tieline-graph-'))));
    afterEach(async () => rm(folder, { recursive: true }));

    it('signs a statement for the token address, by our clock', async () => {
      const { cert, key } = await localCertificate();
      const certificate = { keyFile: join(folder, 'app.key'), certFile: join(folder, 'app.pem') };
      await Promise.all([writeFile(certificate.keyFile, key), writeFile(certificate.certFile, cert)]);
      const running = await start({ config: { clientSecretEnv: undefined, certificate } });
      await read(running);
      const form = new URLSearchParams(running.tokens[0]?.body);
      assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const [header, claims] = (form.get('client_assertion') ?? '').split('.').slice(0, 2).map((part): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()));
      assert.equal(header?.['alg'], 'PS256');
      assert.deepEqual([claims?.['iss'], claims?.['sub'], claims?.['aud'], claims?.['exp']], [clientId, clientId, `${running.origin}/${tenantId}/oauth2/v2.0/token`, running.clock.now() / 1_000 + 300]);
    });

    it('a file that is missing or no key says which option', async () => {
      const certificate = { keyFile: join(folder, 'none.key'), certFile: join(folder, 'none.pem') };
      const running = await start({ config: { clientSecretEnv: undefined, certificate } });
      assert.match((await failure(running)).remedy ?? '', /certificate\.(?:keyFile|certFile)/);
      await Promise.all([writeFile(certificate.keyFile, 'no key'), writeFile(certificate.certFile, 'no certificate')]);
      assert.match((await failure(running)).remedy ?? '', /PKCS#8/);
    });
  });

  it('the configuration wants exactly one of secret and certificate, https, and a tenant by id', () => {
    const good = { type: 'graph', instance: 'm365', tenantId, clientId, clientSecretEnv: 'SECRET' };
    assert.ok(graphConfig.safeParse(good).success);
    const paths = (more: object): string[] => graphConfig.safeParse({ ...good, ...more }).error?.issues.map(({ path }) => path.join('.')) ?? [];
    assert.deepEqual(paths({ clientSecretEnv: undefined }), ['clientSecretEnv']);
    assert.deepEqual(paths({ certificate: { keyFile: 'k', certFile: 'c' } }), ['clientSecretEnv']);
    assert.deepEqual(paths({ baseUrl: 'http://graph.test' }), ['baseUrl']);
    assert.deepEqual(paths({ tenantId: 'contoso' }), ['tenantId']);
    assert.equal(graphConfig.safeParse({ ...good, colour: 'red' }).success, false);
  });
});
