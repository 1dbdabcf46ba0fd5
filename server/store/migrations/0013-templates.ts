import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Templates of the invite text, and the lines that they said before. */
export const templates: Migration = { name: '0013-templates', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table template (
      tenant_id text not null references tenant,
      template_id text not null,
      name text not null,
      content text not null,
      locked text not null,
      version integer not null,
      updated_at timestamptz not null,
      updated_by text not null,
      primary key (tenant_id, template_id)
    )`.execute(db);
  await sql`create unique index template_by_name on template (tenant_id, lower(name))`.execute(db);
  // A line may be longer than what an index takes: its digest is the key.
  await sql`
    create table template_former (
      tenant_id text not null references tenant,
      format text not null,
      line text not null,
      retired_at timestamptz not null,
      line_digest text generated always as (md5(line)) stored,
      primary key (tenant_id, format, line_digest)
    )`.execute(db);
}
