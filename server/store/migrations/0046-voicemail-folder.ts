import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Voicemail may be put into another folder than the inbox: which one is watched. */
export const voicemailFolder: Migration = { name: '0046-voicemail-folder', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table voicemail_box add column watch_folder text not null default ''`.execute(db);
}
