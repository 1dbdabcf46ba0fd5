/** Using a test's database again: making one anew takes the server a tenth of a second of work, and half a second where two suites do so at once; emptying one takes some milliseconds. */
import type { Client } from 'pg';

/** How long a connection may take to be gone after its client has left, and how often that is looked at; milliseconds. */
const leavingMs = 500;
const lookMs = 10;

/** True when nobody is connected to this database any more, or soon: somebody who stays would write into what the next test finds. `server` is connected to another database. */
export async function isLeft(server: Client, name: string): Promise<boolean> {
  for (let waited = 0; waited <= leavingMs; waited += lookMs) {
    const { rowCount } = await server.query('select 1 from pg_stat_activity where datname = $1', [name]);
    if (!rowCount) return true;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return false;
}

/** What a test may not have changed if its database is to serve again: relations, columns, and the list of migrations. */
export async function describeSchema(database: Client): Promise<string> {
  const { rows } = await database.query<{ digest: string }>(`
    select md5(string_agg(part, ',' order by part)) as digest from (
      select relname || '.' || attname || ' ' || atttypid || ' ' || attnotnull as part
        from pg_class join pg_attribute on attrelid = pg_class.oid where relnamespace = 'public'::regnamespace and not attisdropped
      union all select conrelid::regclass || ' ' || conname from pg_constraint where connamespace = 'public'::regnamespace
      union all select name from schema_migration) parts`);
  return rows[0]?.digest ?? '';
}

/** Empties every table that was ever written to, but for the list of migrations; rows that were deleted take no room either. Counters begin anew. */
export async function emptyDatabase(database: Client): Promise<void> {
  const { rows } = await database.query<{ name: string }>(`
    select oid::regclass::text as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migration' and pg_relation_size(oid) > 0`);
  if (rows.length > 0) await database.query(`truncate ${rows.map(({ name }) => name).join(', ')} restart identity cascade`);
}
