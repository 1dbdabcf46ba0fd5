import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkManifest } from '../../../../addin/manifest/check.ts';
import { readFacts } from '../../../../addin/manifest/facts.ts';
import { fillManifest, type Filling } from '../../../../addin/manifest/fill.ts';
import { fillFiles } from '../../../../addin/manifest/fill-files.ts';
import type { Facts } from '../../../../addin/manifest/finding.ts';
import { readManifest, type Manifest } from '../../../../addin/manifest/manifest.ts';
import { Refusal } from '../../../../addin/manifest/refusal.ts';
import { attribute, child } from '../../../../addin/manifest/xml.ts';
import { own } from './cases/breach.ts';

const app = '11111111-2222-4333-8444-555555555555';
const id = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const whole: Filling = { host: 'https://tieline.example.com', app, id, version: '1.2.0.0', name: 'Contoso & Söhne', provider: 'Contoso <AG>' };

function read(xml: string): Manifest {
  const manifest = readManifest(xml);
  assert.ok(!('problem' in manifest));
  return manifest;
}

function textOf(xml: string, name: string): string | undefined {
  return child(read(xml).root, name)?.text;
}

function refuses(filling: Partial<Filling>, option: string): void {
  assert.throws(() => fillManifest(own, { ...whole, ...filling }), (error) => error instanceof Refusal && error.option === option && error.remedy !== '');
}

