import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** The conference feature: conferences, their codes, windows, history, counted guesses, and the calendars that are watched for them. */
export const conference: Migration = { name: '0002-conference', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conference (
      tenant_id text not null,
      id text not null,
      state text not null,
      why text not null,
      state_since timestamptz not null,
      expires_at timestamptz not null,
      restorable_until timestamptz,
      owner_id text not null,
      owner_name text not null,
      owner_address text not null,
      booker_id text not null,
      idempotency_key text not null,
      mailbox_instance text,
      mailbox_id text,
      event_id text,
      event_version text,
      series_key text,
      seen_at timestamptz,
      confirm_by timestamptz,
      access_code text not null,
      host_code text not null,
      passcode text not null,
      room text not null,
      subject text,
      is_private boolean not null,
      is_series boolean not null,
      starts_at timestamptz,
      ends_at timestamptz,
      time_zone text not null,
      closes_at timestamptz,
      language text not null,
      lobby boolean not null,
      bridge_instance text not null,
      bridge_state text not null,
      bridge_since timestamptz,
      bridge_error text,
      members integer not null,
      version integer not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, booker_id, idempotency_key)
    )`.execute(db);
  await sql`create index conference_by_event on conference (tenant_id, mailbox_instance, mailbox_id, event_id)`.execute(db);
  await sql`create index conference_by_room on conference (tenant_id, bridge_instance, room)`.execute(db);
  await sql`create index conference_by_owner on conference (tenant_id, owner_id, starts_at)`.execute(db);
  await sql`create index conference_by_booker on conference (tenant_id, booker_id, starts_at)`.execute(db);
  await sql`
    create table conference_code (
      tenant_id text not null,
      code text not null,
      conference_id text not null,
      role text not null,
      reserved_until timestamptz not null,
      primary key (tenant_id, code)
    )`.execute(db);
  await sql`create index conference_code_by_conference on conference_code (tenant_id, conference_id)`.execute(db);
  await sql`
    create table conference_window (
      tenant_id text not null,
      conference_id text not null,
      original_start timestamptz not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      primary key (tenant_id, conference_id, original_start)
    )`.execute(db);
  await sql`
    create table conference_history (
      tenant_id text not null,
      conference_id text not null,
      seq integer not null,
      at timestamptz not null,
      from_state text,
      to_state text not null,
      why text not null,
      detail text,
      primary key (tenant_id, conference_id, seq)
    )`.execute(db);
  await sql`
    create table conference_guess (
      tenant_id text not null,
      counted text not null,
      at timestamptz not null,
      id text not null,
      primary key (tenant_id, counted, at, id)
    )`.execute(db);
  await sql`
    create table conference_ticket_key (
      tenant_id text not null,
      id text not null,
      key bytea not null,
      created_at timestamptz not null,
      primary key (tenant_id, id)
    )`.execute(db);
  await sql`
    create table calendar_watch (
      tenant_id text not null,
      instance text not null,
      mailbox_id text not null,
      subscription_id text,
      subscription_expires_at timestamptz,
      cursor text,
      window_from timestamptz,
      window_to timestamptz,
      swept_at timestamptz,
      parked text,
      primary key (tenant_id, instance, mailbox_id)
    )`.execute(db);
}
