import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Browsers that wait before a conference's door, so that the join page needs no script to let them in. Written by forms alone, never by looking. */
export const conferenceVisit: Migration = {
  name: '0027-conference-visit',
  async up(db) {
    await sql`
      create table conference_visit (
        tenant_id text not null,
        conference_id text not null,
        browser text not null,
        name text not null,
        proof text,
        wants_in boolean not null,
        at timestamptz not null,
        primary key (tenant_id, conference_id, browser)
      )`.execute(db);
    await sql`create index conference_visit_by_time on conference_visit (tenant_id, at)`.execute(db);
  },
};
