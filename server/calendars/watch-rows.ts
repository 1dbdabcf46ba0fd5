import { sql, type Selectable } from 'kysely';
import type { MailboxRef } from '../domain/calendar.ts';
import type { Queries } from '../store/schema.ts';
import type { CalendarWatchTable } from '../store/tables/calendars.ts';

/** Queries on the calendars that are watched, and on who wants that. Instants epoch ms, UTC. */
export interface CalendarWatch {
  tenantId: string;
  mailbox: MailboxRef;
  subscriptionId: string | null;
  subscriptionExpiresAt: number | null;
  cursor: string | null;
  window: { from: number; to: number } | null;
  sweptAt: number | null;
  /** Why this mailbox is left alone for now; null when it is not. */
  parked: string | null;
  parkedSince: number | null;
}

function fromRow(row: Selectable<CalendarWatchTable>): CalendarWatch {
  return {
    tenantId: row.tenant_id,
    mailbox: { instance: row.instance, id: row.mailbox_id },
    subscriptionId: row.subscription_id,
    subscriptionExpiresAt: row.subscription_expires_at?.getTime() ?? null,
    cursor: row.cursor,
    window: row.window_from && row.window_to ? { from: row.window_from.getTime(), to: row.window_to.getTime() } : null,
    sweptAt: row.swept_at?.getTime() ?? null,
    parked: row.parked,
    parkedSince: row.parked_since?.getTime() ?? null,
  };
}

/** Begins to watch; true when it was not watched before. */
export async function addWatch(tx: Queries, tenantId: string, mailbox: MailboxRef): Promise<boolean> {
  const added = await tx
    .insertInto('calendar_watch').values({ tenant_id: tenantId, instance: mailbox.instance, mailbox_id: mailbox.id })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'instance', 'mailbox_id']).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findWatch(db: Queries, tenantId: string, mailbox: MailboxRef): Promise<CalendarWatch | null> {
  const row = await db
    .selectFrom('calendar_watch').selectAll()
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** As findWatch; the row is locked until the transaction ends, so that nobody asks for the mailbox while it is let go. */
export async function lockWatch(tx: Queries, tenantId: string, mailbox: MailboxRef): Promise<CalendarWatch | null> {
  const row = await tx
    .selectFrom('calendar_watch').selectAll()
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).forUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Every calendar of one tenant that is watched. */
export async function allWatches(db: Queries, tenantId: string): Promise<CalendarWatch[]> {
  const rows = await db.selectFrom('calendar_watch').selectAll().where('tenant_id', '=', tenantId).orderBy('instance').orderBy('mailbox_id').execute();
  return rows.map(fromRow);
}

export async function dropWatch(tx: Queries, tenantId: string, mailbox: MailboxRef): Promise<void> {
  await tx
    .deleteFrom('calendar_watch')
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).execute();
}

/** True when it was not wanted for this before. */
export async function addWant(tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string, now: number): Promise<boolean> {
  const added = await tx
    .insertInto('calendar_want').values({ tenant_id: tenantId, instance: mailbox.instance, mailbox_id: mailbox.id, reason, since: new Date(now) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'instance', 'mailbox_id', 'reason']).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function dropWant(tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string): Promise<void> {
  await tx
    .deleteFrom('calendar_want')
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).where('reason', '=', reason).execute();
}

/** Mailboxes that are wanted for one reason. */
export async function wantedFor(db: Queries, tenantId: string, reason: string): Promise<MailboxRef[]> {
  const rows = await db.selectFrom('calendar_want').select(['instance', 'mailbox_id']).where('tenant_id', '=', tenantId).where('reason', '=', reason).execute();
  return rows.map((row) => ({ instance: row.instance, id: row.mailbox_id }));
}

/** Who wants this mailbox to be watched. */
export async function reasonsOf(db: Queries, tenantId: string, mailbox: MailboxRef): Promise<string[]> {
  const rows = await db
    .selectFrom('calendar_want').select('reason')
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).orderBy('reason').execute();
  return rows.map(({ reason }) => reason);
}

export async function saveSubscription(
  tx: Queries, tenantId: string, mailbox: MailboxRef, subscription: { id: string; expiresAt: number } | null,
): Promise<void> {
  await tx
    .updateTable('calendar_watch')
    .set({ subscription_id: subscription?.id ?? null, subscription_expires_at: subscription ? new Date(subscription.expiresAt) : null })
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).execute();
}

export async function saveSweep(
  tx: Queries, tenantId: string, mailbox: MailboxRef, sweep: { cursor: string; window: { from: number; to: number }; sweptAt: number },
): Promise<void> {
  await tx
    .updateTable('calendar_watch')
    .set({ cursor: sweep.cursor, window_from: new Date(sweep.window.from), window_to: new Date(sweep.window.to), swept_at: new Date(sweep.sweptAt), parked: null, parked_since: null })
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).execute();
}

/**
 * Leaves it alone, with the reason; the first instant of that stays until it can be read again. A mailbox that is gone may come back as another one: it is then read whole. Returns since when it is left alone, and
 * whether it was not before; null when it is not watched.
 */
export async function parkWatch(tx: Queries, tenantId: string, mailbox: MailboxRef, { reason, isGone }: { reason: string; isGone: boolean }, now: number): Promise<{ since: number; isFirst: boolean } | null> {
  const before = await lockWatch(tx, tenantId, mailbox);
  if (!before) return null;
  const since = before.parkedSince ?? now;
  await tx
    .updateTable('calendar_watch').set({ parked: reason, parked_since: new Date(since), ...(isGone ? { cursor: null } : {}) })
    .where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).execute();
  return { since, isFirst: before.parked === null };
}

/** The next sweep reads everything in its window. */
export async function forgetCursor(tx: Queries, tenantId: string, mailbox: MailboxRef): Promise<void> {
  await tx.updateTable('calendar_watch').set({ cursor: null }).where('tenant_id', '=', tenantId).where('instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).execute();
}

/** Calendars of one system that cannot be read. */
export interface LeftAlone {
  instance: string;
  count: number;
  /** The one that is so for longest: since when, and what was said. */
  since: number;
  reason: string;
}

/** By system; those where every calendar can be read are not in it. */
export async function leftAlone(db: Queries, tenantId: string): Promise<LeftAlone[]> {
  const { rows } = await sql<{ instance: string; count: string; since: Date; reason: string }>`
    select instance, count(*) as count, min(parked_since) as since, (array_agg(parked order by parked_since, mailbox_id))[1] as reason
    from calendar_watch where tenant_id = ${tenantId} and parked is not null and parked_since is not null group by instance`.execute(db);
  return rows.map(({ instance, count, since, reason }) => ({ instance, count: Number(count), since: since.getTime(), reason }));
}
