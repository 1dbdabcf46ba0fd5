import { sql, type QueryExecutorProvider } from 'kysely';
import type { Migration } from './migration.ts';

/** Readings of one event may arrive out of order: the older one is known by the calendar's own stamp. */
export const eventModified: Migration = { name: '0023-event-modified', up };

async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table conference add column event_modified_at timestamptz`.execute(db);
}
