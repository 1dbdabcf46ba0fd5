import type { SourceFile, Violation } from './source-tree.ts';

/** One `create table` of a migration. `key` is the primary key's columns in order; empty when none was found. */
export interface Table {
  name: string;
  columns: string[];
  key: string[];
  line: number;
}

/** Our own list of steps: it is older than any tenant. */
const withoutTenant = new Set(['schema_migration']);

/** The tables that a migration's text creates, in SQL. */
export function readTables(text: string): Table[] {
  const tables: Table[] = [];
  for (const found of text.matchAll(/create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?([\w.]+)"?\s*\(/gi)) {
    const start = (found.index ?? 0) + found[0].length;
    const body = text.slice(start, closingBracket(text, start));
    tables.push({ name: found[1] ?? '', columns: columnsOf(body), key: primaryKey(body), line: text.slice(0, found.index).split('\n').length });
  }
  return tables;
}

function closingBracket(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') open++;
    if (text[at] === ')' && --open === 0) return at;
  }
  return text.length;
}

/** What stands at the beginning of each entry, unless it is a constraint. */
function columnsOf(body: string): string[] {
  const entries = body.replaceAll(/\([^()]*\)/g, '').split(',').map((entry) => entry.trim().split(/\s+/)[0]?.replaceAll('"', '') ?? '');
  return entries.filter((name) => !/^(?:primary|foreign|unique|constraint|check|exclude)?$/i.test(name));
}

function primaryKey(body: string): string[] {
  const whole = /primary\s+key\s*\(([^)]*)\)/i.exec(body);
  if (whole) return (whole[1] ?? '').split(',').map((column) => column.trim().replaceAll('"', ''));
  const own = /(?:^|,)\s*"?(\w+)"?[^,]*?\bprimary\s+key\b/i.exec(body);
  return own?.[1] ? [own[1]] : [];
}

/** Stored fields that docs/data-we-keep.md does not name in the section of their table. Columns that a later migration adds count as well. */
export function findUndocumentedFields(migrations: readonly SourceFile[], page: string): Violation[] {
  return migrations.flatMap(({ path, text }) => {
    const added = [...text.matchAll(/alter\s+table\s+(\w+)\s+add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi)];
    const fields = [
      ...readTables(text).flatMap((table) => table.columns.map((column) => ({ table: table.name, column, line: table.line }))),
      ...added.map((found) => ({ table: found[1] ?? '', column: found[2] ?? '', line: text.slice(0, found.index).split('\n').length })),
    ];
    return fields
      .filter(({ table, column }) => !sectionOf(page, table).includes(`\`${column}\``))
      .map(({ table, column, line }) => ({ path, line, message: `${table}.${column} is not in docs/data-we-keep.md` }));
  });
}

function sectionOf(page: string, table: string): string {
  const start = page.indexOf(`\n### ${table}\n`);
  if (start < 0) return '';
  const end = page.slice(start + 1).search(/\n##/);
  return end < 0 ? page.slice(start) : page.slice(start, start + 1 + end);
}

/** Every primary key begins with our tenant, so that partitioning stays open. The schema builder's way is refused: nobody could read it here. */
export function findKeysWithoutTenant(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => /^server\/store\/migrations\/\d/.test(file.path))
    .flatMap((file) => {
      const found = readTables(file.text)
        .filter((table) => table.key[0] !== 'tenant_id' && !withoutTenant.has(table.name))
        .map((table) => ({ path: file.path, line: table.line, message: `table ${table.name}: the primary key begins with "${table.key[0] ?? ''}", not tenant_id` }));
      if (/\.createTable\s*\(/.test(file.text)) found.push({ path: file.path, line: 0, message: 'creates a table without SQL: its key cannot be read' });
      return found;
    });
}
