import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What settings that nobody has saved yet would have made of people's calendars: results only. */
export const availabilityReplay: Migration = { name: '0071-availability-replay', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table availability_replay (
    tenant_id text not null,
    replay_id uuid not null,
    proposed jsonb not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    made_at timestamptz not null,
    primary key (tenant_id, replay_id)
  )`.execute(db);
  await sql`create table availability_replay_person (
    tenant_id text not null,
    replay_id uuid not null,
    person_id text not null,
    outcome text not null check (outcome in ('due', 'replayed', 'unread', 'no-mailbox')),
    changed_minutes integer not null,
    result jsonb,
    primary key (tenant_id, replay_id, person_id),
    foreign key (tenant_id, replay_id) references availability_replay on delete cascade,
    foreign key (tenant_id, person_id) references person on delete cascade
  )`.execute(db);
}
