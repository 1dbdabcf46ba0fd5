import assert from 'node:assert/strict';
import { aims, findBadNames, findLongFiles, longestFile, measureLengths } from './rules/shape.ts';
import { assertNone, readTree } from './rules/source-tree.ts';

describe('house: small files, plain names', () => {
  const tree = readTree();

  it(`no file is longer than ${longestFile} lines`, () => {
    const { files, median, p90, longest } = measureLengths(tree);
    console.log(`      ${files} files: median ${median} lines (aim ${aims.median}), p90 ${p90} (aim ${aims.p90}), longest ${longest} (stop ${longestFile})`);
    assertNone(findLongFiles(tree));
  });
  it('files and folders are named in kebab-case', () => assertNone(findBadNames(tree)));

  it('finds a file that is one line too long, and none that is just long enough', () => {
    assert.equal(findLongFiles([{ path: 'server/a.ts', text: 'x;\n'.repeat(longestFile) }]).length, 0);
    assert.equal(findLongFiles([{ path: 'server/a.ts', text: 'x;\n'.repeat(longestFile + 1) }]).length, 1);
    assert.equal(findLongFiles([{ path: 'docs/a.md', text: 'x\n'.repeat(1000) }]).length, 0);
  });

  it('measures median and p90 as anybody would', () => {
    const files = Array.from({ length: 10 }, (_, index) => ({ path: `a${index}.ts`, text: 'x\n'.repeat(index + 1) }));
    assert.deepEqual(measureLengths(files), { files: 10, median: 6, p90: 10, longest: 10 });
    assert.deepEqual(measureLengths([]), { files: 0, median: 0, p90: 0, longest: 0 });
  });

  it('finds names in other cases', () => {
    const bad = ['server/fooBar.ts', 'addin/taskpane/Panel.tsx', 'server/a_b.ts', 'Server/a.ts', 'server/a--b.ts'];
    assert.deepEqual(findBadNames(bad.map((path) => ({ path, text: '' }))).map((one) => one.path), bad);
    const good = ['README.md', 'server/a-b.test.ts', 'pbx/asterisk/extensions_tieline.conf', '.ci/run', 'server/store/migrations/0001-a.ts'];
    assert.deepEqual(findBadNames(good.map((path) => ({ path, text: '' }))), []);
  });
});
