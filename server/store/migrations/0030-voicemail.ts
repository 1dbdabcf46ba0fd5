import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** Voicemail and mail in step: boxes and where we are with them, pairs, our copies of the sound, and the trail that says why. */
export const voicemail: Migration = { name: '0030-voicemail', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table voicemail_box (
      tenant_id text not null,
      instance text not null,
      box text not null,
      person_id text,
      version integer not null,
      name text not null,
      address text not null,
      is_full boolean not null,
      hands_off text,
      mailbox_instance text,
      mailbox_id text,
      cut_over_at timestamptz,
      looked_at timestamptz,
      mail_looked_at timestamptz,
      cursor text,
      watch_expires_at timestamptz,
      phone_seen_at timestamptz,
      brake text,
      brake_since timestamptz,
      brake_released_at timestamptz,
      parked text,
      primary key (tenant_id, instance, box)
    )`.execute(db);
  await sql`create index voicemail_box_of_person on voicemail_box (tenant_id, person_id)`.execute(db);
  await sql`create index voicemail_box_by_mailbox on voicemail_box (tenant_id, mailbox_instance, mailbox_id)`.execute(db);
  await sql`
    create table voicemail_pair (
      tenant_id text not null,
      id text not null,
      person_id text not null,
      instance text not null,
      box text not null,
      voicemail_id text not null,
      state text not null,
      caller_name text not null,
      caller_number text not null,
      duration_seconds double precision not null,
      is_urgent boolean not null,
      left_at timestamptz not null,
      first_seen_at timestamptz not null,
      voicemail text not null,
      mailbox_instance text,
      mailbox_id text,
      message_id text not null,
      mail_id text,
      mail_place text,
      mail_is_read boolean,
      settled_voicemail text,
      settled_is_read boolean,
      settled_is_trash boolean,
      wish text,
      delivery_began_at timestamptz,
      missing_since timestamptz,
      has_audio boolean not null,
      binned_at timestamptz,
      removed_by_us boolean not null,
      trouble text,
      primary key (tenant_id, id)
    )`.execute(db);
  // A box with one message twice in our books would mail it twice.
  await sql`create unique index voicemail_pair_of_message on voicemail_pair (tenant_id, instance, box, voicemail_id)`.execute(db);
  await sql`create index voicemail_pair_of_person on voicemail_pair (tenant_id, person_id, left_at)`.execute(db);
  await sql`
    create table voicemail_sound (
      tenant_id text not null,
      pair_id text not null,
      content_type text not null,
      bytes bytea not null,
      primary key (tenant_id, pair_id),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
  await sql`
    create table voicemail_trail (
      tenant_id text not null,
      pair_id text not null,
      seq bigint generated always as identity,
      at timestamptz not null,
      what text not null,
      because text not null,
      primary key (tenant_id, pair_id, seq),
      foreign key (tenant_id, pair_id) references voicemail_pair on delete cascade
    )`.execute(db);
}
