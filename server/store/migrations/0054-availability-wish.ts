import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Invites that are being written and carry a state for their meeting. */
export const availabilityWish: Migration = { name: '0054-availability-wish', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table availability_wish (
    tenant_id text not null,
    person_id text not null,
    key text not null,
    asked_at timestamptz not null,
    primary key (tenant_id, person_id, key),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`.execute(db);
}
