import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Conferences that were created outright in Tieline, and the mails about them. */
export const outright: Migration = {
  name: '0026-outright',
  async up(db) {
    await sql`
      create table conference_outright (
        tenant_id text not null,
        conference_id text not null,
        uid text not null,
        sequence integer not null,
        delivery text not null,
        guests jsonb not null,
        notes text not null,
        calendar_state text not null,
        calendar_error text,
        primary key (tenant_id, conference_id)
      )`.execute(db);
    await sql`
      create table conference_mail (
        tenant_id text not null,
        id text not null,
        conference_id text not null,
        sequence integer not null,
        method text not null,
        to_name text not null,
        to_address text not null,
        state text not null,
        at timestamptz not null,
        error text,
        primary key (tenant_id, id)
      )`.execute(db);
    await sql`create index conference_mail_of on conference_mail (tenant_id, conference_id, at)`.execute(db);
  },
};
