import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What an organizer chooses for one conference: who presents, whose numbers stand in the invite, by which template; and rooms that stand. */
export const conferenceChoices: Migration = { name: '0010-conference-choices', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table conference add column roles jsonb not null default '[]'`.execute(db);
  await sql`alter table conference add column countries jsonb not null default '[]'`.execute(db);
  await sql`alter table conference add column template text`.execute(db);
  await sql`alter table conference add column presenter_code text`.execute(db);
  await sql`alter table conference add column is_standing boolean not null default false`.execute(db);
  // A person has one standing room of their own at most.
  await sql`create unique index conference_standing on conference (tenant_id, owner_id) where is_standing`.execute(db);
}
