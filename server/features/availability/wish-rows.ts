import type { Queries } from '../../store/schema.ts';

/** Queries on invites that are being written and carry a choice. Instants epoch ms, UTC. */

/** An invite that is not in the calendar after this long was thrown away, ms; whoever opens its window again says so anew. */
export const wishLivesMs = 7 * 24 * 60 * 60_000;

export async function putWish(db: Queries, tenantId: string, personId: string, key: string, now: number): Promise<void> {
  await db.insertInto('availability_wish').values({ tenant_id: tenantId, person_id: personId, key, asked_at: new Date(now) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id', 'key']).doUpdateSet({ asked_at: new Date(now) })).execute();
}

export async function dropWish(db: Queries, tenantId: string, personId: string, key: string): Promise<void> {
  await db.deleteFrom('availability_wish').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('key', '=', key).execute();
}

/** When the person last said that an invite is on its way with a choice; null when none is. */
export async function oldestWish(db: Queries, tenantId: string, personId: string, now: number): Promise<number | null> {
  const row = await db.selectFrom('availability_wish').select((each) => each.fn.min('asked_at').as('asked_at'))
    .where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('asked_at', '>', new Date(now - wishLivesMs)).executeTakeFirst();
  return row?.asked_at?.getTime() ?? null;
}

export async function hasWish(db: Queries, tenantId: string, personId: string, key: string): Promise<boolean> {
  const row = await db.selectFrom('availability_wish').select('key').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('key', '=', key).executeTakeFirst();
  return row !== undefined;
}

export async function dropWishesBefore(db: Queries, instant: number): Promise<void> {
  await db.deleteFrom('availability_wish').where('asked_at', '<', new Date(instant)).execute();
}
