import assert from 'node:assert/strict';
import { findMissingWords } from './rules/languages.ts';
import { assertNone, readTree } from './rules/source-tree.ts';

function missing(...files: [path: string, text: string][]): string[] {
  return findMissingWords(files.map(([path, text]) => ({ path, text }))).map((one) => `${one.path}: ${one.message}`);
}

describe('house: every language says everything', () => {
  it('in every file of words', () => assertNone(findMissingWords(readTree())));

  it('finds a key that one language lacks, in one file and in several', () => {
    const text = `const en = { title: 'Conference', inside: { a: (n: number) => \`\${n} in\`, b: 'x' } };
      const de: Words = { title: 'Konferenz', inside: { a: (n) => \`\${n} da\` } };`;
    assert.deepEqual(missing(['words/page.ts', text]), ['words/page.ts: "de" has no inside.b']);
    assert.deepEqual(missing(['words/en.ts', "export const en = { a: 'x', b: { c: 'y' } };"], ['words/de.ts', "export const de: Words = { b: { c: 'y', d: 'z' } };"]), [
      'words/en.ts: "en" has no b.d',
      'words/de.ts: "de" has no a',
    ]);
  });

  it('finds a file that lacks a language', () => {
    const both = "const en = { a: '' };\nconst de = { a: '' };";
    assert.deepEqual(missing(['words/a.ts', both], ['words/b.ts', "const en = { a: '' };"]), ['words/b.ts: says nothing in "de"']);
  });

  it('reads keys only where keys are', () => {
    const text = `const en = { live: (count: number) => (count === 1 ? 'one' : 'many'), steps: ['a: b', 'c'], 'quoted-key': 'x', other() { return 'y'; } };
      const de = { live: (anzahl) => (anzahl === 1 ? 'eine' : 'viele'), steps: ['d'], 'quoted-key': 'x', other: () => 'y' };`;
    assert.deepEqual(missing(['words/a.ts', text]), []);
  });
});
