import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Groups of people, for settings that hold for some. */
export const groups: Migration = { name: '0011-groups', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_group (
      tenant_id text not null references tenant,
      group_id text not null,
      name text not null,
      claim text,
      rank integer not null,
      created_at timestamptz not null,
      primary key (tenant_id, group_id)
    )`.execute(db);
  // Two groups with one claim would have the same members and two opinions.
  await sql`create unique index person_group_by_claim on person_group (tenant_id, claim) where claim is not null`.execute(db);
  await sql`create unique index person_group_by_name on person_group (tenant_id, lower(name))`.execute(db);
  await sql`
    create table person_group_member (
      tenant_id text not null,
      group_id text not null,
      person_id text not null,
      source text not null,
      added_at timestamptz not null,
      primary key (tenant_id, group_id, person_id, source),
      foreign key (tenant_id, group_id) references person_group on delete cascade,
      foreign key (tenant_id, person_id) references person on delete cascade
    )`.execute(db);
  await sql`create index person_group_member_of on person_group_member (tenant_id, person_id)`.execute(db);
}
