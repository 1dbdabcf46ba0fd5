import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Invites that are written anew in bulk: one row for each run, one for each invite of it. */
export const reissue: Migration = {
  name: '0060-reissue',
  async up(db) {
    await sql`
      create table reissue_run (
        tenant_id text not null,
        id text not null,
        bridge text,
        phase text not null,
        state text not null,
        events_per_minute integer,
        next_at timestamptz not null,
        made_at timestamptz not null,
        made_by text not null,
        undo_until timestamptz,
        primary key (tenant_id, id)
      )`.execute(db);
    // Two at a time would write into the same invites.
    await sql`create unique index reissue_run_alone on reissue_run (tenant_id) where state = 'running'`.execute(db);
    await sql`
      create table reissue_invite (
        tenant_id text not null,
        run_id text not null,
        conference_id text not null,
        event_id text not null,
        mailbox_instance text,
        mailbox_id text,
        starts_at timestamptz not null,
        state text not null,
        reason text,
        people integer not null,
        attempts integer not null,
        due_at timestamptz not null,
        version text,
        format text,
        before_block text,
        after_block text,
        primary key (tenant_id, run_id, conference_id, event_id)
      )`.execute(db);
    await sql`create index reissue_invite_next on reissue_invite (tenant_id, run_id, state, due_at)`.execute(db);
  },
};
