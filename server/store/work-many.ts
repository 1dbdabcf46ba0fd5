import { sql } from 'kysely';
import type { Queries } from './schema.ts';
import { hintAfterCommit } from './transaction.ts';
import { newestInOrder, type Claim, type WorkItem, type WorkPut } from './work.ts';

/** What became of one piece of claimed work: `at` null: done; else it comes again then (epoch ms), after a failure with its reason. */
export interface WorkOutcome {
  item: WorkItem;
  at: number | null;
  /** What it comes again with; null: with what it has. */
  payload: object | null;
  error: string | null;
}

const longestError = 500;

/**
 * The same as `workDone` and `retryWork` for many pieces of one owner, in one statement: what was put anew meanwhile is free to be claimed again, at its own instant. Rows are taken in the order
 * in which `putWork` takes them, so that the two never wait for each other in a ring.
 */
export async function finishMany(db: Queries, outcomes: readonly WorkOutcome[]): Promise<void> {
  const owner = outcomes[0]?.item.owner;
  if (owner === undefined) return;
  const given = outcomes.map(({ item, at, payload, error }) => ({ tenant_id: item.tenantId, kind: item.kind, key: item.key, revision: item.revision, at: at === null ? null : new Date(at), payload, error: error?.slice(0, longestError) ?? null }));
  const { rows } = await sql<{ due_at: Date | null }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(tenant_id text, kind text, key text, revision integer, at timestamptz, payload jsonb, error text)
    ), mine as materialized (
      select work.tenant_id, work.kind, work.key, work.revision = given.revision as is_same, given.at, given.payload, given.error
      from given join work on work.tenant_id = given.tenant_id and work.kind = given.kind and work.key = given.key and work.lease_owner = ${owner}
      order by work.tenant_id collate "C", work.kind collate "C", work.key collate "C" for update of work
    ), gone as (
      delete from work using mine where work.tenant_id = mine.tenant_id and work.kind = mine.kind and work.key = mine.key and mine.is_same and mine.at is null
    ), kept as (
      update work set claimed_revision = null, lease_until = null, lease_owner = null,
        due_at = case when mine.is_same then mine.at else work.due_at end,
        payload = case when mine.is_same then coalesce(mine.payload, work.payload) else work.payload end,
        attempt = case when mine.is_same and mine.error is null then 0 else work.attempt end,
        last_error = case when mine.is_same then mine.error else work.last_error end
      from mine where work.tenant_id = mine.tenant_id and work.kind = mine.kind and work.key = mine.key and not (mine.is_same and mine.at is null)
      returning work.due_at, mine.is_same
    )
    select min(due_at) as due_at from kept where not is_same`.execute(db);
  const dueAt = rows[0]?.due_at?.getTime();
  if (dueAt !== undefined) hintAfterCommit(db, { type: 'work', dueAt });
}

/** Keeps claimed work ours until then (epoch ms), as far as it still is. */
export async function extendMany(db: Queries, items: readonly WorkItem[], until: number): Promise<void> {
  const owner = items[0]?.owner;
  if (owner === undefined) return;
  const given = items.map(({ tenantId, kind, key }) => ({ tenant_id: tenantId, kind, key }));
  await sql`
    with mine as materialized (
      select work.tenant_id, work.kind, work.key
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(tenant_id text, kind text, key text)
      join work on work.tenant_id = g.tenant_id and work.kind = g.kind and work.key = g.key and work.lease_owner = ${owner}
      order by work.tenant_id collate "C", work.kind collate "C", work.key collate "C" for update of work
    )
    update work set lease_until = ${new Date(until)} from mine where work.tenant_id = mine.tenant_id and work.kind = mine.kind and work.key = mine.key`.execute(db);
}

/**
 * The same as `putWork`, for work that its putter does at once: put and claimed in one statement. Returns what is the owner's to do; what somebody is doing at this moment they do once more, as after any put.
 * If the owner dies, the lease runs out, as with everything that is claimed.
 */
export async function putClaimed(db: Queries, puts: readonly WorkPut[], { now, leaseMs, owner }: Pick<Claim, 'now' | 'leaseMs' | 'owner'>): Promise<WorkItem[]> {
  const ordered = newestInOrder(puts);
  if (ordered.length === 0) return [];
  const given = JSON.stringify(ordered.map(({ tenantId, kind, key, dueAt, payload = {} }) => ({ tenant_id: tenantId, kind, key, due_at: new Date(dueAt), payload })));
  const { rows } = await sql<{ tenant_id: string; kind: string; key: string; attempt: number; revision: number; is_ours: boolean }>`
    insert into work (tenant_id, kind, key, due_at, payload, attempt, claimed_revision, lease_until, lease_owner)
    select tenant_id, kind, key, due_at, payload, 1, 1, ${new Date(now + leaseMs)}, ${owner}
    from jsonb_to_recordset(${given}::jsonb) as put(tenant_id text, kind text, key text, due_at timestamptz, payload jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, revision = work.revision + 1, last_error = null,
      attempt = case when work.lease_owner is null then 1 else 0 end,
      claimed_revision = case when work.lease_owner is null then work.revision + 1 else work.claimed_revision end,
      lease_until = coalesce(work.lease_until, excluded.lease_until), lease_owner = coalesce(work.lease_owner, excluded.lease_owner)
    returning tenant_id, kind, key, attempt, revision, lease_owner = ${owner} and claimed_revision = revision as is_ours`.execute(db);
  const ours = new Map(rows.flatMap((row) => (row.is_ours ? [[`${row.tenant_id}\n${row.kind}\n${row.key}`, row] as const] : [])));
  return ordered.flatMap(({ tenantId, kind, key, dueAt, payload = {} }) => {
    const row = ours.get(`${tenantId}\n${kind}\n${key}`);
    return row ? [{ tenantId, kind, key, dueAt, payload, attempt: row.attempt, revision: row.revision, owner }] : [];
  });
}
