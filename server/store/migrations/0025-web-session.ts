import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Who is signed in on a web page. The browser has the id, we have its digest: whoever reads the table can be nobody. */
export const webSession: Migration = {
  name: '0025-web-session',
  async up(db) {
    await sql`
      create table web_session (
        tenant_id text not null,
        id_hash text not null,
        person_id text not null,
        name text not null,
        address text not null,
        roles jsonb not null,
        provider text not null,
        created_at timestamptz not null,
        seen_at timestamptz not null,
        ends_at timestamptz not null,
        primary key (tenant_id, id_hash),
        foreign key (tenant_id, person_id) references person on delete cascade
      )`.execute(db);
    await sql`create index web_session_by_hash on web_session (id_hash)`.execute(db);
    await sql`create index web_session_by_end on web_session (ends_at)`.execute(db);
  },
};
