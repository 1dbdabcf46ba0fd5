import { sql, type Insertable, type RawBuilder, type Selectable } from 'kysely';
import { countryCodes, roleHolders } from '../../../contract/conference/conference.ts';
import type { ConferenceRole, ConferenceState } from '../../domain/conference.ts';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { Queries } from '../../store/schema.ts';
import type { ConferenceTable } from '../../store/tables/conference.ts';
import type { BridgeState, Conference, ConferenceWindow } from './conference.ts';
import type { Why } from './machine.ts';

/** Every query on the tables of conferences. Instants go in and out as epoch ms. */

type Row = Selectable<ConferenceTable>;

const ms = (date: Date | null): number | null => date?.getTime() ?? null;
const at = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));

function fromRow(row: Row): Conference {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    state: row.state as ConferenceState,
    why: row.why as Why,
    stateSince: row.state_since.getTime(),
    expiresAt: row.expires_at.getTime(),
    restorableUntil: ms(row.restorable_until),
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    ownerAddress: row.owner_address,
    bookerId: row.booker_id,
    idempotencyKey: row.idempotency_key,
    mailbox: row.mailbox_instance !== null && row.mailbox_id !== null ? { instance: row.mailbox_instance, id: row.mailbox_id } : null,
    eventId: row.event_id,
    eventVersion: row.event_version,
    eventModifiedAt: ms(row.event_modified_at),
    seriesKey: row.series_key,
    seenAt: ms(row.seen_at),
    confirmBy: ms(row.confirm_by),
    accessCode: row.access_code,
    hostCode: row.host_code,
    passcode: row.passcode,
    room: row.room,
    subject: row.subject,
    isPrivate: row.is_private,
    isSeries: row.is_series,
    startsAt: ms(row.starts_at),
    endsAt: ms(row.ends_at),
    timeZone: row.time_zone,
    closesAt: ms(row.closes_at),
    language: row.language,
    lobby: row.lobby,
    bridgeInstance: row.bridge_instance,
    bridgeState: row.bridge_state as BridgeState,
    bridgeSince: ms(row.bridge_since),
    bridgeError: row.bridge_error,
    members: row.members,
    roles: roleHolders.parse(row.roles),
    countries: countryCodes.parse(row.countries),
    template: row.template,
    presenterCode: row.presenter_code,
    isStanding: row.is_standing,
    inviteText: row.invite_text === 'place-only' ? 'place-only' : 'block',
    version: row.version,
    createdAt: row.created_at.getTime(),
  };
}

function toRow(conference: Conference): Insertable<ConferenceTable> {
  return {
    tenant_id: conference.tenantId,
    id: conference.id,
    state: conference.state,
    why: conference.why,
    state_since: new Date(conference.stateSince),
    expires_at: new Date(conference.expiresAt),
    restorable_until: at(conference.restorableUntil),
    owner_id: conference.ownerId,
    owner_name: conference.ownerName,
    owner_address: conference.ownerAddress,
    booker_id: conference.bookerId,
    idempotency_key: conference.idempotencyKey,
    mailbox_instance: conference.mailbox?.instance ?? null,
    mailbox_id: conference.mailbox?.id ?? null,
    event_id: conference.eventId,
    event_version: conference.eventVersion,
    event_modified_at: at(conference.eventModifiedAt),
    series_key: conference.seriesKey,
    seen_at: at(conference.seenAt),
    confirm_by: at(conference.confirmBy),
    access_code: conference.accessCode,
    host_code: conference.hostCode,
    passcode: conference.passcode,
    room: conference.room,
    subject: conference.subject,
    is_private: conference.isPrivate,
    is_series: conference.isSeries,
    starts_at: at(conference.startsAt),
    ends_at: at(conference.endsAt),
    time_zone: conference.timeZone,
    closes_at: at(conference.closesAt),
    language: conference.language,
    lobby: conference.lobby,
    bridge_instance: conference.bridgeInstance,
    bridge_state: conference.bridgeState,
    bridge_since: at(conference.bridgeSince),
    bridge_error: conference.bridgeError,
    members: conference.members,
    roles: JSON.stringify(conference.roles),
    countries: JSON.stringify(conference.countries),
    template: conference.template,
    presenter_code: conference.presenterCode,
    is_standing: conference.isStanding,
    invite_text: conference.inviteText,
    version: conference.version,
    created_at: new Date(conference.createdAt),
  };
}

