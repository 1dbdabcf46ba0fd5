import { sql, type QueryExecutorProvider } from 'kysely';
import type { Migration } from './migration.ts';

/** What only one of several processes may have at a time, such as the connection to a PBX. */
export const lease: Migration = { name: '0022-lease', up };

async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table lease (
      tenant_id text not null,
      name text not null,
      owner text not null,
      until timestamptz not null,
      primary key (tenant_id, name)
    )`.execute(db);
}
