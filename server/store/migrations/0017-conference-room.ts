import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Who is in a room, for processes that have no connection to the bridge, and what somebody asked the bridge to do. */
export const conferenceRoom: Migration = { name: '0017-conference-room', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conference_member (
      tenant_id text not null,
      conference_id text not null,
      instance text not null,
      leg text not null,
      name text not null,
      number text not null,
      is_host boolean not null,
      is_muted boolean not null,
      joined_at timestamptz,
      primary key (tenant_id, conference_id, instance, leg)
    )`.execute(db);
  await sql`
    create table conference_command (
      tenant_id text not null,
      conference_id text not null,
      id text not null,
      instance text not null,
      what text not null,
      leg text,
      call jsonb,
      state text not null,
      problem text,
      asked_by text,
      asked_at timestamptz not null,
      primary key (tenant_id, conference_id, id)
    )`.execute(db);
  await sql`create index conference_command_by_time on conference_command (tenant_id, asked_at)`.execute(db);
}
