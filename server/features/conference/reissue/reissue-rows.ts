import { sql, type Selectable } from 'kysely';
import type { ReissueInviteState, ReissueReason } from '../../../../contract/conference/reissue.ts';
import type { BodyFormat } from '../../../../invitation/index.ts';
import type { Queries } from '../../../store/schema.ts';
import type { ReissueTables } from '../../../store/tables/reissue.ts';
import type { Invite, Phase, Run } from './reissue.ts';

/** Every query on reissues. Instants go in and out as epoch ms. */

function runFromRow(row: Selectable<ReissueTables['reissue_run']>): Run {
  return {
    tenantId: row.tenant_id, id: row.id, bridge: row.bridge, toBridge: row.to_bridge, phase: row.phase as Phase, state: row.state as Run['state'], eventsPerMinute: row.events_per_minute,
    nextAt: row.next_at.getTime(), madeAt: row.made_at.getTime(), madeBy: row.made_by, undoUntil: row.undo_until?.getTime() ?? null,
  };
}

function inviteFromRow(row: Selectable<ReissueTables['reissue_invite']>): Invite {
  return {
    tenantId: row.tenant_id, runId: row.run_id, conferenceId: row.conference_id, eventId: row.event_id,
    mailbox: row.mailbox_instance !== null && row.mailbox_id !== null ? { instance: row.mailbox_instance, id: row.mailbox_id } : null,
    state: row.state as ReissueInviteState, reason: row.reason as ReissueReason | null, people: row.people, attempts: row.attempts, dueAt: row.due_at.getTime(),
    version: row.version, format: row.format as BodyFormat | null, before: row.before_block, after: row.after_block,
  };
}

export async function findRun(db: Queries, tenantId: string, id: string): Promise<Run | null> {
  const row = await db.selectFrom('reissue_run').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  return row ? runFromRow(row) : null;
}

/** Under its lock, for a change. */
export async function lockRun(tx: Queries, tenantId: string, id: string): Promise<Run | null> {
  const row = await tx.selectFrom('reissue_run').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? runFromRow(row) : null;
}

/** How many a list shows. */
const listed = 50;

export async function newestRuns(db: Queries, tenantId: string): Promise<Run[]> {
  const rows = await db.selectFrom('reissue_run').selectAll().where('tenant_id', '=', tenantId).orderBy('made_at', 'desc').orderBy('id').limit(listed).execute();
  return rows.map(runFromRow);
}

/** The one that is at work. */
export async function runningRun(db: Queries, tenantId: string): Promise<Run | null> {
  const row = await db.selectFrom('reissue_run').selectAll().where('tenant_id', '=', tenantId).where('state', '=', 'running').executeTakeFirst();
  return row ? runFromRow(row) : null;
}

