import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * When a person's own room is open: once for each event that carries it. A table of its own beside conference_window, whose key (one window per original start) two
 * events at the same time would break, and which the release before this one reads.
 */
export const standingRooms: Migration = { name: '0012-standing-rooms', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table standing_window (
      tenant_id text not null,
      conference_id text not null,
      source text not null,
      original_start timestamptz not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      confirm_by timestamptz,
      seen_at timestamptz not null,
      primary key (tenant_id, conference_id, source, original_start),
      foreign key (tenant_id, conference_id) references conference on delete cascade
    )`.execute(db);
  await sql`create index standing_window_by_source on standing_window (tenant_id, source)`.execute(db);
}