export async function findConference(db: Queries, tenantId: string, id: string): Promise<Conference | null> {
  const row = await db.selectFrom('conference').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Locks the row until the transaction ends: each conference is changed by one at a time. */
export async function lockConference(tx: Queries, tenantId: string, id: string): Promise<Conference | null> {
  const row = await tx.selectFrom('conference').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Looks over all tenants: the join page knows only the id in the link, which is random over all of them. */
export async function findById(db: Queries, id: string): Promise<Conference | null> {
  const row = await db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function findByIdempotencyKey(db: Queries, tenantId: string, bookerId: string, key: string): Promise<Conference | null> {
  const row = await db
    .selectFrom('conference').selectAll()
    .where('tenant_id', '=', tenantId).where('booker_id', '=', bookerId).where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Inserts; false when the idempotency key was used already. */
export async function insertConference(tx: Queries, conference: Conference): Promise<boolean> {
  const inserted = await tx
    .insertInto('conference').values(toRow(conference))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'booker_id', 'idempotency_key']).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateConference(tx: Queries, conference: Conference): Promise<void> {
  const { tenant_id, id, ...columns } = toRow(conference);
  await tx.updateTable('conference').set(columns).where('tenant_id', '=', tenant_id).where('id', '=', id).execute();
}

export async function conferencesByEvent(db: Queries, tenantId: string, mailbox: MailboxRef, eventIds: readonly string[]): Promise<Conference[]> {
  if (eventIds.length === 0) return [];
  const rows = await db
    .selectFrom('conference').selectAll()
    .where('tenant_id', '=', tenantId)
    .where('mailbox_instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id).where('event_id', 'in', eventIds)
    .execute();
  return rows.map(fromRow);
}

/** The bound conferences of one mailbox that are scheduled or live and take place, at least in part, within [from, to). Only what a sweep asks: a mailbox may have thousands. */
export async function livingInMailbox(
  db: Queries, tenantId: string, mailbox: MailboxRef, within: { from: number; to: number },
): Promise<{ eventId: string; seenAt: number | null; isSeries: boolean }[]> {
  const rows = await db
    .selectFrom('conference').select(['event_id', 'seen_at', 'is_series'])
    .where('tenant_id', '=', tenantId)
    .where('mailbox_instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id)
    .where('state', 'in', ['scheduled', 'live'])
    .where('starts_at', '<', new Date(within.to))
    .where((each) => each.or([each('closes_at', 'is', null), each('closes_at', '>', new Date(within.from))]))
    .execute();
  return rows.flatMap((row) => (row.event_id === null ? [] : [{ eventId: row.event_id, seenAt: ms(row.seen_at), isSeries: row.is_series }]));
}

/** The newest conference that was bound to this meeting; rooms that stand for themselves are not. */
export async function latestOfSeries(db: Queries, tenantId: string, mailbox: MailboxRef, seriesKey: string): Promise<Conference | null> {
  const row = await db
    .selectFrom('conference').selectAll()
    .where('tenant_id', '=', tenantId).where('mailbox_instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id)
    .where('series_key', '=', seriesKey).where('is_standing', '=', false)
    .orderBy('created_at', 'desc').limit(1).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Is there a conference in this mailbox that its calendar can still change: waiting to be sent, to come, restorable, or over for less than `revivableMs`? `now` epoch ms. */
export async function wantsMailbox(db: Queries, tenantId: string, mailbox: MailboxRef, now: number, revivableMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('conference').select('id')
    .where('tenant_id', '=', tenantId).where('mailbox_instance', '=', mailbox.instance).where('mailbox_id', '=', mailbox.id)
    .where((each) => each.or([
      each('state', 'in', ['held', 'scheduled', 'live']),
      each.and([each('state', '=', 'cancelled'), each('restorable_until', '>', new Date(now))]),
      each.and([each('state', 'in', ['expired', 'ended']), each('state_since', '>', new Date(now - revivableMs))]),
    ]))
    .limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Conferences that this bridge serves, with a row of theirs that fits; those of the release before have no rows, only their own columns. */
function servedBy(db: Queries, tenantId: string, instance: string, isMeant: RawBuilder<boolean>) {
  const ofThis = sql`from conference_bridge serving where serving.tenant_id = conference.tenant_id and serving.conference_id = conference.id`;
  return db
    .selectFrom('conference').selectAll().where('tenant_id', '=', tenantId)
    .where((each) => each.or([
      sql<boolean>`exists (select 1 ${ofThis} and serving.instance = ${instance} and ${isMeant})`,
      each.and([each('bridge_instance', '=', instance), sql<boolean>`not exists (select 1 ${ofThis})`]),
    ]));
}

export async function conferencesByRoom(db: Queries, tenantId: string, bridgeInstance: string, rooms: readonly string[]): Promise<Conference[]> {
  if (rooms.length === 0) return [];
  const rows = await servedBy(db, tenantId, bridgeInstance, sql<boolean>`true`).where('room', 'in', rooms).execute();
  return rows.map(fromRow);
}

/** Conferences that want something of a bridge that it has not done yet. */
export async function awaitingBridge(db: Queries, tenantId: string, bridgeInstance: string): Promise<Conference[]> {
  const rows = await servedBy(db, tenantId, bridgeInstance, sql<boolean>`serving.state in ('pending', 'closing')`).where('bridge_state', 'in', ['pending', 'closing']).execute();
  return rows.map(fromRow);
}

/** Conferences that we believe somebody is in. */
export async function occupiedOn(db: Queries, tenantId: string, bridgeInstance: string): Promise<Conference[]> {
  const rows = await servedBy(db, tenantId, bridgeInstance, sql<boolean>`serving.members > 0`).where('members', '>', 0).execute();
  return rows.map(fromRow);
}

/** A person's conferences as owner or booker; one that overruns is still upcoming while somebody is in it. Upcoming ones soonest first, past ones latest first. `now` epoch ms. */
export async function conferencesOf(
  db: Queries, tenantId: string, personId: string, when: 'upcoming' | 'past', now: number, limit: number,
): Promise<Conference[]> {
  const isPast = when === 'past';
  const rows = await db
    .selectFrom('conference').selectAll()
    .where('tenant_id', '=', tenantId)
    .where((each) => each.or([each('owner_id', '=', personId), each('booker_id', '=', personId)]))
    .where('state', 'in', isPast ? ['ended', 'cancelled', 'scheduled'] : ['held', 'scheduled', 'live'])
    .where((each) =>
      isPast
        ? each.or([each('state', 'in', ['ended', 'cancelled']), each('closes_at', '<=', new Date(now))])
        : each.or([each('state', '=', 'live'), each('closes_at', 'is', null), each('closes_at', '>', new Date(now))]),
    )
    .orderBy('starts_at', isPast ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** Takes the code when nobody has it, or whoever had it has rested long enough. False when it is taken. */
export async function reserveCode(
  tx: Queries, tenantId: string, code: string, conferenceId: string, role: ConferenceRole, reservedUntil: number, now: number,
): Promise<boolean> {
  const row = { conference_id: conferenceId, role, reserved_until: new Date(reservedUntil) };
  const taken = await tx
    .insertInto('conference_code').values({ tenant_id: tenantId, code, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doUpdateSet(row).where('conference_code.reserved_until', '<', new Date(now)))
    .executeTakeFirst();
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Codes rest from the end of their conference on. */
export async function keepCodes(tx: Queries, tenantId: string, conferenceId: string, reservedUntil: number): Promise<void> {
  await tx
    .updateTable('conference_code').set({ reserved_until: new Date(reservedUntil) })
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).execute();
}

/** Codes of a conference that never came to be. */
export async function dropCodes(tx: Queries, tenantId: string, conferenceId: string): Promise<void> {
  await tx.deleteFrom('conference_code').where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).execute();
}

/** A code that was given up: it lets nobody in any more, and rests like every other before it is given out again. */
export async function retireCode(tx: Queries, tenantId: string, code: string): Promise<void> {
  await tx.updateTable('conference_code').set({ role: retired }).where('tenant_id', '=', tenantId).where('code', '=', code).execute();
}

const retired = 'retired';

export async function findCode(db: Queries, tenantId: string, code: string): Promise<{ conferenceId: string; role: ConferenceRole } | null> {
  const row = await db
    .selectFrom('conference_code').select(['conference_id', 'role'])
    .where('tenant_id', '=', tenantId).where('code', '=', code).where('role', '!=', retired).executeTakeFirst();
  return row ? { conferenceId: row.conference_id, role: row.role as ConferenceRole } : null;
}

/** When the door is open; of a standing room, for all events that carry it. */
export async function windowsOf(db: Queries, tenantId: string, conferenceId: string): Promise<ConferenceWindow[]> {
  const rows = await db
    .selectFrom('conference_window').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('starts_at').execute();
  const standing = await db
    .selectFrom('standing_window').select(['original_start', 'starts_at', 'ends_at'])
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('starts_at').execute();
  return [...rows, ...standing].map((row) => ({ originalStart: row.original_start.getTime(), startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime() }));
}

/** Replaces the windows whose start lies in [from, to); all of them when no bounds are given. */
export async function replaceWindows(
  tx: Queries, tenantId: string, conferenceId: string, windows: readonly ConferenceWindow[], within?: { from: number; to: number },
): Promise<void> {
  let old = tx.deleteFrom('conference_window').where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId);
  if (within) old = old.where('starts_at', '>=', new Date(within.from)).where('starts_at', '<', new Date(within.to));
  await old.execute();
  if (windows.length === 0) return;
  await tx
    .insertInto('conference_window')
    .values(windows.map((each) => ({
      tenant_id: tenantId, conference_id: conferenceId,
      original_start: new Date(each.originalStart), starts_at: new Date(each.startsAt), ends_at: new Date(each.endsAt),
    })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'original_start']).doUpdateSet((row) => ({
      starts_at: row.ref('excluded.starts_at'), ends_at: row.ref('excluded.ends_at'),
    })))
    .execute();
}

export interface HistoryLine {
  at: number;
  from: ConferenceState | null;
  to: ConferenceState;
  why: Why;
  detail: string | null;
}

export async function addHistory(tx: Queries, conference: Conference, line: HistoryLine): Promise<void> {
  await tx
    .insertInto('conference_history')
    .values({
      tenant_id: conference.tenantId, conference_id: conference.id, seq: conference.version,
      at: new Date(line.at), from_state: line.from, to_state: line.to, why: line.why, detail: line.detail,
    })
    .execute();
}

export async function historyOf(db: Queries, tenantId: string, conferenceId: string): Promise<HistoryLine[]> {
  const rows = await db
    .selectFrom('conference_history').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('seq').execute();
  return rows.map((row) => ({
    at: row.at.getTime(), from: row.from_state as ConferenceState | null, to: row.to_state as ConferenceState, why: row.why as Why, detail: row.detail,
  }));
}
