import { randomUUID } from 'node:crypto';
import type { Queries } from '../../../store/schema.ts';
import type { CalendarState, Delivery, Guest, InvitationMail, MailState, Outright } from './outright.ts';

/** Every query on `conference_outright` and `conference_mail`. Instants go in and out as epoch ms. */

export async function findOutright(db: Queries, tenantId: string, conferenceId: string): Promise<Outright | null> {
  const row = await db.selectFrom('conference_outright').selectAll().where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).executeTakeFirst();
  if (!row) return null;
  return {
    tenantId, conferenceId, uid: row.uid, sequence: row.sequence, delivery: row.delivery as Delivery, guests: row.guests, notes: row.notes,
    calendarState: row.calendar_state as CalendarState, calendarError: row.calendar_error,
  };
}

/** Writes it whole. */
export async function putOutright(tx: Queries, { tenantId, conferenceId, uid, sequence, delivery, guests, notes, calendarState, calendarError }: Outright): Promise<void> {
  const columns = { uid, sequence, delivery, guests: JSON.stringify(guests), notes, calendar_state: calendarState, calendar_error: calendarError };
  await tx
    .insertInto('conference_outright')
    .values({ tenant_id: tenantId, conference_id: conferenceId, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id']).doUpdateSet(columns))
    .execute();
}

/** What the calendar answered about one state of the event; nothing when that has been overtaken. */
export async function noteCalendar(db: Queries, { tenantId, conferenceId, sequence }: Outright, state: CalendarState, error: string | null): Promise<void> {
  await db
    .updateTable('conference_outright').set({ calendar_state: state, calendar_error: error })
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('sequence', '=', sequence)
    .execute();
}

export async function addMails(tx: Queries, tenantId: string, conferenceId: string, mails: readonly { method: 'REQUEST' | 'CANCEL'; to: Guest; sequence: number }[], now: number): Promise<string[]> {
  if (mails.length === 0) return [];
  const rows = mails.map(({ method, to, sequence }) => ({
    tenant_id: tenantId, id: randomUUID(), conference_id: conferenceId, sequence, method, to_name: to.name, to_address: to.address, state: 'due', at: new Date(now), error: null,
  }));
  await tx.insertInto('conference_mail').values(rows).execute();
  return rows.map(({ id }) => id);
}

/** Newest first. */
export async function mailsOf(db: Queries, tenantId: string, conferenceId: string): Promise<InvitationMail[]> {
  const rows = await db.selectFrom('conference_mail').selectAll().where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('sequence', 'desc').orderBy('at', 'desc').orderBy('id').execute();
  return rows.map(fromRow);
}

/** Locks the row until the transaction ends. */
export async function lockMail(tx: Queries, tenantId: string, id: string): Promise<InvitationMail | null> {
  const row = await tx.selectFrom('conference_mail').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function noteMail(db: Queries, tenantId: string, id: string, state: MailState, error: string | null, now: number): Promise<void> {
  await db.updateTable('conference_mail').set({ state, error, at: new Date(now) }).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

function fromRow(row: { tenant_id: string; id: string; conference_id: string; sequence: number; method: string; to_name: string; to_address: string; state: string; at: Date; error: string | null }): InvitationMail {
  return {
    tenantId: row.tenant_id, id: row.id, conferenceId: row.conference_id, sequence: row.sequence, method: row.method as InvitationMail['method'],
    to: { name: row.to_name, address: row.to_address }, state: row.state as MailState, at: row.at.getTime(), error: row.error,
  };
}
