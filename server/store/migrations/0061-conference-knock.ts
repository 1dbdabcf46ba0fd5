import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Callers who wait at a conference's door until somebody lets them in. */
export const conferenceKnock: Migration = {
  name: '0061-conference-knock',
  async up(db) {
    await sql`
      create table conference_knock (
        tenant_id text not null,
        conference_id text not null,
        id text not null,
        instance text not null,
        name text not null,
        number text not null,
        state text not null,
        asked_at timestamptz not null,
        heard_at timestamptz not null,
        decided_by text,
        decided_at timestamptz,
        primary key (tenant_id, conference_id, id)
      )`.execute(db);
    await sql`create index conference_knock_old on conference_knock (tenant_id, heard_at)`.execute(db);
  },
};
