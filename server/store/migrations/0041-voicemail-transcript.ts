import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What an engine wrote down of a message. */
export const voicemailTranscript: Migration = { name: '0041-voicemail-transcript', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table voicemail_transcript (
      tenant_id text not null,
      pair_id text not null,
      state text not null,
      language text,
      pieces jsonb not null,
      problem text,
      at timestamptz not null,
      primary key (tenant_id, pair_id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
}
