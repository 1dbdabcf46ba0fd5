import type { Queries } from '../../../store/schema.ts';

/** Queries on who waits for whom. Instants epoch ms, UTC. */

export interface Wait {
  waitedFor: string;
  /** As the one who waits wrote it, lower case. */
  address: string;
  /** Null while they are not free. */
  freeSince: number | null;
}

export async function putWait(db: Queries, tenantId: string, personId: string, { waitedFor, address }: Pick<Wait, 'waitedFor' | 'address'>, until: number): Promise<void> {
  const told = { address, until: new Date(until) };
  await db.insertInto('availability_when_free').values({ tenant_id: tenantId, person_id: personId, waited_for: waitedFor, ...told, free_since: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id', 'waited_for']).doUpdateSet(told)).execute();
}

export async function dropWait(db: Queries, tenantId: string, personId: string, waitedFor: string): Promise<void> {
  await db.deleteFrom('availability_when_free').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('waited_for', '=', waitedFor).execute();
}

/** Whom this person waits for. */
export async function waitsOf(db: Queries, tenantId: string, personId: string, now: number): Promise<Wait[]> {
  const rows = await db.selectFrom('availability_when_free').select(['waited_for', 'address', 'free_since']).where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('until', '>', new Date(now)).orderBy('waited_for').execute();
  return rows.map((row) => ({ waitedFor: row.waited_for, address: row.address, freeSince: row.free_since?.getTime() ?? null }));
}

/** Those of these people whom somebody waits for. */
export async function waitedForAmong(db: Queries, tenantId: string, personIds: readonly string[], now: number): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await db.selectFrom('availability_when_free').select('waited_for').distinct().where('tenant_id', '=', tenantId).where('waited_for', 'in', [...personIds]).where('until', '>', new Date(now)).execute();
  return rows.map((row) => row.waited_for);
}

/** They are free, or no longer. Returns those who wait for them and did not know. */
export async function putFree(db: Queries, tenantId: string, waitedFor: string, freeSince: number | null): Promise<string[]> {
  const rows = await db.updateTable('availability_when_free').set({ free_since: freeSince === null ? null : new Date(freeSince) })
    .where('tenant_id', '=', tenantId).where('waited_for', '=', waitedFor).where('free_since', freeSince === null ? 'is not' : 'is', null).returning('person_id').execute();
  return rows.map((row) => row.person_id);
}

export async function dropWaitsBefore(db: Queries, instant: number): Promise<void> {
  await db.deleteFrom('availability_when_free').where('until', '<', new Date(instant)).execute();
}
