import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * Several bridges may serve one conference: each has its own state, and `conference.bridge_*` says what they add up to. A server of the release before
 * reads and writes only those columns; a conference without rows here has the one bridge that they name.
 */
export const conferenceBridges: Migration = { name: '0016-conference-bridges', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conference_bridge (
      tenant_id text not null,
      conference_id text not null,
      instance text not null,
      state text not null,
      since timestamptz not null,
      error text,
      members integer not null,
      is_locked boolean not null,
      primary key (tenant_id, conference_id, instance)
    )`.execute(db);
  await sql`create index conference_bridge_waiting on conference_bridge (tenant_id, instance) where state in ('pending', 'closing')`.execute(db);
  await sql`create index conference_bridge_occupied on conference_bridge (tenant_id, instance) where members > 0`.execute(db);
  await sql`create index conference_by_room_name on conference (tenant_id, room)`.execute(db);
}
