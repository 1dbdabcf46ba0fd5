import type { Queries } from '../../store/schema.ts';
import type { SettingsLayer } from './resolve.ts';

/** Queries on `setting`. Instants epoch ms, UTC. */

/** One layer: whose, and of which feature. */
export interface LayerKey {
  scope: SettingsLayer['scope'];
  /** The group's or person's id; '' for the organisation. */
  scopeId: string;
  feature: string;
}

export interface StoredLayer {
  values: Record<string, unknown>;
  locked: string[];
  version: number;
}

/** A layer as it is stored; version 0 when nothing was ever said. */
export async function readLayer(db: Queries, tenantId: string, { scope, scopeId, feature }: LayerKey): Promise<StoredLayer> {
  const row = await db
    .selectFrom('setting').select(['values', 'locked', 'version'])
    .where('tenant_id', '=', tenantId).where('scope', '=', scope).where('scope_id', '=', scopeId).where('feature', '=', feature)
    .executeTakeFirst();
  return row ?? { values: {}, locked: [], version: 0 };
}

/** A layer that reaches somebody, with whose it is. */
export interface ReachingLayer extends SettingsLayer {
  scopeId: string;
  /** Of a group: the lowest is heard first. */
  rank: number;
}

const order = { organisation: 0, group: 1, person: 2 } as const;

/** Farther ones first; of several groups the one that counts most. */
export function inOrder(layers: readonly ReachingLayer[]): ReachingLayer[] {
  return layers.toSorted((a, b) => order[a.scope] - order[b.scope] || a.rank - b.rank || (a.name ?? '').localeCompare(b.name ?? ''));
}

/** The layers that reach a person, in the order in which they are heard; without the person's own when `personId` is of nobody. */
export async function layersOf(db: Queries, tenantId: string, feature: string, personId: string): Promise<ReachingLayer[]> {
  const rows = await db
    .selectFrom('setting')
    .leftJoin('person_group', (join) => join.onRef('person_group.tenant_id', '=', 'setting.tenant_id').onRef('person_group.group_id', '=', 'setting.scope_id'))
    .select(['setting.scope', 'setting.scope_id', 'setting.values', 'setting.locked', 'person_group.name', 'person_group.rank'])
    .where('setting.tenant_id', '=', tenantId)
    .where('setting.feature', '=', feature)
    .where((each) => each.or([
      each('setting.scope', '=', 'organisation'),
      each.and([each('setting.scope', '=', 'person'), each('setting.scope_id', '=', personId)]),
      each.and([
        each('setting.scope', '=', 'group'),
        each('setting.scope_id', 'in', each.selectFrom('person_group_member').select('group_id').where('tenant_id', '=', tenantId).where('person_id', '=', personId)),
      ]),
    ]))
    .execute();
  return inOrder(rows.map(({ scope, scope_id: scopeId, name, values, locked, rank }) => ({ scope, scopeId, rank: rank ?? 0, name: scope === 'group' ? name : null, values, locked })));
}

/** A group as a layer, when the person is in it; null when not. */
export async function groupLayer(db: Queries, tenantId: string, groupId: string, personId: string): Promise<Pick<ReachingLayer, 'scope' | 'scopeId' | 'name' | 'rank'> | null> {
  const row = await db
    .selectFrom('person_group').select(['name', 'rank'])
    .where('tenant_id', '=', tenantId).where('group_id', '=', groupId)
    .where('group_id', 'in', db.selectFrom('person_group_member').select('group_id').where('tenant_id', '=', tenantId).where('person_id', '=', personId))
    .executeTakeFirst();
  return row ? { scope: 'group', scopeId: groupId, ...row } : null;
}

/** The same for many people at once; whoever has no layer is in it with none. */
export async function layersOfMany(db: Queries, tenantId: string, feature: string, personIds: readonly string[]): Promise<Map<string, SettingsLayer[]>> {
  const found = new Map<string, SettingsLayer[]>(personIds.map((personId) => [personId, []]));
  if (personIds.length === 0) return found;
  const rows = await db.selectFrom('setting').select(['scope', 'scope_id', 'values', 'locked']).where('tenant_id', '=', tenantId).where('feature', '=', feature)
    .where((each) => each.or([each('scope', '!=', 'person'), each('scope_id', 'in', [...personIds])])).execute();
  const groups = rows.some(({ scope }) => scope === 'group')
    ? await db.selectFrom('person_group_member as member')
      .innerJoin('person_group as kept', (join) => join.onRef('kept.tenant_id', '=', 'member.tenant_id').onRef('kept.group_id', '=', 'member.group_id'))
      .select(['member.person_id', 'member.group_id', 'kept.name', 'kept.rank']).where('member.tenant_id', '=', tenantId).where('member.person_id', 'in', [...personIds])
      .orderBy('kept.rank').orderBy('kept.name').execute()
    : [];
  const layer = (row: (typeof rows)[number], name: string | null): SettingsLayer => ({ scope: row.scope, name, values: row.values, locked: row.locked });
  const scoped = (scope: SettingsLayer['scope']) => new Map(rows.filter((row) => row.scope === scope).map((row) => [row.scope_id, row]));
  const [organisation, person, group] = [[...scoped('organisation').values()].map((row) => layer(row, null)), scoped('person'), scoped('group')];
  // One object for each group: whoever has the same layers has the same objects.
  const groupLayers = new Map<string, SettingsLayer>();
  const inGroups = new Map<string, SettingsLayer[]>();
  for (const { person_id: personId, group_id: groupId, name } of groups) {
    const row = group.get(groupId);
    if (!row) continue;
    const shared = groupLayers.get(groupId) ?? layer(row, name);
    groupLayers.set(groupId, shared);
    inGroups.set(personId, [...(inGroups.get(personId) ?? []), shared]);
  }
  for (const [personId, layers] of found) {
    const own = person.get(personId);
    layers.push(...organisation, ...(inGroups.get(personId) ?? []), ...(own ? [layer(own, null)] : []));
  }
  return found;
}

/** Writes a layer over the version that was seen; false when another one stands there by now. */
export async function writeLayer(
  db: Queries, tenantId: string, { scope, scopeId, feature }: LayerKey, layer: StoredLayer, by: string, now: number,
): Promise<boolean> {
  const said = { values: JSON.stringify(layer.values), locked: JSON.stringify(layer.locked), updated_at: new Date(now), updated_by: by };
  if (layer.version === 0) {
    const made = await db
      .insertInto('setting').values({ tenant_id: tenantId, scope, scope_id: scopeId, feature, version: 1, ...said })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const changed = await db
    .updateTable('setting').set({ ...said, version: layer.version + 1 })
    .where('tenant_id', '=', tenantId).where('scope', '=', scope).where('scope_id', '=', scopeId).where('feature', '=', feature).where('version', '=', layer.version)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

export async function dropLayers(tx: Queries, tenantId: string, scope: SettingsLayer['scope'], scopeId: string): Promise<void> {
  await tx.deleteFrom('setting').where('tenant_id', '=', tenantId).where('scope', '=', scope).where('scope_id', '=', scopeId).execute();
}
