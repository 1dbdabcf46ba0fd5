import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What administrators did, and whom they looked at. */
export const adminDeed: Migration = { name: '0070-admin-deed', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table admin_deed (
    tenant_id text not null,
    seq bigint generated always as identity,
    at timestamptz not null,
    by_person text,
    by_name text not null,
    kind text not null check (kind in ('change', 'look')),
    what text not null,
    about_person text,
    details jsonb not null,
    outcome text not null check (outcome in ('begun', 'done', 'refused')),
    primary key (tenant_id, seq)
  )`.execute(db);
  await sql`create index admin_deed_at on admin_deed (tenant_id, at)`.execute(db);
}
