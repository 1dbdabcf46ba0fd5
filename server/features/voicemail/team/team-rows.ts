import { sql } from 'kysely';
import type { BoxAccess } from '../../../../contract/voicemail/team.ts';
import type { Queries } from '../../../store/schema.ts';
import type { Pair } from '../rules/pair.ts';
import { pairFrom } from '../shape-rows.ts';

/** Queries on shared boxes. Instants epoch ms, UTC. */

export interface Taken { personId: string; at: number; doneAt: number | null }

/** Messages of boxes that somebody shares, newest first. Those of a former owner of the box are nobody's to see. */
export async function sharedPairs(db: Queries, tenantId: string, personId: string, { id, limit }: { id?: string; limit: number }): Promise<{ pair: Pair; access: BoxAccess; boxName: string }[]> {
  const query = db.selectFrom('voicemail_pair')
    .innerJoin('voicemail_box', (join) => join.onRef('voicemail_box.tenant_id', '=', 'voicemail_pair.tenant_id').onRef('voicemail_box.instance', '=', 'voicemail_pair.instance').onRef('voicemail_box.box', '=', 'voicemail_pair.box').onRef('voicemail_box.person_id', '=', 'voicemail_pair.person_id'))
    .innerJoin('voicemail_member', (join) => join.onRef('voicemail_member.tenant_id', '=', 'voicemail_pair.tenant_id').onRef('voicemail_member.instance', '=', 'voicemail_pair.instance').onRef('voicemail_member.box', '=', 'voicemail_pair.box'))
    .selectAll('voicemail_pair').select(['voicemail_member.access', 'voicemail_box.name as box_name'])
    .where('voicemail_pair.tenant_id', '=', tenantId).where('voicemail_member.person_id', '=', personId);
  const rows = await (id === undefined ? query : query.where('voicemail_pair.id', '=', id)).orderBy('voicemail_pair.left_at', 'desc').orderBy('voicemail_pair.id').limit(limit).execute();
  return rows.map(({ access, box_name: boxName, ...row }) => ({ pair: pairFrom(row), access: access as BoxAccess, boxName }));
}

export async function isShared(db: Queries, { tenantId, instance, box }: Pick<Pair, 'tenantId' | 'instance' | 'box'>): Promise<boolean> {
  return (await db.selectFrom('voicemail_member').select('person_id').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).limit(1).execute()).length > 0;
}

export async function takenOf(db: Queries, tenantId: string, pairId: string): Promise<Taken | null> {
  return (await takenAmong(db, tenantId, [pairId])).get(pairId) ?? null;
}

/** By message; those that nobody has are missing. */
export async function takenAmong(db: Queries, tenantId: string, pairIds: readonly string[]): Promise<Map<string, Taken>> {
  if (pairIds.length === 0) return new Map();
  const rows = await db.selectFrom('voicemail_taken').select(['pair_id', 'person_id', 'at', 'done_at']).where('tenant_id', '=', tenantId).where('pair_id', 'in', [...pairIds]).execute();
  return new Map(rows.map((row) => [row.pair_id, { personId: row.person_id, at: row.at.getTime(), doneAt: row.done_at?.getTime() ?? null }]));
}

/** Takes it from whoever was seen to have it; false when somebody was faster. */
export async function takePair(tx: Queries, tenantId: string, pairId: string, { from, personId, now }: { from: string | null; personId: string; now: number }): Promise<boolean> {
  const taken = { person_id: personId, at: new Date(now), done_at: null };
  if (from === null) {
    const made = await tx.insertInto('voicemail_taken').values({ tenant_id: tenantId, pair_id: pairId, ...taken }).onConflict((known) => known.columns(['tenant_id', 'pair_id']).doNothing()).executeTakeFirst();
    return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const changed = await tx.updateTable('voicemail_taken').set(taken).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).where('person_id', '=', from).executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** False when somebody else has it. */
export async function putDone(tx: Queries, tenantId: string, pairId: string, personId: string, doneAt: number | null): Promise<boolean> {
  const changed = await tx.updateTable('voicemail_taken').set({ done_at: doneAt === null ? null : new Date(doneAt) }).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).where('person_id', '=', personId).executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** The first time counts; true when it was. */
export async function notePlayed(db: Queries, tenantId: string, pairId: string, personId: string, now: number): Promise<boolean> {
  const made = await db.insertInto('voicemail_played').values({ tenant_id: tenantId, pair_id: pairId, person_id: personId, at: new Date(now) }).onConflict((known) => known.doNothing()).executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** By message, in the order in which they first did. */
export async function playedAmong(db: Queries, tenantId: string, pairIds: readonly string[]): Promise<Map<string, { personId: string; at: number }[]>> {
  const played = new Map<string, { personId: string; at: number }[]>();
  if (pairIds.length === 0) return played;
  const rows = await db.selectFrom('voicemail_played').select(['pair_id', 'person_id', 'at']).where('tenant_id', '=', tenantId).where('pair_id', 'in', [...pairIds]).orderBy('at').orderBy('person_id').execute();
  for (const row of rows) {
    const some = played.get(row.pair_id) ?? [];
    played.set(row.pair_id, some);
    some.push({ personId: row.person_id, at: row.at.getTime() });
  }
  return played;
}

export async function membersOf(db: Queries, tenantId: string, instance: string, box: string): Promise<{ personId: string; access: BoxAccess }[]> {
  const rows = await db.selectFrom('voicemail_member').select(['person_id', 'access']).where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).orderBy('person_id').execute();
  return rows.map((row) => ({ personId: row.person_id, access: row.access as BoxAccess }));
}

/** All of them at once. False when there is no such box. */
export async function putMembers(tx: Queries, tenantId: string, instance: string, box: string, members: readonly { personId: string; access: BoxAccess }[]): Promise<boolean> {
  const isThere = await tx.selectFrom('voicemail_box').select(sql<number>`1`.as('one')).where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).forUpdate().executeTakeFirst();
  if (!isThere) return false;
  await tx.deleteFrom('voicemail_member').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).execute();
  if (members.length > 0) await tx.insertInto('voicemail_member').values(members.map(({ personId, access }) => ({ tenant_id: tenantId, instance, box, person_id: personId, access }))).execute();
  return true;
}
