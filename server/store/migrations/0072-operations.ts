import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** The log as administrators see it, how much there is of it by the minute, and what was last told of each connected system. */
export const operations: Migration = { name: '0072-operations', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table log_line (
    tenant_id text not null,
    seq bigint generated always as identity,
    at timestamptz not null,
    level text not null check (level in ('info', 'warn', 'error')),
    instance text,
    message text not null,
    fields jsonb not null,
    primary key (tenant_id, seq)
  )`.execute(db);
  await sql`create index log_line_at on log_line (tenant_id, at)`.execute(db);
  await sql`create table log_minute (
    tenant_id text not null,
    minute timestamptz not null,
    bytes bigint not null,
    primary key (tenant_id, minute)
  )`.execute(db);
  await sql`create table connector_told (
    tenant_id text not null,
    instance text not null,
    status jsonb not null,
    told_at timestamptz not null,
    primary key (tenant_id, instance)
  )`.execute(db);
}
