import { sql, type QueryExecutorProvider } from 'kysely';
import type { Migration } from './migration.ts';

/** Who wants which calendar to be watched: until now it was conferences alone. */
export const calendars: Migration = { name: '0020-calendars', up };

async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table calendar_want (
      tenant_id text not null,
      instance text not null,
      mailbox_id text not null,
      reason text not null,
      since timestamptz not null,
      primary key (tenant_id, instance, mailbox_id, reason)
    )`.execute(db);
  await sql`
    insert into calendar_want (tenant_id, instance, mailbox_id, reason, since)
    select tenant_id, instance, mailbox_id, 'conference', coalesce(swept_at, to_timestamp(0)) from calendar_watch`.execute(db);
  await sql`alter table calendar_watch add column parked_since timestamptz`.execute(db);
}