/** False when its id is used, or another one is at work. */
export async function insertRun(tx: Queries, run: Run): Promise<boolean> {
  const inserted = await tx
    .insertInto('reissue_run')
    .values({
      tenant_id: run.tenantId, id: run.id, bridge: run.bridge, to_bridge: run.toBridge, phase: run.phase, state: run.state, events_per_minute: run.eventsPerMinute,
      next_at: new Date(run.nextAt), made_at: new Date(run.madeAt), made_by: run.madeBy, undo_until: null,
    })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function saveRun(tx: Queries, run: Run): Promise<void> {
  await tx
    .updateTable('reissue_run')
    .set({ phase: run.phase, state: run.state, events_per_minute: run.eventsPerMinute, next_at: new Date(run.nextAt), undo_until: run.undoUntil === null ? null : new Date(run.undoUntil) })
    .where('tenant_id', '=', run.tenantId).where('id', '=', run.id).execute();
}

/** Every invite of a conference that is still to come: the event that it is bound to, and each event that carries a standing room. `now` epoch ms. */
export async function collectInvites(tx: Queries, { tenantId, id, bridge }: Run, now: number): Promise<void> {
  const at = new Date(now);
  const onBridge = bridge === null ? sql`true` : sql`conference.bridge_instance = ${bridge}`;
  const living = sql`conference.tenant_id = ${tenantId} and conference.state in ('scheduled', 'live') and ${onBridge}`;
  const columns = sql`(tenant_id, run_id, conference_id, event_id, mailbox_instance, mailbox_id, starts_at, state, reason, people, attempts, due_at)`;
  await sql`
    insert into reissue_invite ${columns}
    select tenant_id, ${id}::text, id, coalesce(event_id, ''), mailbox_instance, mailbox_id, coalesce(starts_at, ${at}::timestamptz),
      case when event_id is null or mailbox_id is null then 'left' else 'look' end, case when event_id is null or mailbox_id is null then 'no-event' end, 0, 0, ${at}::timestamptz
    from conference where ${living} and not is_standing and (closes_at is null or closes_at > ${at})`.execute(tx);
  await sql`
    insert into reissue_invite ${columns}
    select conference.tenant_id, ${id}::text, conference.id, opening.source, conference.mailbox_instance, conference.mailbox_id, min(opening.starts_at), 'look', null, 0, 0, ${at}::timestamptz
    from conference join standing_window opening on opening.tenant_id = conference.tenant_id and opening.conference_id = conference.id
    where ${living} and conference.is_standing and conference.mailbox_id is not null and opening.confirm_by is null and opening.ends_at > ${at}
    group by conference.tenant_id, conference.id, opening.source, conference.mailbox_instance, conference.mailbox_id`.execute(tx);
}

/** Conferences that are still to come, by the bridge that they are on. `now` epoch ms. */
export async function conferencesByBridge(db: Queries, tenantId: string, now: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('conference').select(({ fn }) => ['bridge_instance', fn.countAll<string>().as('count')])
    .where('tenant_id', '=', tenantId).where('state', 'in', ['scheduled', 'live']).where((each) => each.or([each('closes_at', 'is', null), each('closes_at', '>', new Date(now))]))
    .groupBy('bridge_instance').orderBy('bridge_instance').execute();
  return new Map(rows.map(({ bridge_instance: instance, count }) => [instance, Number(count)]));
}

/** What is still to be done in a phase. Undo takes up what a write left in doubt, too. */
function awaiting(db: Queries, { tenantId, id, phase }: Run) {
  const of = db.selectFrom('reissue_invite').where('tenant_id', '=', tenantId).where('run_id', '=', id);
  if (phase === 'preview') return of.where('state', '=', 'look');
  if (phase === 'write') return of.where('state', 'in', ['due', 'writing']);
  return of.where('before_block', 'is not', null).where('state', 'not in', ['undone', 'kept']);
}

/** The soonest meetings first. */
export async function nextInvites(db: Queries, run: Run, now: number, limit: number): Promise<Invite[]> {
  const rows = await awaiting(db, run).selectAll().where('due_at', '<=', new Date(now)).orderBy('starts_at').orderBy('conference_id').orderBy('event_id').limit(limit).execute();
  return rows.map(inviteFromRow);
}

/** When the next of those that were put off is due; null when nothing is left to do. */
export async function nextInviteAt(db: Queries, run: Run): Promise<number | null> {
  const row = await awaiting(db, run).select(({ fn }) => fn.min('due_at').as('at')).executeTakeFirst();
  return row?.at ? new Date(row.at).getTime() : null;
}

export async function findInvite(db: Queries, { tenantId, runId, conferenceId, eventId }: Pick<Invite, 'tenantId' | 'runId' | 'conferenceId' | 'eventId'>): Promise<Invite | null> {
  const row = await db
    .selectFrom('reissue_invite').selectAll()
    .where('tenant_id', '=', tenantId).where('run_id', '=', runId).where('conference_id', '=', conferenceId).where('event_id', '=', eventId).executeTakeFirst();
  return row ? inviteFromRow(row) : null;
}

/** Puts `next` in the place of `before`; false when it does not stand like that any more: somebody else was at it. */
export async function swapInvite(tx: Queries, before: Invite, next: Invite): Promise<boolean> {
  const { state, reason, people, attempts, dueAt, version, format, before: former, after } = next;
  const swapped = await tx
    .updateTable('reissue_invite')
    .set({ state, reason, people, attempts, due_at: new Date(dueAt), version, format, before_block: former, after_block: after })
    .where('tenant_id', '=', before.tenantId).where('run_id', '=', before.runId).where('conference_id', '=', before.conferenceId).where('event_id', '=', before.eventId)
    .where('state', '=', before.state).where('version', 'is not distinct from', before.version).executeTakeFirst();
  return swapped.numUpdatedRows > 0n;
}

/** Failures of the phase before do not count in the next. */
export async function makeDue(tx: Queries, { tenantId, id }: Run, now: number): Promise<void> {
  await tx.updateTable('reissue_invite').set({ attempts: 0, due_at: new Date(now) }).where('tenant_id', '=', tenantId).where('run_id', '=', id).execute();
}

export async function invitesOf(db: Queries, { tenantId, id }: Run, { state, skip, limit }: { state?: ReissueInviteState | undefined; skip: number; limit: number }): Promise<Invite[]> {
  let query = db.selectFrom('reissue_invite').selectAll().where('tenant_id', '=', tenantId).where('run_id', '=', id);
  if (state !== undefined) query = query.where('state', '=', state);
  const rows = await query.orderBy('starts_at').orderBy('conference_id').orderBy('event_id').offset(skip).limit(limit).execute();
  return rows.map(inviteFromRow);
}

/** Invites and people by state and reason. */
export async function sumsOf(db: Queries, { tenantId, id }: Run): Promise<{ state: string; reason: string | null; invites: number; people: number }[]> {
  const rows = await db
    .selectFrom('reissue_invite').select(({ fn }) => ['state', 'reason', fn.countAll<string>().as('invites'), fn.sum<string>('people').as('people')])
    .where('tenant_id', '=', tenantId).where('run_id', '=', id).groupBy(['state', 'reason']).orderBy('state').orderBy('reason').execute();
  return rows.map(({ state, reason, invites, people }) => ({ state, reason, invites: Number(invites), people: Number(people) }));
}

/** The former blocks go; what was done stays in the list. */
export async function forgetBlocks(tx: Queries, { tenantId, id }: Run): Promise<void> {
  await tx.updateTable('reissue_invite').set({ before_block: null, after_block: null, format: null, version: null }).where('tenant_id', '=', tenantId).where('run_id', '=', id).execute();
}
