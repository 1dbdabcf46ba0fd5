import type { SourceFile, Violation } from './source-tree.ts';

/** One `create table` of a migration. `key` is the primary key's columns in order; empty when none was found. */
export interface Table {
  name: string;
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
    tables.push({ name: found[1] ?? '', key: primaryKey(body), line: text.slice(0, found.index).split('\n').length });
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

function primaryKey(body: string): string[] {
  const whole = /primary\s+key\s*\(([^)]*)\)/i.exec(body);
  if (whole) return (whole[1] ?? '').split(',').map((column) => column.trim().replaceAll('"', ''));
  const own = /(?:^|,)\s*"?(\w+)"?[^,]*?\bprimary\s+key\b/i.exec(body);
  return own?.[1] ? [own[1]] : [];
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
