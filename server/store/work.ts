/**
 * Things to do, at once or at an instant: the outbox and all timers. A row stands until its work is done, so a crash forgets nothing; it may be done twice,
 * so every handler is safe to repeat. All instants epoch ms, UTC.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { hintAfterCommit } from './transaction.ts';

export interface WorkKey {
  tenantId: string;
  kind: string;
  key: string;
}

export interface WorkPut extends WorkKey {
  /** Not before this. */
  dueAt: number;
  /** JSON. What the handler needs besides the key; the less the better, it should look at the present. */
  payload?: unknown;
  /** Work under this key that is due earlier keeps its instant. */
  unlessEarlier?: boolean;
}

export interface WorkItem extends WorkKey {
  dueAt: number;
  payload: unknown;
  /** 1 at the first try. */
  attempt: number;
  revision: number;
  owner: string;
}

type Queries = Kysely<Database>;

/**
 * Puts work, or replaces what stands under the same key: the newest put wins and begins with attempt 1.
 * When that key is just being worked on, it is worked on once more afterwards, at the new instant. Usable in a transaction.
 */
export async function putWork(db: Queries, ...puts: WorkPut[]): Promise<void> {
  const ordered = newestInOrder(puts);
  await insertAll(db, ordered.filter((put) => put.unlessEarlier), true);
  await insertAll(db, ordered.filter((put) => !put.unlessEarlier), false);
  if (ordered.length > 0) hintAfterCommit(db, { type: 'work', dueAt: Math.min(...ordered.map((put) => put.dueAt)) });
}

/** The last put of each key, always in the same order, so that two transactions that put the same keys cannot wait for each other. */
export function newestInOrder(puts: readonly WorkPut[]): WorkPut[] {
  const newest = new Map(puts.map((put) => [`${put.tenantId}\n${put.kind}\n${put.key}`, put]));
  return [...newest.keys()].toSorted().flatMap((key) => newest.get(key) ?? []);
}

async function insertAll(db: Queries, puts: readonly WorkPut[], unlessEarlier: boolean): Promise<void> {
  if (puts.length === 0) return;
  // What is being worked on has used up its instant: only what was put since then can be earlier.
  const dueAt = unlessEarlier
    ? sql`case when work.lease_owner is not null and work.revision = work.claimed_revision then excluded.due_at else least(work.due_at, excluded.due_at) end`
    : sql`excluded.due_at`;
  // One parameter, however many there are: five for each cost more than the rows.
  const rows = JSON.stringify(puts.map((put) => ({ tenant_id: put.tenantId, kind: put.kind, key: put.key, due_at: new Date(put.dueAt), payload: put.payload ?? {} })));
  await sql`
    insert into work (tenant_id, kind, key, due_at, payload)
    select tenant_id, kind, key, due_at, payload from jsonb_to_recordset(${rows}::jsonb) as put(tenant_id text, kind text, key text, due_at timestamptz, payload jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = ${dueAt}, payload = excluded.payload, attempt = 0, revision = work.revision + 1, last_error = null`.execute(db);
}

/** Takes work back that has not begun; what is being done at this moment is done to the end. */
export async function dropWork(db: Queries, { tenantId, kind, key }: WorkKey): Promise<void> {
  await db.deleteFrom('work').where('tenant_id', '=', tenantId).where('kind', '=', kind).where('key', '=', key).execute();
}

/**
 * What comes again every `periodMs` cannot lie further ahead than that, unless the clock was set back since it was put. Such work is brought within the period, spread over it as it was;
 * what is being worked on stays. Epoch ms.
 */
export async function bringForward(db: Queries, { tenantId, kind, now, periodMs }: { tenantId: string; kind: string; now: number; periodMs: number }): Promise<void> {
  const within = sql<Date>`${new Date(now)}::timestamptz + make_interval(secs => mod(extract(epoch from work.due_at - ${new Date(now)}::timestamptz), ${periodMs / 1_000}::numeric)::float8)`;
  await db
    .updateTable('work')
    .set({ due_at: within })
    .where('tenant_id', '=', tenantId).where('kind', '=', kind).where('due_at', '>', new Date(now + periodMs)).where('lease_owner', 'is', null)
    .execute();
  hintAfterCommit(db, { type: 'work', dueAt: now });
}

export interface Claim {
  now: number;
  limit: number;
  /** How long the work is ours alone unless we say otherwise. */
  leaseMs: number;
  /** Random, one per life of a worker: a dead worker's leases run out and go to others, a living one never takes its own twice. */
  owner: string;
  kinds: readonly string[];
}

