import { sql, type Selectable } from 'kysely';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Queries } from '../../../store/schema.ts';
import type { AvailabilityEventRow } from '../../../store/tables/availability.ts';
import type { Appointment, Stretch } from '../rules/appointment.ts';

/** Queries on the appointments near now. Instants epoch ms, UTC. */

/** An appointment with the master of its series, if it has one. */
export interface StoredAppointment {
  appointment: Appointment;
  masterId: string | null;
}

type Facts = Omit<Appointment, 'id' | 'seriesKey' | 'originalStart' | 'startsAt' | 'endsAt'>;

const atOnce = 1_000;

export async function putEvents(db: Queries, tenantId: string, mailbox: MailboxRef, stored: readonly StoredAppointment[]): Promise<void> {
  for (let first = 0; first < stored.length; first += atOnce) {
    await db
      .insertInto('availability_event')
      .values(
        stored.slice(first, first + atOnce).map(({ appointment, masterId }) => {
          const { id, seriesKey, originalStart, startsAt, endsAt, ...facts } = appointment;
          return {
            tenant_id: tenantId, instance: mailbox.instance, mailbox_id: mailbox.id, event_id: id, master_id: masterId, series_key: seriesKey,
            original_start: new Date(originalStart), starts_at: new Date(startsAt), ends_at: new Date(endsAt), facts: JSON.stringify(facts satisfies Facts),
          };
        }),
      )
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'instance', 'mailbox_id', 'event_id']).doUpdateSet((row) => ({
          master_id: row.ref('excluded.master_id'), series_key: row.ref('excluded.series_key'), original_start: row.ref('excluded.original_start'),
          starts_at: row.ref('excluded.starts_at'), ends_at: row.ref('excluded.ends_at'), facts: row.ref('excluded.facts'),
        })),
      )
      .execute();
  }
}

/** Appointments that end after `from` and start before `to`; those of all-day events lie up to 14 hours apart from their instants, so the edges are widened by a day. */
export async function eventsBetween(db: Queries, tenantId: string, mailbox: MailboxRef, from: number, to: number): Promise<Appointment[]> {
  const day = 24 * 60 * 60_000;
  const rows = await db
    .selectFrom('availability_event')
    .select(['event_id', 'series_key', 'original_start', 'starts_at', 'ends_at', 'facts'])
    .where('tenant_id', '=', tenantId)
    .where('instance', '=', mailbox.instance)
    .where('mailbox_id', '=', mailbox.id)
    .where('ends_at', '>', new Date(from - day))
    .where('starts_at', '<', new Date(to + day))
    .execute();
  return rows.map(read);
}

/** Of many mailboxes, each in its own stretch of time, in one question: what touches it, and of all-day events what may. By `mailboxKey`. */
export async function eventsAround(db: Queries, tenantId: string, looks: readonly { mailbox: MailboxRef; look: Stretch }[]): Promise<Map<string, Appointment[]>> {
  const found = new Map<string, Appointment[]>();
  if (looks.length === 0) return found;
  const asked = JSON.stringify(looks.map(({ mailbox, look }) => ({ instance: mailbox.instance, mailbox_id: mailbox.id, since: new Date(look.from), until: new Date(look.to) })));
  const { rows } = await sql<Stored & { instance: string; mailbox_id: string }>`
    select e.instance, e.mailbox_id, e.event_id, e.series_key, e.original_start, e.starts_at, e.ends_at, e.facts
    from jsonb_to_recordset(${asked}::jsonb) as look(instance text, mailbox_id text, since timestamptz, until timestamptz)
    join availability_event e on e.tenant_id = ${tenantId} and e.instance = look.instance and e.mailbox_id = look.mailbox_id
      and e.ends_at > look.since - interval '1 day' and e.starts_at < look.until + interval '1 day'
    where (e.ends_at > look.since and e.starts_at < look.until) or e.facts->>'days' is not null`.execute(db);
  for (const row of rows) {
    const key = mailboxKey({ instance: row.instance, id: row.mailbox_id });
    const mine = found.get(key);
    if (mine) mine.push(read(row));
    else found.set(key, [read(row)]);
  }
  return found;
}

export function mailboxKey({ instance, id }: MailboxRef): string {
  return `${instance}\n${id}`;
}

type Stored = Pick<Selectable<AvailabilityEventRow>, 'event_id' | 'series_key' | 'original_start' | 'starts_at' | 'ends_at' | 'facts'>;

function read(row: Stored): Appointment {
  return {
    ...(row.facts as unknown as Facts),
    id: row.event_id, seriesKey: row.series_key, originalStart: row.original_start.getTime(), startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime(),
  };
}

/** Forgets events by their ids, and every occurrence of series by the master's id. */
export async function dropEvents(db: Queries, tenantId: string, mailbox: MailboxRef, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('availability_event')
    .where('tenant_id', '=', tenantId)
    .where('instance', '=', mailbox.instance)
    .where('mailbox_id', '=', mailbox.id)
    .where((where) => where.or([where('event_id', 'in', [...ids]), where('master_id', 'in', [...ids])]))
    .execute();
}

/** Ids of all events of a mailbox that touch a stretch of time; those of one series with `masterId`. */
export async function idsBetween(db: Queries, tenantId: string, mailbox: MailboxRef, from: number, to: number, masterId: string | null = null): Promise<string[]> {
  const rows = await db
    .selectFrom('availability_event')
    .select('event_id')
    .where('tenant_id', '=', tenantId)
    .where('instance', '=', mailbox.instance)
    .where('mailbox_id', '=', mailbox.id)
    .where('ends_at', '>', new Date(from))
    .where('starts_at', '<', new Date(to))
    .$if(masterId !== null, (query) => query.where('master_id', '=', masterId))
    .execute();
  return rows.map((row) => row.event_id);
}

/** Forgets a calendar. True when there was something of it. */
export async function dropEventsOf(db: Queries, tenantId: string, mailbox: MailboxRef): Promise<boolean> {
  const gone = await db.deleteFrom('availability_event').where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** What is not known where only times are wanted (from-calendar.ts). */
const noWords = { subject: null, location: null, categories: null, organizer: null, attendees: null };

/** Forgets what people wrote in a calendar and whom they meet; the times stay. True when there was something of it. */
export async function forgetWords(db: Queries, tenantId: string, mailbox: MailboxRef): Promise<boolean> {
  const silent = JSON.stringify(noWords);
  const changed = await db.updateTable('availability_event').set({ facts: sql`facts || ${silent}::jsonb` })
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).where(sql<boolean>`not facts @> ${silent}::jsonb`).executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** What is over is not kept. */
export async function dropEventsBefore(db: Queries, instant: number): Promise<void> {
  await db.deleteFrom('availability_event').where('ends_at', '<', new Date(instant)).execute();
}
