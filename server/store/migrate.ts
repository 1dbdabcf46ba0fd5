import { sql, type Kysely } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

export interface MigrationTables {
  schema_migration: { name: string; applied_at: Date };
}

/**
 * Brings the schema forward, all of it or nothing. Any number of processes may call this at once: one works, the others wait and find it done.
 * Steps that this release does not know are left alone: the previous release runs on the next one's schema.
 */
export async function migrate(
  db: Kysely<MigrationTables>,
  { clock, log, steps = migrations }: { clock: Clock; log: Log; steps?: readonly Migration[] },
): Promise<string[]> {
  await createTable(db);
  return db.transaction().execute(async (tx) => {
    // A table lock and not an advisory lock: databases that speak PostgreSQL's protocol know the former.
    await sql`lock table schema_migration in access exclusive mode`.execute(tx);
    const rows = await tx.selectFrom('schema_migration').select('name').execute();
    const known = new Set(rows.map((row) => row.name));
    const missing = steps.filter((step) => !known.has(step.name));
    for (const step of missing) {
      await step.up(tx);
      await tx.insertInto('schema_migration').values({ name: step.name, applied_at: new Date(clock.now()) }).execute();
    }
    if (missing.length > 0) log.info({ migrations: missing.map((step) => step.name) }, 'schema brought forward');
    return missing.map((step) => step.name);
  });
}

/** `create table if not exists` is not safe against itself in PostgreSQL: two at once can end in a duplicate key. Then the other one has made it. */
async function createTable(db: Kysely<MigrationTables>): Promise<void> {
  const create = sql`create table if not exists schema_migration (name text primary key, applied_at timestamptz not null)`;
  try {
    await create.execute(db);
  } catch {
    await create.execute(db);
  }
}
