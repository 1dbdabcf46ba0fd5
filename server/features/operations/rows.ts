import { sql } from 'kysely';
import type { ConnectorStatus } from '../../ports/connector.ts';
import type { Queries } from '../../store/schema.ts';
import type { KeptLine } from './log-keeper.ts';

/** Queries of operations. Instants epoch ms, UTC. */

const minute = 60_000;

export async function insertLines(tx: Queries, tenantId: string, lines: readonly KeptLine[]): Promise<void> {
  await tx
    .insertInto('log_line')
    .values(lines.map(({ at, level, instance, message, fields }) => ({ tenant_id: tenantId, at: new Date(at), level, instance, message: message.replaceAll('\0', ''), fields: JSON.stringify(fields).replaceAll('\\u0000', '') })))
    .execute();
  const bytes = new Map<number, number>();
  for (const line of lines) bytes.set(line.at - (line.at % minute), (bytes.get(line.at - (line.at % minute)) ?? 0) + line.bytes);
  await tx
    .insertInto('log_minute')
    // In one order, so that two processes never wait for each other.
    .values([...bytes].toSorted(([a], [b]) => a - b).map(([at, count]) => ({ tenant_id: tenantId, minute: new Date(at), bytes: count })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'minute']).doUpdateSet({ bytes: sql<string>`log_minute.bytes + excluded.bytes` }))
    .execute();
}

export interface FoundLine extends Omit<KeptLine, 'bytes'> {
  seq: number;
}

export interface LogQuestion {
  after: number | null;
  before: number | null;
  level: KeptLine['level'];
  instance: string | null;
  limit: number;
}

const levels = { info: ['info', 'warn', 'error'], warn: ['warn', 'error'], error: ['error'] } as const;

/** The newest first; with `after` the first ones of those that came since. */
export async function linesOf(db: Queries, tenantId: string, { after, before, level, instance, limit }: LogQuestion): Promise<FoundLine[]> {
  const rows = await db
    .selectFrom('log_line').selectAll().where('tenant_id', '=', tenantId)
    .$if(level !== 'info', (query) => query.where('level', 'in', [...levels[level]]))
    .$if(after !== null, (query) => query.where('seq', '>', String(after)))
    .$if(before !== null, (query) => query.where('seq', '<', String(before)))
    .$if(instance !== null, (query) => query.where('instance', '=', instance))
    .orderBy('seq', after === null ? 'desc' : 'asc').limit(limit).execute();
  return (after === null ? rows : rows.toReversed()).map((row) => ({ seq: Number(row.seq), at: row.at.getTime(), level: row.level, instance: row.instance, message: row.message, fields: row.fields }));
}

/** How many bytes of log there are, and from when the oldest are. */
export async function logSize(db: Queries, tenantId: string): Promise<{ bytes: number; oldest: number | null }> {
  const row = await db.selectFrom('log_minute').select(({ fn }) => [fn.sum<string | null>('bytes').as('bytes'), fn.min('minute').as('oldest')]).where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
  return { bytes: Number(row.bytes ?? 0), oldest: row.oldest ? new Date(row.oldest).getTime() : null };
}

/** The first instant from which on all lines together have no more than so many bytes; null when all of them have not. */
export async function keepsFrom(db: Queries, tenantId: string, mostBytes: number): Promise<number | null> {
  const { rows } = await sql<{ minute: Date }>`
    select minute from (select minute, sum(bytes) over (order by minute desc) as since from log_minute where tenant_id = ${tenantId}) counted
    where since > ${mostBytes} order by minute desc limit 1`.execute(db);
  return rows[0] ? rows[0].minute.getTime() + minute : null;
}

export async function dropLinesBefore(tx: Queries, tenantId: string, instant: number): Promise<void> {
  await tx.deleteFrom('log_line').where('tenant_id', '=', tenantId).where('at', '<', new Date(instant)).execute();
  await tx.deleteFrom('log_minute').where('tenant_id', '=', tenantId).where('minute', '<', new Date(instant - (instant % minute))).execute();
}

export async function putTold(db: Queries, tenantId: string, status: ConnectorStatus, now: number): Promise<void> {
  const told = { status: JSON.stringify(status), told_at: new Date(now) };
  await db.insertInto('connector_told').values({ tenant_id: tenantId, instance: status.instance, ...told }).onConflict((conflict) => conflict.columns(['tenant_id', 'instance']).doUpdateSet(told)).execute();
}

export async function allTold(db: Queries, tenantId: string): Promise<Map<string, { status: ConnectorStatus; toldAt: number }>> {
  const rows = await db.selectFrom('connector_told').selectAll().where('tenant_id', '=', tenantId).execute();
  return new Map(rows.map((row) => [row.instance, { status: row.status as unknown as ConnectorStatus, toldAt: row.told_at.getTime() }]));
}

/** Work that failed the last time and waits, with the newest error, by its kind and the connector that its error names ("[pbx] …"). */
export async function failingWork(db: Queries, tenantId: string): Promise<{ kind: string; instance: string; waiting: number; error: string }[]> {
  const { rows } = await sql<{ kind: string; instance: string; waiting: string; error: string }>`
    select kind, substring(last_error from '[[]([a-z0-9-]+)[]]') as instance, count(*) as waiting, max(last_error) as error
    from work where tenant_id = ${tenantId} and last_error ~ '[[][a-z0-9-]+[]]' group by 1, 2 order by 1`.execute(db);
  return rows.map(({ waiting, ...row }) => ({ ...row, waiting: Number(waiting) }));
}

/** Names of people and addresses of mailboxes, by their ids; of what is not known, nothing. */
export async function namesOf(db: Queries, tenantId: string, { people, mailboxes }: { people: readonly string[]; mailboxes: readonly string[] }): Promise<Map<string, string>> {
  const [persons, links] = await Promise.all([
    people.length === 0 ? [] : db.selectFrom('person').select(['person_id as id', 'name as text']).where('tenant_id', '=', tenantId).where('person_id', 'in', [...people]).execute(),
    mailboxes.length === 0 ? [] : db.selectFrom('mailbox_link').select(['mailbox_id as id', 'address as text']).where('tenant_id', '=', tenantId).where('mailbox_id', 'in', [...mailboxes]).execute(),
  ]);
  return new Map([...persons, ...links].map(({ id, text }) => [id, text]));
}
