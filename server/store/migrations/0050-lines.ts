import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Whose phone line is whose: one owner (drives presence, routing, greeting), any number of members. */
export const lines: Migration = { name: '0050-lines', up };

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table line (
    tenant_id text not null references tenant,
    pbx_id text not null,
    context text not null,
    extension text not null,
    name text not null,
    devices jsonb not null,
    voicemail_box text,
    owner_id text,
    owner_source text,
    owner_since timestamptz,
    claim text,
    claim_asked_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, pbx_id, context, extension),
    foreign key (tenant_id, owner_id) references person on delete set null (owner_id)
  )`,
  `create index line_of_owner on line (tenant_id, owner_id)`,
  // Owners whom an administrator named by an address that nobody here has yet.
  `create index line_claims on line (tenant_id, claim_asked_at) where claim is not null`,
  `create index line_of_box on line (tenant_id, pbx_id, voicemail_box)`,
  `create table line_member (
    tenant_id text not null,
    pbx_id text not null,
    context text not null,
    extension text not null,
    person_id text not null,
    created_at timestamptz not null,
    primary key (tenant_id, pbx_id, context, extension, person_id),
    foreign key (tenant_id, pbx_id, context, extension) references line on delete cascade,
    foreign key (tenant_id, person_id) references person on delete cascade
  )`,
  `create index line_member_of_person on line_member (tenant_id, person_id)`,
];
