import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What the engine set out to do to a pair, written before it is done. */
export const voicemailBegun: Migration = { name: '0033-voicemail-begun', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table voicemail_pair add column begun jsonb`.execute(db);
}
