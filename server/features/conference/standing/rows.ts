import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Queries } from '../../../store/schema.ts';
import type { Conference, ConferenceWindow } from '../conference.ts';
import { findConference } from '../rows.ts';

/** Queries on when standing rooms are open. Instants epoch ms, UTC. */

/** The send handler's word, until the calendar shows the event: named by the start that it said. */
export const sentSource = (startsAt: number): string => `sent:${startsAt}`;

export async function findStanding(db: Queries, tenantId: string, ownerId: string): Promise<Conference | null> {
  const row = await db.selectFrom('conference').select('id').where('tenant_id', '=', tenantId).where('owner_id', '=', ownerId).where('is_standing', '=', true).executeTakeFirst();
  return row ? findConference(db, tenantId, row.id) : null;
}

/** Puts one source's windows in the place of those that it had; true when anything changed. */
export async function saveWindows(
  tx: Queries, tenantId: string, conferenceId: string, source: string, windows: readonly ConferenceWindow[], { now, confirmBy = null }: { now: number; confirmBy?: number | null },
): Promise<boolean> {
  const of = { tenant_id: tenantId, conference_id: conferenceId, source };
  const gone = await tx
    .deleteFrom('standing_window').where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('source', '=', source).returning(['original_start', 'starts_at', 'ends_at']).execute();
  const named = (list: readonly (readonly number[])[]): string => JSON.stringify(list.toSorted(([a = 0], [b = 0]) => a - b));
  const before = named(gone.map((row) => [row.original_start.getTime(), row.starts_at.getTime(), row.ends_at.getTime()]));
  if (windows.length > 0) {
    await tx.insertInto('standing_window').values(windows.map((each) => ({
      ...of, original_start: new Date(each.originalStart), starts_at: new Date(each.startsAt), ends_at: new Date(each.endsAt),
      confirm_by: confirmBy === null ? null : new Date(confirmBy), seen_at: new Date(now),
    }))).execute();
  }
  return before !== named(windows.map((each) => [each.originalStart, each.startsAt, each.endsAt]));
}

/** Takes back the send handler's word about this start; true when it stood. */
export async function dropSent(tx: Queries, tenantId: string, conferenceId: string, startsAt: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('standing_window').where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('source', '=', sentSource(startsAt)).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Until when the send handler's word about this start stands; null when it does not stand any more. */
export async function sentUntil(db: Queries, tenantId: string, conferenceId: string, startsAt: number): Promise<number | null> {
  const row = await db
    .selectFrom('standing_window').select('confirm_by')
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('source', '=', sentSource(startsAt)).executeTakeFirst();
  return row?.confirm_by?.getTime() ?? null;
}

/** One event that carries a standing room. */
export interface Carrier {
  conferenceId: string;
  eventId: string;
  /** The calendar last showed it. */
  seenAt: number;
  isSeries: boolean;
}

/** Events of one mailbox that carry its owner's standing room: of these ids, or with a window that lies in part within [from, to). */
export async function carriersIn(db: Queries, tenantId: string, mailbox: MailboxRef, which: { ids: readonly string[] } | { from: number; to: number }): Promise<Carrier[]> {
  if ('ids' in which && which.ids.length === 0) return [];
  let query = db
    .selectFrom('standing_window as window')
    .innerJoin('conference', (join) => join.onRef('conference.tenant_id', '=', 'window.tenant_id').onRef('conference.id', '=', 'window.conference_id'))
    .select(({ fn }) => ['window.conference_id', 'window.source', fn.max('window.seen_at').as('seen_at'), fn.count<string>('window.source').as('windows')])
    .where('window.tenant_id', '=', tenantId).where('window.confirm_by', 'is', null)
    .where('conference.mailbox_instance', '=', mailbox.instance).where('conference.mailbox_id', '=', mailbox.id)
    .groupBy(['window.conference_id', 'window.source']);
  if ('ids' in which) query = query.where('window.source', 'in', [...which.ids]);
  else query = query.where('window.starts_at', '<', new Date(which.to)).where('window.ends_at', '>', new Date(which.from));
  const rows = await query.execute();
  return rows.map((row) => ({ conferenceId: row.conference_id, eventId: row.source, seenAt: new Date(row.seen_at).getTime(), isSeries: Number(row.windows) > 1 }));
}
