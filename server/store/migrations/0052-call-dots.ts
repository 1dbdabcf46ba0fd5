import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Whose calls another system was told of. */
export const callDots: Migration = { name: '0052-call-dots', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table availability_dot (
    tenant_id text not null,
    person_id text not null,
    is_in_call boolean not null,
    told_at timestamptz not null,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`.execute(db);
}
