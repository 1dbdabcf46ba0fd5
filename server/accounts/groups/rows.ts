import { randomUUID } from 'node:crypto';
import type { Queries } from '../../store/schema.ts';

/** Queries on groups and who is in them. Instants epoch ms, UTC. */

export interface Group {
  id: string;
  name: string;
  claim: string | null;
  rank: number;
  members: number;
}

export interface Member {
  personId: string;
  name: string;
  address: string;
  source: 'administrator' | 'token';
}

/** All groups, the one that counts most first. */
export async function allGroups(db: Queries, tenantId: string): Promise<Group[]> {
  const rows = await db
    .selectFrom('person_group').selectAll('person_group')
    .select((each) => each.selectFrom('person_group_member')
      .select(({ fn }) => fn.count<string>('person_group_member.person_id').distinct().as('members'))
      .whereRef('person_group_member.tenant_id', '=', 'person_group.tenant_id').whereRef('person_group_member.group_id', '=', 'person_group.group_id').as('members'))
    .where('tenant_id', '=', tenantId).orderBy('rank').orderBy('name').execute();
  return rows.map((row) => ({ id: row.group_id, name: row.name, claim: row.claim, rank: row.rank, members: Number(row.members ?? 0) }));
}

/** Names of the person's groups, the one that counts most first. */
export async function groupsOf(db: Queries, tenantId: string, personId: string): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom('person_group').select(['group_id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('group_id', 'in', db.selectFrom('person_group_member').select('group_id').where('tenant_id', '=', tenantId).where('person_id', '=', personId))
    .orderBy('rank').orderBy('name').execute();
  return rows.map((row) => ({ id: row.group_id, name: row.name }));
}

/** False when name or claim is another group's. */
export async function insertGroup(db: Queries, tenantId: string, { name, claim, rank }: Pick<Group, 'name' | 'claim' | 'rank'>, now: number): Promise<string | null> {
  const id = randomUUID();
  const made = await db
    .insertInto('person_group').values({ tenant_id: tenantId, group_id: id, name, claim, rank, created_at: new Date(now) })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n ? id : null;
}

/** Another group that has this name or claim already. */
export async function otherWith(db: Queries, tenantId: string, id: string, { name, claim }: Pick<Group, 'name' | 'claim'>): Promise<boolean> {
  const row = await db
    .selectFrom('person_group').select('group_id').where('tenant_id', '=', tenantId).where('group_id', '<>', id)
    .where((each) => each.or([each(({ fn }) => fn<string>('lower', ['name']), '=', name.toLowerCase()), ...(claim === null ? [] : [each('claim', '=', claim)])]))
    .executeTakeFirst();
  return row !== undefined;
}

/** Over the state that was seen; false when another one stands there by now. */
export async function updateGroup(db: Queries, tenantId: string, { id, name, claim, rank }: Omit<Group, 'members'>, seen: Pick<Group, 'name' | 'claim' | 'rank'>): Promise<boolean> {
  const changed = await db
    .updateTable('person_group').set({ name, claim, rank })
    .where('tenant_id', '=', tenantId).where('group_id', '=', id).where('name', '=', seen.name).where('rank', '=', seen.rank).where('claim', 'is not distinct from', seen.claim)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

export async function deleteGroup(tx: Queries, tenantId: string, id: string): Promise<void> {
  await tx.deleteFrom('person_group').where('tenant_id', '=', tenantId).where('group_id', '=', id).execute();
}

export async function membersOf(db: Queries, tenantId: string, groupId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('person_group_member as member')
    .innerJoin('person', (join) => join.onRef('person.tenant_id', '=', 'member.tenant_id').onRef('person.person_id', '=', 'member.person_id'))
    .select(['person.person_id', 'person.name', 'person.address', 'member.source'])
    .where('member.tenant_id', '=', tenantId).where('member.group_id', '=', groupId).orderBy('person.name').execute();
  return rows.map((row) => ({ personId: row.person_id, name: row.name, address: row.address, source: row.source }));
}

export async function addMember(db: Queries, tenantId: string, groupId: string, personId: string, source: Member['source'], now: number): Promise<void> {
  await db
    .insertInto('person_group_member').values({ tenant_id: tenantId, group_id: groupId, person_id: personId, source, added_at: new Date(now) })
    .onConflict((conflict) => conflict.doNothing()).execute();
}

export async function removeMember(db: Queries, tenantId: string, groupId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('person_group_member')
    .where('tenant_id', '=', tenantId).where('group_id', '=', groupId).where('person_id', '=', personId).where('source', '=', 'administrator').execute();
}

/** Brings what tokens say about a person to what this one says; true when anything changed. */
export async function setClaimed(tx: Queries, tenantId: string, personId: string, claims: readonly string[], now: number): Promise<boolean> {
  const wanted = claims.length === 0 ? [] : await tx.selectFrom('person_group').select('group_id').where('tenant_id', '=', tenantId).where('claim', 'in', [...claims]).execute();
  const ids = wanted.map((row) => row.group_id);
  let old = tx.deleteFrom('person_group_member').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('source', '=', 'token');
  if (ids.length > 0) old = old.where('group_id', 'not in', ids);
  const gone = await old.executeTakeFirst();
  if (ids.length === 0) return gone.numDeletedRows > 0n;
  const made = await tx
    .insertInto('person_group_member')
    .values(ids.map((group_id) => ({ tenant_id: tenantId, group_id, person_id: personId, source: 'token' as const, added_at: new Date(now) })))
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return gone.numDeletedRows > 0n || (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
