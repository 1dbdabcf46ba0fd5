import assert from 'node:assert/strict';
import { assertNone, readTree } from './rules/source-tree.ts';
import { findKeysWithoutTenant, findUndocumentedFields, readTables } from './rules/tables.ts';

function found(text: string): string[] {
  return findKeysWithoutTenant([{ path: 'server/store/migrations/0009-x.ts', text }]).map((one) => one.message);
}

describe('house: every primary key begins with the tenant', () => {
  it('in every migration', () => assertNone(findKeysWithoutTenant(readTree())));

  it('finds a key that does not, and a table without one', () => {
    assert.match(found('create table a (id text primary key, tenant_id text)').join(), /table a: .*"id"/);
    assert.match(found('create table a (tenant_id text, id text, primary key (id, tenant_id))').join(), /"id"/);
    assert.match(found('create table a (tenant_id text, id numeric(3, 2))').join(), /""/);
    assert.match(found("db.schema.createTable('a')").join(), /cannot be read/);
  });

  it('and every stored field stands in docs/data-we-keep.md', () => {
    const tree = readTree();
    const page = tree.find((file) => file.path === 'docs/data-we-keep.md')?.text ?? '';
    assertNone(findUndocumentedFields(tree.filter((file) => /^server\/store\/migrations\/\d/.test(file.path)), page));
  });

  it('finds a field that is not documented, or only for another table', () => {
    const text = 'create table a (tenant_id text, "id" text, amount numeric(3, 2), primary key (tenant_id, id), unique (id)); alter table a add column extra text';
    const page = '# Data\n\n### a\n\n| `tenant_id`, `id` |\n\n### b\n\n| `amount` |\n';
    const missing = findUndocumentedFields([{ path: 'server/store/migrations/0009-x.ts', text }], page).map((one) => one.message);
    assert.deepEqual(missing, ['a.amount is not in docs/data-we-keep.md', 'a.extra is not in docs/data-we-keep.md']);
  });

  it('reads keys in both ways of writing, over several tables', () => {
    const text = 'create table if not exists a (\n tenant_id text primary key)\n`, `create table "b" (tenant_id text, "id" text, amount numeric(3, 2), primary key (tenant_id, "id"))';
    assert.deepEqual(readTables(text).map(({ name, key }) => ({ name, key })), [
      { name: 'a', key: ['tenant_id'] },
      { name: 'b', key: ['tenant_id', 'id'] },
    ]);
    assert.deepEqual(found(text), []);
  });
});
