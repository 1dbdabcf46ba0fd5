import assert from 'node:assert/strict';
import { findEvasions, findMarks, findResolved } from './rules/leftovers.ts';
import { assertNone, readTree } from './rules/source-tree.ts';

/** The registry in use, where npm tells it: its host belongs into nobody's commit. The public one is known to everybody and caught by its name. */
function registryHosts(): string[] {
  const address = process.env.npm_config_registry;
  return address && URL.canParse(address) ? [new URL(address).host] : [];
}

/** A forbidden word, put together here so that this file may be searched as well. */
function word(...parts: string[]): string {
  return parts.join('');
}

function evasions(text: string): number {
  return findEvasions([{ path: 'test/unit/a.test.ts', text }]).length;
}

function marks(text: string, path = 'server/a.ts'): number {
  return findMarks([{ path, text }], ['packages.example.test']).length;
}

describe('house: nothing unfinished, nothing silenced, nothing of one machine', () => {
  const tree = readTree();

  it('no notes, no silenced checks, no local paths, no registry addresses', () => assertNone(findMarks(tree, registryHosts())));
  it('no test that does not run, no type that says nothing', () => assertNone(findEvasions(tree)));
  it('the lockfile names no addresses', () => {
    const lockfile = tree.find((file) => file.path === 'package-lock.json');
    assert.ok(lockfile);
    assert.deepEqual(findResolved(lockfile.text), []);
  });

  it('finds each of them', () => {
    for (const text of [
      word('// TO', 'DO: later'),
      word('// @ts-', 'ignore'),
      word('/* oxlint-', 'disable no-console */'),
      word('<<<<', '<<< HEAD'),
      word('||||', '||| parent of 1a2b3c4'),
      word('>>>>', '>>> branch'),
      word('>>>>', '>>>'),
      word('see /wo', 'rk/main'),
      word('"/ro', 'ot/.npmrc"'),
      word('cd /ho', 'me/anna/src'),
      word('/Us', 'ers/anna/x'),
      word('http', '://registry.example.org/a'),
      'from packages.example.test today',
    ]) {
      assert.equal(marks(text), 1, text);
    }
  });

  it('leaves alone what only looks like them', () => {
    for (const text of ['server/work/x.ts', 'GET /workers', 'the root of the tree', 'a checkout in /root', 'server/connectors/registry.ts', 'https://www.npmjs.com/package/x', 'mastodon', '=======', '|||||||x', 'a >>>>>>> b', '| a | b |']) {
      assert.equal(marks(text), 0, text);
    }
  });

  it('finds tests that do not run and empty types', () => {
    for (const text of [word('it.', "skip('x')"), word('describe.', "only('x')"), word('this.', 'skip()'), word('x', "it('x')"), word('(x as ', 'any).y')]) {
      assert.equal(evasions(text), 1, text);
    }
    for (const text of ['clause.skip(3)', "const a = 'it.skip';", '// as any of you know', 'reader.skip()', 'const fit = 3;']) {
      assert.equal(evasions(text), 0, text);
    }
  });

  it('finds an address in a lockfile', () => {
    assert.deepEqual(findResolved(JSON.stringify({ packages: { 'node_modules/a': { resolved: 'x' }, 'node_modules/b': {} } })), ['node_modules/a']);
  });
});
