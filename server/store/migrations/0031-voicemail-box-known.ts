import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Since when we watch a box of nobody's: what is left there until its owner is found is new to them. */
export const voicemailBoxKnown: Migration = { name: '0031-voicemail-box-known', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table voicemail_box add column known_since timestamptz`.execute(db);
}
