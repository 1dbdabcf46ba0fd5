import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What people are, why, and where it is shown. */
export const availability: Migration = { name: '0051-availability', up };

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table availability_person (
    tenant_id text not null,
    person_id text not null,
    availability text not null,
    face text not null,
    title text,
    why_source text not null,
    why_rule text not null,
    why_event text,
    since timestamptz not null,
    until timestamptz,
    next_state jsonb,
    manual jsonb,
    out_from timestamptz,
    out_to timestamptz,
    zone text,
    absence_asked_at timestamptz,
    looked_at timestamptz not null,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  `create table availability_event (
    tenant_id text not null,
    instance text not null,
    mailbox_id text not null,
    event_id text not null,
    master_id text,
    series_key text not null,
    original_start timestamptz not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    facts jsonb not null,
    primary key (tenant_id, instance, mailbox_id, event_id)
  )`,
  `create index availability_event_in_time on availability_event (tenant_id, instance, mailbox_id, ends_at)`,
  `create index availability_event_over on availability_event (ends_at)`,
  `create table availability_meeting (
    tenant_id text not null,
    person_id text not null,
    series_key text not null,
    occurrence text not null,
    availability text not null,
    chosen_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (tenant_id, person_id, series_key, occurrence),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  `create table availability_history (
    tenant_id text not null,
    person_id text not null,
    at timestamptz not null,
    seq bigint generated always as identity,
    availability text not null,
    face text not null,
    why_source text not null,
    why_rule text not null,
    why_event text,
    primary key (tenant_id, person_id, at, seq),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  `create table availability_target (
    tenant_id text not null,
    instance text not null,
    target text not null,
    shown jsonb,
    shown_at timestamptz,
    primary key (tenant_id, instance, target)
  )`,
  `create table availability_phone (
    tenant_id text not null,
    instance text not null,
    device text not null,
    is_busy boolean not null,
    since timestamptz not null,
    primary key (tenant_id, instance, device)
  )`,
];
