import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Lines of several contexts may have one extension, and a phone system keeps one state for it: whose it is must be found quickly. */
export const lineByExtension: Migration = { name: '0057-line-by-extension', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index line_by_extension on line (tenant_id, pbx_id, extension) where owner_id is not null`.execute(db);
}
