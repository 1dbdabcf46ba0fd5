import type { PresenceElsewhere } from '../../../ports/presence-reader.ts';
import type { Queries } from '../../../store/schema.ts';

/** Queries on what another system says of people whom no phone system knows. Instants epoch ms, UTC. */

export interface SeenElsewhere extends PresenceElsewhere {
  since: number;
}

/** Wanted until then, at least. True when that was news for one of them. */
export async function wantElsewhere(db: Queries, tenantId: string, personIds: readonly string[], until: number, unlessAfter: number): Promise<boolean> {
  if (personIds.length === 0) return false;
  const wanted = { wanted_until: new Date(until) };
  const written = await db
    .insertInto('availability_elsewhere').values(personIds.toSorted().map((personId) => ({ tenant_id: tenantId, person_id: personId, ...wanted })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(wanted).where('availability_elsewhere.wanted_until', '<', new Date(unlessAfter)))
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function elsewhereOf(db: Queries, tenantId: string, personIds: readonly string[], now: number): Promise<Map<string, SeenElsewhere>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.selectFrom('availability_elsewhere').select(['person_id', 'presence', 'since']).where('tenant_id', '=', tenantId).where('person_id', 'in', [...personIds]).where('wanted_until', '>', new Date(now)).execute();
  return new Map(rows.flatMap((row) => (row.presence && row.since ? [[row.person_id, { ...(row.presence as unknown as PresenceElsewhere), since: row.since.getTime() }]] : [])));
}

/** Whom somebody looked at lately, with what was known of them. */
export async function wantedElsewhere(db: Queries, tenantId: string, now: number): Promise<Map<string, PresenceElsewhere | null>> {
  const rows = await db.selectFrom('availability_elsewhere').select(['person_id', 'presence']).where('tenant_id', '=', tenantId).where('wanted_until', '>', new Date(now)).execute();
  return new Map(rows.map((row) => [row.person_id, row.presence as unknown as PresenceElsewhere | null]));
}

export async function putElsewhere(db: Queries, tenantId: string, personId: string, presence: PresenceElsewhere | null, now: number): Promise<void> {
  await db.updateTable('availability_elsewhere').set({ presence: presence === null ? null : JSON.stringify(presence), since: new Date(now) }).where('tenant_id', '=', tenantId).where('person_id', '=', personId).execute();
}

/** What nobody looks at any more is not kept. */
export async function dropElsewhere(db: Queries, tenantId: string, now: number): Promise<void> {
  await db.deleteFrom('availability_elsewhere').where('tenant_id', '=', tenantId).where('wanted_until', '<=', new Date(now)).execute();
}
