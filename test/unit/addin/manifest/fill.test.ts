import assert from 'node:assert/strict';
import { checkManifest } from '../../../../addin/manifest/check.ts';
import { readFacts } from '../../../../addin/manifest/facts.ts';
import { fillManifest, type Filling } from '../../../../addin/manifest/fill.ts';
import { fillScript } from '../../../../addin/manifest/fill-script.ts';
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

describe('manifest fill: the script of classic Outlook', () => {
  it('gets the address of the server, wherever it stands', () => {
    assert.equal(fillScript('a("@tieline-api@");b("@tieline-api@")', 'https://api.example.com'), 'a("https://api.example.com");b("https://api.example.com")');
  });

  it('refuses a script that was filled in before: its old address would stay', () => {
    assert.throws(() => fillScript('a("https://old.example.com")', 'https://new.example.com'), Refusal);
  });
});
