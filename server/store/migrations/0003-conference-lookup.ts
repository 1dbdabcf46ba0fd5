import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** The join page is open to anybody and knows only the id: without this every visit reads the whole table. */
export const conferenceLookup: Migration = { name: '0003-conference-lookup', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index conference_by_id on conference (id)`.execute(db);
}
