import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** A phone that is rung from Outlook may play a voicemail instead of calling somebody. */
export const playedMessages: Migration = { name: '0036-played-messages', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table phone_call add column voicemail_id text, add column box text, add column message_id text`.execute(db);
}
