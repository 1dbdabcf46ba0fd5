import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Boxes that several people look after: who may do what, who took a message and is done with it, and who played it. */
export const voicemailTeam: Migration = { name: '0042-voicemail-team', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table voicemail_member (
      tenant_id text not null,
      instance text not null,
      box text not null,
      person_id text not null,
      access text not null,
      primary key (tenant_id, instance, box, person_id)
    )`.execute(db);
  await sql`create index voicemail_member_of_person on voicemail_member (tenant_id, person_id)`.execute(db);
  await sql`
    create table voicemail_taken (
      tenant_id text not null,
      pair_id text not null,
      person_id text not null,
      at timestamptz not null,
      done_at timestamptz,
      primary key (tenant_id, pair_id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
  await sql`
    create table voicemail_played (
      tenant_id text not null,
      pair_id text not null,
      person_id text not null,
      at timestamptz not null,
      primary key (tenant_id, pair_id, person_id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
}