describe('manifest fill: the manifest of an installation', () => {
  let facts: Facts;

  before(async () => {
    facts = await readFacts();
  });

  it('has nothing to mend, and every value where it belongs', () => {
    const filled = fillManifest(own, whole);
    assert.deepEqual(checkManifest(filled, facts), []);
    const { root, overrides, resources, origin } = read(filled);
    assert.equal(child(root, 'Id')?.text, id);
    assert.equal(child(root, 'Version')?.text, '1.2.0.0');
    assert.equal(child(root, 'ProviderName')?.text, 'Contoso <AG>');
    assert.equal(attribute(child(root, 'DisplayName') ?? root, 'DefaultValue'), 'Contoso & Söhne');
    assert.equal(child(child(overrides, 'WebApplicationInfo'), 'Id')?.text, app);
    assert.equal(child(child(overrides, 'WebApplicationInfo'), 'Resource')?.text, `api://tieline.example.com/${app}`);
    assert.equal(origin, 'https://tieline.example.com');
    assert.deepEqual(resources.find((each) => each.id === 'Pane.Label')?.values, ['Contoso & Söhne', 'Contoso & Söhne']);
    assert.deepEqual(resources.find((each) => each.id === 'Pane.Tip')?.values.map((text) => text.includes('Contoso & Söhne')), [true, true]);
  });

  it('leaves addresses of other hosts alone', () => {
    const foreign = own.replace('<SupportUrl DefaultValue="https://localhost:3000/help"/>', '<SupportUrl DefaultValue="https://help.example.org/tieline"/>');
    assert.match(fillManifest(foreign, whole), /<SupportUrl DefaultValue="https:\/\/help\.example\.org\/tieline"\/>/);
    const neighbour = own.replace('<SupportUrl DefaultValue="https://localhost:3000/help"/>', '<SupportUrl DefaultValue="https://localhost:30001/help"/>');
    assert.match(fillManifest(neighbour, whole), /<SupportUrl DefaultValue="https:\/\/localhost:30001\/help"\/>/);
  });

  it('names the local host nowhere', () => assert.doesNotMatch(fillManifest(own, whole), /localhost/));

  it('keeps layout, comments and what is not asked for', () => {
    const filled = fillManifest(own, { host: 'https://localhost:3000' });
    assert.equal(filled, own);
  });

  it('comes back to where it began', () => {
    const there = fillManifest(own, { ...whole, host: 'https://t.example:8443' });
    assert.deepEqual(checkManifest(there, facts), []);
    const back = fillManifest(there, { host: 'https://localhost:3000', app: '3c5d7e9f-1a2b-4c3d-9e4f-5a6b7c8d9e0f', id: textOf(own, 'Id') ?? '', version: '1.0.0.0', name: 'Tieline', provider: 'Tieline' });
    assert.equal(back, own);
  });

  it('twice is as once', () => assert.equal(fillManifest(fillManifest(own, whole), whole), fillManifest(own, whole)));

  it('trusts the server when the files are elsewhere, and asks it for help', () => {
    const filled = fillManifest(own, { ...whole, server: 'https://api.example.com' });
    const { root } = read(filled);
    assert.deepEqual(child(root, 'AppDomains')?.children.map((each) => each.text), ['https://api.example.com']);
    assert.match(attribute(child(root, 'SupportUrl') ?? root, 'DefaultValue'), /^https:\/\/api\.example\.com\//);
    assert.deepEqual(checkManifest(filled, facts), []);
  });

  it('gets its list of trusted hosts back when it had none', () => {
    const alone = fillManifest(own, whole);
    assert.equal(child(read(alone).root, 'AppDomains'), null);
    const filled = fillManifest(alone, { ...whole, server: 'https://api.example.com' });
    assert.deepEqual(checkManifest(filled, facts), []);
    assert.equal(child(read(filled).root, 'AppDomains')?.children.length, 1);
  });

  it('without a registration for sign-in, says nothing of one', () => {
    const filled = fillManifest(own, { ...whole, app: null });
    assert.equal(child(read(filled).overrides, 'WebApplicationInfo'), null);
    assert.deepEqual(checkManifest(filled, facts), []);
    assert.throws(() => fillManifest(filled, whole), (error) => error instanceof Refusal && error.option === 'app');
  });

  it('carries its port into the registration\'s address', () => {
    const filled = fillManifest(own, { ...whole, host: 'https://tieline.example.com:8443' });
    assert.match(filled, new RegExp(`<Resource>api://tieline\\.example\\.com:8443/${app}</Resource>`));
    assert.deepEqual(checkManifest(filled, facts), []);
  });

  it('forgives a slash at the end, capitals and the port that https has anyway', () => {
    for (const host of ['https://tieline.example.com/', 'https://Tieline.Example.com', 'https://tieline.example.com:443', 'https://tieline.example.com:443/']) {
      assert.equal(fillManifest(own, { ...whole, host }), fillManifest(own, whole), host);
    }
  });

  it('refuses what is no origin', () => {
    for (const host of ['http://tieline.example.com', 'tieline.example.com', 'https://tieline.example.com/outlook', 'https://user@tieline.example.com', 'https://tieline.example.com?x', '']) refuses({ host }, 'host');
    refuses({ server: 'https://tieline.example.com/api' }, 'server');
  });

  it('refuses ids, versions and names that Outlook would', () => {
    refuses({ id: 'tieline' }, 'id');
    refuses({ app: `{${app}}` }, 'app');
    refuses({ version: '1.2-beta' }, 'version');
    refuses({ name: ' ' }, 'name');
    refuses({ provider: 'a\u0000b' }, 'provider');
    assert.throws(() => fillManifest('<a>', whole), Refusal);
    assert.throws(() => fillManifest('<a/>', whole), Refusal);
  });

  it('a name cannot break out of its place', () => {
    const name = '"/><Evil a="';
    const filled = fillManifest(own, { ...whole, name });
    assert.equal(attribute(child(read(filled).root, 'DisplayName') ?? read(filled).root, 'DefaultValue'), name);
    assert.deepEqual(checkManifest(filled, facts), []);
  });
});

describe('manifest fill: built files that another host serves', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-files-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function lay(files: Record<string, string>): Promise<void> {
    await mkdir(join(folder, 'built'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'built', name), text);
  }

  it('get the address of the server, pages and the script of classic Outlook; all others are copied, and the build stays', async () => {
    await lay({ 'launchevent.js': 'a("@tieline-api@")', 'taskpane.html': '<meta name=tieline-api content=@tieline-api@>', 'plain.html': '<p>', 'msal.js': '@tieline-api@' });
    const to = join(folder, 'out', 'addin');
    const files = ['launchevent.js', 'taskpane.html'];
    for (const server of ['https://old.example.com', 'https://api.example.com']) assert.deepEqual(await fillFiles({ from: join(folder, 'built'), to, server, files }), files);
    assert.equal(await readFile(join(to, 'launchevent.js'), 'utf8'), 'a("https://api.example.com")');
    assert.equal(await readFile(join(to, 'taskpane.html'), 'utf8'), '<meta name=tieline-api content=https://api.example.com>');
    assert.equal(await readFile(join(to, 'msal.js'), 'utf8'), '@tieline-api@');
    assert.equal(await readFile(join(to, 'plain.html'), 'utf8'), '<p>');
    assert.equal(await readFile(join(folder, 'built', 'launchevent.js'), 'utf8'), 'a("@tieline-api@")');
  });

  it('are refused when the build is missing, half done, or would call nobody', async () => {
    await lay({ 'launchevent.js': 'a("https://old.example.com")', 'taskpane.html': '@tieline-api@' });
    const laying = { from: join(folder, 'built'), to: join(folder, 'out'), server: 'https://new.example.com' };
    for (const files of [['taskpane.html', 'launchevent.js'], ['taskpane.html', 'commands.html']]) await assert.rejects(fillFiles({ ...laying, files }), Refusal);
    await assert.rejects(fillFiles({ ...laying, from: join(folder, 'nothing'), files: ['taskpane.html'] }), Refusal);
    assert.deepEqual(await fillFiles({ ...laying, files: ['taskpane.html'] }), ['taskpane.html']);
  });

  it('have their places in the sources of this project', async () => {
    const sources = ['addin/launchevent/api.ts', 'addin/pages/taskpane.html', 'addin/pages/commands.html', 'addin/pages/sign-in.html'];
    for (const source of sources) assert.match(await readFile(new URL(`../../../../${source}`, import.meta.url), 'utf8'), /@tieline-api@/, source);
  });
});
