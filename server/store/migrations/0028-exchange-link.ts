import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Exchange accounts that have shown an identity token and wait to be linked to a person: the token names no address, so it is proved once. */
export const exchangeLink: Migration = {
  name: '0028-exchange-link',
  async up(db) {
    await sql`
      create table exchange_link (
        tenant_id text not null references tenant,
        account text not null,
        address text not null,
        name text not null,
        code_hash text,
        tries integer not null,
        codes integer not null,
        first_at timestamptz not null,
        asked_at timestamptz not null,
        ends_at timestamptz not null,
        primary key (tenant_id, account)
      )`.execute(db);
  },
};
