import { sql, type QueryExecutorProvider } from 'kysely';
import type { Migration } from './migration.ts';

/** What the server writes into invites by itself: for copied meetings, and for those booked by a word in their place. */
export const conferenceCopies: Migration = { name: '0021-conference-copies', up };

async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table conference add column invite_text text not null default 'block'`.execute(db);
  await sql`
    create table conference_copy (
      tenant_id text not null,
      conference_id text not null,
      instance text not null,
      mailbox_id text not null,
      event_id text not null,
      event_version text not null,
      starts_at timestamptz not null,
      state text not null,
      own_id text,
      mailed integer not null,
      at timestamptz not null,
      primary key (tenant_id, conference_id, instance, mailbox_id, event_id)
    )`.execute(db);
}
