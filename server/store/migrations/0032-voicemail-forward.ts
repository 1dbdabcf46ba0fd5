import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What people asked to be forwarded to a colleague's box, and what became of it. */
export const voicemailForward: Migration = { name: '0032-voicemail-forward', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table voicemail_forward (
      tenant_id text not null,
      pair_id text not null,
      id text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      target_box text not null,
      target_name text not null,
      state text not null,
      problem text,
      copies_before integer,
      primary key (tenant_id, pair_id, id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
  await sql`create index voicemail_forward_by_asker on voicemail_forward (tenant_id, asked_by, asked_at)`.execute(db);
}
