import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Who wants to be told when somebody is free. */
export const whenFree: Migration = { name: '0064-when-free', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table availability_when_free (
    tenant_id text not null,
    person_id text not null,
    waited_for text not null,
    address text not null,
    until timestamptz not null,
    free_since timestamptz,
    primary key (tenant_id, person_id, waited_for),
    foreign key (tenant_id, person_id) references person on delete cascade,
    foreign key (tenant_id, waited_for) references person on delete cascade
  )`.execute(db);
  await sql`create index availability_when_free_of on availability_when_free (tenant_id, waited_for)`.execute(db);
}
