import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What another system (Teams) says of people whom no phone system knows, as long as somebody looks. */
export const elsewhere: Migration = { name: '0055-elsewhere', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table availability_elsewhere (
    tenant_id text not null,
    person_id text not null,
    presence jsonb,
    since timestamptz,
    wanted_until timestamptz not null,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`.execute(db);
}