/** Takes due work, the longest due first, that nobody else holds; unfinished work of the dead included. */
export async function claimWork(db: Queries, { now, limit, leaseMs, owner, kinds }: Claim): Promise<WorkItem[]> {
  if (kinds.length === 0 || limit < 1) return [];
  // Two looks, each along its index, and then straight to the rows: with 100,000 rows waiting, one condition for both reads and sorts all that are due. A row that somebody else changed in this very moment has moved: the next look finds it.
  const { rows } = await sql<{ tenant_id: string; kind: string; key: string; due_at: Date; payload: unknown; attempt: number; claimed_revision: number }>`
    with orphaned as materialized (
      select ctid from work where kind = any(${[...kinds]}) and lease_until <= ${new Date(now)} and lease_owner <> ${owner} order by lease_until limit ${limit} for update skip locked
    ), due as materialized (
      select ctid from work where kind = any(${[...kinds]}) and lease_until is null and due_at <= ${new Date(now)} order by due_at limit ${limit} for update skip locked
    )
    update work set lease_until = ${new Date(now + leaseMs)}, lease_owner = ${owner}, attempt = work.attempt + 1,
      claimed_revision = case when work.lease_owner is null then work.revision else work.claimed_revision end
    where work.ctid = any(array(select ctid from orphaned union all select ctid from due limit ${limit}))
    returning work.tenant_id, work.kind, work.key, work.due_at, work.payload, work.attempt, work.claimed_revision`.execute(db);
  return rows
    .map((row) => ({ tenantId: row.tenant_id, kind: row.kind, key: row.key, dueAt: row.due_at.getTime(), payload: row.payload, attempt: row.attempt, revision: row.claimed_revision, owner }))
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

/**
 * Says that claimed work is done: its row goes, unless it was put anew meanwhile: then it is free to be claimed again.
 * False when the work was not ours any more (the lease ran out, or it was dropped). Usable in the transaction of the work's own effect.
 */
export async function workDone(db: Queries, item: WorkItem): Promise<boolean> {
  const gone = await db.deleteFrom('work').where(ours(item)).where('revision', '=', item.revision).executeTakeFirst();
  if (gone.numDeletedRows > 0n) return true;
  return release(db, item);
}

/** Gives claimed work back, to be tried again at `at`, or for another round that begins with attempt 1 when there was no error, and with `payload` if one is given. What was put anew meanwhile keeps its own instant. */
export async function retryWork(db: Queries, item: WorkItem, at: number, error: string | null, payload?: object): Promise<boolean> {
  const later = await db
    .updateTable('work')
    .where(ours(item))
    .where('revision', '=', item.revision)
    .set({ due_at: new Date(at), claimed_revision: null, lease_until: null, lease_owner: null, ...(payload && { payload: JSON.stringify(payload) }), ...(error === null ? { attempt: 0, last_error: null } : { last_error: error.slice(0, 500) }) })
    .executeTakeFirst();
  if (later.numUpdatedRows > 0n) return true;
  return release(db, item);
}

/** Keeps claimed work ours until `until`. False when it is not any more. */
export async function extendLease(db: Queries, item: WorkItem, until: number): Promise<boolean> {
  const result = await db.updateTable('work').where(ours(item)).set({ lease_until: new Date(until) }).executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function release(db: Queries, item: WorkItem): Promise<boolean> {
  const result = await db
    .updateTable('work')
    .where(ours(item))
    .set({ claimed_revision: null, lease_until: null, lease_owner: null })
    .returning('due_at')
    .executeTakeFirst();
  if (!result) return false;
  hintAfterCommit(db, { type: 'work', dueAt: result.due_at.getTime() });
  return true;
}

/** The row of this item, while it is ours. */
function ours(item: WorkItem) {
  return sql<boolean>`work.tenant_id = ${item.tenantId} and work.kind = ${item.kind} and work.key = ${item.key} and work.lease_owner = ${item.owner}`;
}

/** When the next claim can have a result, epoch ms; null when there is nothing to wait for. Leases of `owner` are not waited for. */
export async function nextDue(db: Queries, { kinds, owner }: { kinds: readonly string[]; owner: string }): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select due_at from work where lease_until is null and kind = any(${[...kinds]}) order by due_at limit 1),
      (select lease_until from work where lease_until is not null and lease_owner <> ${owner} and kind = any(${[...kinds]}) order by lease_until limit 1)
    ) as at`.execute(db);
  return rows[0]?.at?.getTime() ?? null;
}
