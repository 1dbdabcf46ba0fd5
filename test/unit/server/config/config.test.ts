import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConfig, loadConfig, readConfig, secretFrom } from '../../../../server/config/load.ts';
import { listOptions, optionsTable } from '../../../../server/config/options.ts';
import { UserError } from '../../../../server/domain/errors.ts';

const tenant = { id: '11111111-2222-4333-8444-555555555555', audience: 'client' };
const least = { publicUrl: 'https://tieline.example.com', signIn: { tenants: [tenant] } };
const pbx = { type: 'asterisk', instance: 'pbx', ami: { host: 'pbx.example.com', username: 'tieline', secretEnv: 'AMI_SECRET' } };
const env = { AMI_SECRET: 'hush' };

/** What the administrator is told about a configuration. */
function refused(input: unknown, environment: Record<string, string> = env): { code: string; field: string | undefined; message: string } {
  try {
    checkConfig(input, environment);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return { code: error.problem.code, field: error.problem.field, message: error.problem.message };
  }
  throw new assert.AssertionError({ message: 'was accepted' });
}

describe('the configuration', () => {
  it('needs no more than an address and a tenant', () => {
    const config = checkConfig(least, {});
    assert.equal(config.listen.port, 3000);
    assert.equal(config.conference.codeDigits, 9);
    assert.deepEqual(config.roles, ['web', 'hooks', 'work']);
  });

  it('takes a connector, and its secret from the environment only', () => {
    const config = checkConfig({ ...least, connectors: [pbx] }, env);
    assert.equal(config.connectors[0]?.instance, 'pbx');
    assert.equal(secretFrom(env)('AMI_SECRET'), 'hush');
    assert.equal(JSON.stringify(config).includes('hush'), false);
  });

  it('refuses an unknown key and suggests the nearest known one', () => {
    const { code, field, message } = refused({ ...least, listen: { prot: 80 } });
    assert.equal(code, 'config.unknown-key');
    assert.equal(field, 'listen.prot');
    assert.match(message, /Did you mean "port"\?/);
  });

  it('refuses an unknown key of a connector, and names the ones it has when none is near', () => {
    const { field, message } = refused({ ...least, connectors: [{ ...pbx, ami: { ...pbx.ami, flux: 1 } }] });
    assert.equal(field, 'connectors[0].ami.flux');
    assert.match(message, /Known here: host, port, username, secretEnv, tls/);
  });

  it('refuses a wrong type, a wrong value and a missing key with path, reason and remedy', () => {
    assert.deepEqual(refused({ ...least, listen: { port: 'eighty' } }).field, 'listen.port');
    assert.match(refused({ ...least, log: { level: 'loud' } }).message, /log\.level: .*Use one of: debug, info, warn, error/s);
    assert.match(refused({ signIn: least.signIn }).message, /publicUrl is missing\. Set it: Address under which/);
    assert.equal(refused({ ...least, signIn: {} }).field, 'signIn.tenants');
    assert.equal(refused({ ...least, signIn: { tenants: [] } }).field, 'signIn.tenants');
    assert.equal(refused({ ...least, signIn: { tenants: [{ ...tenant, id: 'contoso' }] } }).field, 'signIn.tenants[0].id');
    assert.equal(refused({ ...least, conference: { codeDigits: 5 } }).field, 'conference.codeDigits');
    assert.equal(refused([]).field, 'the configuration');
  });

  it('refuses a connector of a type that does not exist, and says which do', () => {
    const { field, message } = refused({ ...least, connectors: [{ type: 'asterix', instance: 'x' }] });
    assert.match(String(field), /^connectors\[0\]/);
    assert.match(message, /asterisk/);
  });

  it('refuses two connectors of one name, because rows carry it', () => {
    assert.match(refused({ ...least, connectors: [pbx, pbx] }).message, /same `instance`/);
  });

  it('refuses addresses that Outlook would not load: http to another machine, or with a path', () => {
    assert.equal(refused({ ...least, publicUrl: 'http://tieline.example.com' }).field, 'publicUrl');
    assert.equal(refused({ ...least, publicUrl: 'https://tieline.example.com/app' }).field, 'publicUrl');
    assert.equal(checkConfig({ ...least, publicUrl: 'http://127.0.0.1:3000' }, {}).publicUrl, 'http://127.0.0.1:3000');
  });

  it('refuses a secret that is not set, naming key and variable but no value', () => {
    const { code, field, message } = refused({ ...least, connectors: [pbx] }, {});
    assert.equal(code, 'config.no-secret');
    assert.equal(field, 'connectors[0].ami.secretEnv');
    assert.match(message, /AMI_SECRET/);
  });

  it('asks for the database\'s address only where no embedded one may be started', () => {
    assert.ok(checkConfig(least, {}));
    assert.equal(refused({ ...least, database: { embedded: false } }, {}).field, 'database.urlEnv');
  });

  it('tells all mistakes at once', () => {
    const { message } = refused({ ...least, roles: ['cook'], data: 7, nonsense: true });
    assert.match(message, /roles\[0\]/);
    assert.match(message, /data: /);
    assert.match(message, /nonsense is not a key/);
  });

  it('refuses text that is no YAML with its line, a key given twice, and an alias bomb', () => {
    assert.throws(() => readConfig('publicUrl: [', {}), /line 1, column/);
    assert.throws(() => readConfig('data: a\ndata: b\n', {}), /line 2, column 1/);
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 8 }, (_, n) => `${'bcdefghi'[n]}: &${'bcdefghi'[n]} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(',')}]`)];
    assert.throws(() => readConfig(bomb.join('\n'), {}), /alias/i);
  });

  describe('in a file', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tieline-config-'));
    });
    after(() => rm(folder, { recursive: true }));

    it('that is not there: says what to do', async () => {
      await assert.rejects(loadConfig({}, folder), (error) => error instanceof UserError && /tieline\.example\.yaml/.test(error.problem.remedy ?? ''));
    });

    it('named by TIELINE_CONFIG is read, and relative paths in it begin at its folder', async () => {
      await mkdir(join(folder, 'etc'));
      await writeFile(join(folder, 'etc', 'my.yaml'), JSON.stringify({ ...least, caFile: 'ca.pem', listen: { tls: { certFile: '/abs/cert.pem', keyFile: 'key.pem' } } }));
      const config = await loadConfig({ TIELINE_CONFIG: 'etc/my.yaml' }, folder);
      assert.equal(config.publicUrl, least.publicUrl);
      assert.deepEqual([config.caFile, config.listen.tls, config.data], [
        join(folder, 'etc/ca.pem'), { certFile: '/abs/cert.pem', keyFile: join(folder, 'etc/key.pem') }, join(folder, 'etc/tieline-data'),
      ]);
    });

    it('like tieline.example.yaml is accepted', async () => {
      const text = await readFile(new URL('../../../../tieline.example.yaml', import.meta.url), 'utf8');
      const names = [...text.matchAll(/Env: (\w+)/g)].map((found) => [found[1] ?? '', 'x'] as const);
      assert.ok(readConfig(text, Object.fromEntries(names)).connectors.length > 0);
    });
  });
});

describe('docs/configuration.md', () => {
  it('describes every key, with its default, as the schema does', async () => {
    const text = await readFile(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
    assert.deepEqual(listOptions().filter((option) => option.description === '').map((option) => option.path), [], 'keys without a description');
    assert.ok(text.includes(optionsTable()), `the table of docs/configuration.md should be:\n${optionsTable()}`);
  });
});
