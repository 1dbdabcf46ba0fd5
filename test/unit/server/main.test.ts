import assert from 'node:assert/strict';
import { Client } from 'pg';
import { checkConfig } from '../../../server/config/load.ts';
import { UserError } from '../../../server/domain/errors.ts';
import { createServer, type Server } from '../../../server/main.ts';
import { systemClock } from '../../../server/ports/clock.ts';
import { silent } from '../../../server/ports/log.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';
import { openWire } from '../../support/wire.ts';
import { anna, audience, jsonOf, openAuthority, tenantId } from '../../support/web.ts';

describe('the server', () => {
  let database: TestDatabase;
  let wire: Awaited<ReturnType<typeof openWire>>;
  let authority: Awaited<ReturnType<typeof openAuthority>>;
  before(async () => {
    database = await testDatabase();
    wire = await openWire(database.url);
    authority = await openAuthority(systemClock());
  });
  after(async () => {
    await wire.close();
    await authority.close();
    await database.drop();
  });

  function make(more: Record<string, unknown> = {}): Server {
    const { issuer, jwksUri } = authority.tenant;
    const env = { AMI_SECRET: 'ami', GRAPH_CLIENT_SECRET: 'graph' };
    const input = { publicUrl: 'https://tieline.example.com', listen: { port: 0 }, signIn: { tenants: [{ id: tenantId, audience, issuer, jwksUri }] }, ...more };
    return createServer({ config: checkConfig(input, env), clock: systemClock(), log: silent, env: { ...env, DATABASE_URL: wire.url }, dist: '/nowhere' });
  }

  async function ask(server: Server, path: string): Promise<Response> {
    return fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${await authority.token()}` } });
  }

  it('serves a person who signs in', async () => {
    const server = make();
    await server.start();
    const me = await jsonOf<{ name: string; address: string; roles: string[]; mailboxReason: string }>(await ask(server, '/api/v1/me'));
    assert.deepEqual([me.name, me.address, me.roles, me.mailboxReason], [anna.name, anna.preferred_username, ['user'], 'no-calendar-connected']);
    assert.deepEqual(await jsonOf(await ask(server, '/api/v1/conferences')), { conferences: [] });
    await server.stop();
  });

  it('tells clients where to sign in, without signing in', async () => {
    const server = make();
    await server.start();
    const settings = await jsonOf(await fetch(`${server.address}/api/v1/sign-in`));
    assert.deepEqual(settings, { entra: { clientId: audience, authority: `https://login.microsoftonline.com/${tenantId}`, scope: `api://tieline.example.com/${audience}/access_as_user` } });
    await server.stop();
  });

  it('answers 503 with a remedy while the database is gone, says so on /readyz, and serves again when it is back', async () => {
    const server = make();
    await server.start();
    assert.equal((await ask(server, '/api/v1/me')).status, 200);
    wire.cut();
    const answer = await ask(server, '/api/v1/me');
    const problem = await jsonOf<{ code: string; remedy: string }>(answer);
    assert.deepEqual([answer.status, problem.code], [503, 'database-unavailable']);
    assert.ok(problem.remedy);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    const ready = await fetch(`${server.address}/readyz`);
    assert.equal(ready.status, 503);
    assert.match((await jsonOf<{ database: { remedy: string } }>(ready)).database.remedy, /DATABASE_URL/);
    assert.equal((await fetch(`${server.address}/healthz`)).status, 200);
    wire.mend();
    await until(async () => (await ask(server, '/api/v1/me')).status === 200);
    await until(async () => (await fetch(`${server.address}/readyz`)).status === 200);
    await server.stop();
  });

  it('does not start on a port that is taken, says so, and leaves nothing behind', async () => {
    const first = make();
    await first.start();
    const second = make({ listen: { port: Number(new URL(first.address).port) } });
    await assert.rejects(second.start(), (error) => error instanceof UserError && error.problem.field === 'listen.port');
    await first.stop();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await until(async () => (await client.query('select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')).rowCount === 0);
    await client.end();
    await second.start();
    await second.stop();
  });

  it('stops while somebody listens to a live stream', async () => {
    const server = make();
    await server.start();
    const stream = await ask(server, '/api/v1/live?topic=conferences');
    const reader = stream.body?.getReader();
    await reader?.read();
    await server.stop();
    await assert.rejects(async () => {
      while (!(await reader?.read())?.done);
      throw new Error('ended');
    });
  });

  it('does only what its roles say', async () => {
    const hooks = make({ roles: ['hooks'] });
    await hooks.start();
    assert.equal((await ask(hooks, '/api/v1/me')).status, 404);
    assert.equal((await fetch(`${hooks.address}/readyz`)).status, 200);
    await hooks.stop();
  });

  for (const role of ['web', 'hooks']) {
    it(`with only the role ${role} it does not say that connectors start which another process has; its doors are open all the same`, async () => {
      const connectors = [
        { type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: 1, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { host: '127.0.0.1' } },
        { type: 'graph', instance: 'm365', tenantId, clientId: '22222222-2222-4222-8222-222222222222', clientSecretEnv: 'GRAPH_CLIENT_SECRET' },
      ];
      const server = make({ roles: [role], connectors });
      await server.start();
      const ready = await fetch(`${server.address}/readyz`);
      const { connectors: told } = await jsonOf<{ connectors: { instance: string; state: string; capabilities: string[]; gaps: unknown[] }[] }>(ready);
      assert.equal(ready.status, 200);
      assert.deepEqual(told.map(({ instance, state, capabilities, gaps }) => [instance, state, capabilities, gaps]), [['pbx', 'elsewhere', [], []], ['m365', 'elsewhere', [], []]]);
      assert.doesNotMatch(await (await fetch(`${server.address}/metrics`)).text(), /tieline_connector_up\{/);
      const handshake = await fetch(`${server.address}/hooks/m365/notifications?validationToken=hello`, { method: 'POST' });
      assert.deepEqual([handshake.status, handshake.status === 200 ? await handshake.text() : ''], role === 'hooks' ? [200, 'hello'] : [404, '']);
      if (role === 'web') assert.equal((await ask(server, '/api/v1/me')).status, 200);
      await server.stop();
    });
  }
});
