import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Calls that were begun in Outlook, while they last and an hour longer. */
export const phoneCalls: Migration = { name: '0053-phone-calls', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table phone_call (
    tenant_id text not null,
    id text not null,
    person_id text not null,
    pbx_id text not null,
    phone text not null,
    number text not null,
    state text not null,
    outcome text,
    asked_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`.execute(db);
  await sql`create index phone_call_by_person on phone_call (tenant_id, person_id, asked_at)`.execute(db);
}
