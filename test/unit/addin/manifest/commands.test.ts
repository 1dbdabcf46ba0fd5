import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askHost } from '../../../../addin/manifest/ask-host.ts';
import { checkFile, fillFile, showInfo, type Terminal } from '../../../../addin/manifest/commands.ts';
import { ownManifest, readFacts } from '../../../../addin/manifest/facts.ts';
import { fillManifest } from '../../../../addin/manifest/fill.ts';
import { readInfo } from '../../../../addin/manifest/info.ts';
import { Refusal } from '../../../../addin/manifest/refusal.ts';
import { own, swap } from './cases/breach.ts';

const project = fileURLToPath(new URL('../../../../', import.meta.url));
const app = '11111111-2222-4333-8444-555555555555';

/** What a command said: results, then the rest. */
function listen(): { out: string[]; err: string[]; terminal: Terminal } {
  const heard = { out: [] as string[], err: [] as string[] };
  return { ...heard, terminal: { print: (text) => void heard.out.push(text), tell: (text) => void heard.err.push(text) } };
}

/** The command as npm starts it, but for npm. */
function typed(...words: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(project, 'addin/manifest/cli.ts'), ...words], { cwd: project });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('npm run manifest: what an administrator types', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-manifest-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('--check is content with the manifest of this project', async () => {
    const { out, terminal } = listen();
    assert.equal(await checkFile(ownManifest, { served: false }, terminal), 0);
    assert.match(out.join(), /nothing to mend/);
  });

  it('--check names line, rule and remedy of what is wrong, and fails', async () => {
    const file = join(folder, 'broken.xml');
    await writeFile(file, swap(own, 'SendMode="PromptUser"', 'SendMode="Block"'));
    const { code, said } = await typed('--check', file);
    assert.match(said, /broken\.xml, line \d+: LaunchEvent OnAppointmentSend: with Block nobody can send .*\[send-mode-asks\]\n {4}Write SendMode="PromptUser"\./);
    assert.equal(code, 1);
  }).timeout(30_000);

  it('fills in a file that passes the check, and writes the server\'s address into the script of classic Outlook', async () => {
    const [out, built, files] = [join(folder, 'filled.xml'), join(folder, 'built'), join(folder, 'files')];
    await mkdir(built);
    for (const path of (await readFacts()).files) await writeFile(join(built, basename(path)), 'var a="@tieline-api@";');
    const hosts = { host: 'https://static.example.com', server: 'https://api.example.com' };
    const { err, terminal } = listen();
    assert.equal(await fillFile(ownManifest, { ...hosts, app, version: '1.2.0.0', files, out }, terminal, built), 0, err.join());
    assert.equal(await readFile(out, 'utf8'), fillManifest(own, { ...hosts, app, version: '1.2.0.0' }));
    assert.equal(await readFile(join(files, 'launchevent.js'), 'utf8'), 'var a="https://api.example.com";');
  });

  it('prints the manifest when it is to go nowhere', async () => {
    const { out, terminal } = listen();
    await fillFile(ownManifest, { host: 'https://tieline.example.com', app: 'none' }, terminal);
    assert.deepEqual(out, [fillManifest(own, { host: 'https://tieline.example.com', app: null })]);
  });

  it('writes nothing that Outlook would refuse', async () => {
    const out = join(folder, 'refused.xml');
    const files = join(folder, 'refused');
    const { err, terminal } = listen();
    assert.equal(await fillFile(ownManifest, { host: 'https://tieline.example.com', app: 'none', name: 'Telefonanlage der Contoso', files, out }, terminal), 1);
    assert.match(err.join('\n'), /\[label-length\]/);
    await assert.rejects(readFile(out));
    await assert.rejects(readdir(files));
  });

  it('says what is missing when it is called wrongly, without a stack', async () => {
    const [noApp, unknown] = await Promise.all([typed('--host', 'https://tieline.example.com'), typed('--hots', 'x')]);
    assert.match(noApp.said, /^--app: .*\n.*client ID/);
    assert.match(unknown.said, /--hots[^]*npm run manifest -- --check/);
    assert.deepEqual([noApp.code, unknown.code], [2, 2]);
    assert.doesNotMatch(`${noApp.said}${unknown.said}`, /\n\s+at /);
  }).timeout(30_000);

  it('names a file that is not there', async () => {
    const missing = join(folder, 'nothing.xml');
    const { terminal } = listen();
    for (const asked of [checkFile(missing, { served: false }, terminal), showInfo(missing, terminal), fillFile(missing, { host: 'https://a.example', app }, terminal)]) {
      await assert.rejects(asked, (error) => error instanceof Refusal && error.message.includes(missing));
    }
  });

  it('--info shows what Microsoft\'s own reader sees', async () => {
    const { out, terminal } = listen();
    assert.equal(await showInfo(ownManifest, terminal), 0);
    assert.deepEqual(out.slice(0, 3).map((line) => line.split(/\s{2,}|(?<=name) /)), [['id', '0b8e2c4a-6d1f-4e3b-9a57-c2d4e6f80a1b'], ['version', '1.0.0.0'], ['display name', 'Tieline']]);
  });
});

describe('manifest info: Microsoft\'s reader and ours agree', () => {
  it('about the manifest of this project, and that of an installation with names that need escaping', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tieline-info-'));
    const file = join(folder, 'filled.xml');
    await writeFile(file, fillManifest(own, { host: 'https://tieline.example.com', server: 'https://api.example.com', app, version: '2.0', name: 'A & "B"', provider: 'C < D' }));
    for (const path of [ownManifest, file]) {
      const lines = await readInfo(path);
      assert.deepEqual(lines.map(({ name, ours }) => [name, ours]), lines.map(({ name, theirs }) => [name, theirs]));
    }
    const lines = await readInfo(file);
    assert.equal(lines.find((each) => each.name === 'display name')?.theirs, 'A & "B"');
    assert.equal(lines.find((each) => each.name === 'version')?.theirs, '2.0');
    await rm(folder, { recursive: true });
  });
});

describe('manifest --served: asks the host as Outlook does', () => {
  let server: Server;
  let base: string;
  let most = 0;

  before(async () => {
    let open = 0;
    server = createServer((request, response) => {
      most = Math.max(most, ++open);
      // Answered in a later turn of the loop, so that questions can meet.
      setImmediate(() => {
        open--;
        if (request.url === '/moved') response.writeHead(301, { location: '/file' }).end();
        else if (request.url === '/missing') response.writeHead(404).end();
        else if (request.url === '/cut') response.destroy();
        else response.writeHead(200, { 'cache-control': 'no-cache' }).end('x'.repeat(1000));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    base = `http://127.0.0.1:${address.port}`;
  });

  after(() => new Promise((resolve) => server.close(resolve)));

  it('sees status and cache, follows nowhere, and outlives a host that hangs up', async () => {
    const answers = await askHost(['/file', '/moved', '/missing', '/cut'].map((path) => `${base}${path}`));
    assert.deepEqual(Object.fromEntries([...answers].map(([address, answer]) => [address.slice(base.length), answer])), {
      '/file': { status: 200, cacheControl: 'no-cache' }, '/moved': { status: 301, cacheControl: '' }, '/missing': { status: 404, cacheControl: '' }, '/cut': { status: 0, cacheControl: '' },
    });
  });

  it('asks for no more than six at once', async () => {
    const answers = await askHost(Array.from({ length: 40 }, (_, index) => `${base}/file?${index}`));
    assert.equal(answers.size, 40);
    assert.ok(most <= 6, `${most} at once`);
  });
});
