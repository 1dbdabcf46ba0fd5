import assert from 'node:assert/strict';
import { findOddConnectors } from './rules/connectors.ts';
import { assertNone, readTree } from './rules/source-tree.ts';

function missing(...paths: string[]): string[] {
  const registry = { path: 'server/connectors/registry.ts', text: "import { jitsi } from './jitsi/index.ts';" };
  return findOddConnectors([registry, ...paths.map((path) => ({ path, text: '' }))]).map((one) => one.message);
}

describe('house: a folder per outside system, the same names in each', () => {
  it('every connector has its parts and is registered', () => assertNone(findOddConnectors(readTree())));

  it('finds what a connector lacks', () => {
    const whole = ['index.ts', 'config.ts', 'README.md', 'client/http.ts'].map((part) => `server/connectors/jitsi/${part}`);
    assert.deepEqual(missing(...whole), []);
    assert.deepEqual(missing('server/connectors/jitsi/index.ts'), ['has no config.ts', 'has no README.md', 'has no client/']);
    assert.deepEqual(missing(...whole.map((path) => path.replace('jitsi', 'galene'))), ['is not in registry.ts']);
    assert.deepEqual(missing('server/connectors/memory/index.ts', 'server/connectors/memory/README.md'), []);
  });
});
