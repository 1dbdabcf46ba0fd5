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

/** The layers that reach a person, in the order in which they are heard; without the person's own when `personId` is of nobody. */
export async function layersOf(db: Queries, tenantId: string, feature: string, personId: string): Promise<SettingsLayer[]> {
  const rows = await db
    .selectFrom('setting')
    .leftJoin('person_group', (join) => join.onRef('person_group.tenant_id', '=', 'setting.tenant_id').onRef('person_group.group_id', '=', 'setting.scope_id'))
    .select(['setting.scope', 'setting.values', 'setting.locked', 'person_group.name', 'person_group.rank'])
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
  const order = { organisation: 0, group: 1, person: 2 } as const;
  return rows
    .toSorted((a, b) => order[a.scope] - order[b.scope] || (a.rank ?? 0) - (b.rank ?? 0) || (a.name ?? '').localeCompare(b.name ?? ''))
    .map(({ scope, name, values, locked }) => ({ scope, name: scope === 'group' ? name : null, values, locked }));
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
