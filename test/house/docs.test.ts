import assert from 'node:assert/strict';
import { findBrokenLinks } from './rules/links.ts';
import { shownTable } from './rules/shown-table.ts';
import { assertNone, exists, readTree } from './rules/source-tree.ts';

function broken(text: string, other = '# One thing\n## One thing\n'): string[] {
  const files = [{ path: 'docs/a.md', text }, { path: 'docs/b.md', text: other }];
  return findBrokenLinks(files, (path) => files.some((file) => file.path === path)).map((one) => one.message);
}

describe('house: documents lead somewhere', () => {
  it('no link between our documents is broken', () => assertNone(findBrokenLinks(readTree(), exists)));

  it('CONTRIBUTING.md shows the import table that is enforced', () => {
    const text = readTree().find((file) => file.path === 'CONTRIBUTING.md')?.text ?? '';
    assert.ok(text.includes(shownTable()), `CONTRIBUTING.md should show:\n${shownTable()}`);
  });

  it('finds a missing file, a missing heading, and a way out of the project', () => {
    assert.match(broken('[x](c.md)').join(), /links to nothing: c\.md/);
    assert.match(broken('![x](pictures/x.png "title")').join(), /links to nothing/);
    assert.match(broken('[x](b.md#another-thing)').join(), /heading that is not there/);
    assert.match(broken('[x](#nowhere)').join(), /heading that is not there/);
    assert.match(broken('[x](../../other/a.md)').join(), /out of the project/);
    assert.match(broken('[x][1]\n\n[1]: c.md').join(), /links to nothing/);
  });

  it('leaves good links, the web, and code alone', () => {
    assert.deepEqual(broken('[x](b.md) [y](b.md#one-thing-1) [z](https://example.org/c.md) `[c](c.md)`\n```\n[c](c.md)\n```\n'), []);
  });
});
