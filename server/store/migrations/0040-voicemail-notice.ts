import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Notices of new voicemail to an address of the owner's choice: each is sent at most once. */
export const voicemailNotice: Migration = { name: '0040-voicemail-notice', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table voicemail_notice (
      tenant_id text not null,
      pair_id text not null,
      address text not null,
      state text not null,
      at timestamptz not null,
      primary key (tenant_id, pair_id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
}
