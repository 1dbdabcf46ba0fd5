import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Who is who, settings, and the work table. */
export const foundation: Migration = {
  name: '0001-foundation',
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table tenant (
    tenant_id text primary key,
    name text not null,
    created_at timestamptz not null
  )`,
  `create table person (
    tenant_id text not null references tenant,
    person_id text not null,
    name text not null,
    address text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (tenant_id, person_id)
  )`,
  `create table identity (
    tenant_id text not null,
    kind text not null,
    value text not null,
    person_id text not null,
    source text not null,
    created_at timestamptz not null,
    primary key (tenant_id, kind, value, person_id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  // An address may be claimed by two people (a reassigned mailbox): then it is a question for somebody, never a guess.
  `create unique index identity_is_one_person on identity (tenant_id, kind, value) where kind <> 'address'`,
  `create index identity_of_person on identity (tenant_id, person_id)`,
  `create table mailbox_link (
    tenant_id text not null,
    instance text not null,
    mailbox_id text not null,
    person_id text not null,
    address text not null,
    source text not null,
    created_at timestamptz not null,
    primary key (tenant_id, instance, mailbox_id),
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  `create index mailbox_link_of_person on mailbox_link (tenant_id, person_id)`,
  `create table setting (
    tenant_id text not null references tenant,
    scope text not null,
    scope_id text not null,
    feature text not null,
    "values" jsonb not null,
    locked jsonb not null,
    version integer not null,
    updated_at timestamptz not null,
    updated_by text not null,
    primary key (tenant_id, scope, scope_id, feature)
  )`,
  `create table work (
    tenant_id text not null,
    kind text not null,
    key text not null,
    due_at timestamptz not null,
    payload jsonb not null,
    attempt integer not null default 0,
    revision integer not null default 1,
    claimed_revision integer,
    lease_until timestamptz,
    lease_owner text,
    last_error text,
    primary key (tenant_id, kind, key)
  )`,
  // The two questions of the worker: what is due next, and which lease runs out next.
  `create index work_due on work (due_at) where lease_until is null`,
  `create index work_leased on work (lease_until) where lease_until is not null`,
];
