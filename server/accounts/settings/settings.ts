import type { z } from 'zod';
import type { SettingsChange, SettingsDeclaration, SettingsView } from '../../../contract/account/settings.ts';
import { UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Live } from '../../store/live.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import { byDefault, keysOf, resolve, resolveMany, type SettingSource } from './resolve.ts';
import { groupLayer, inOrder, layersOf, layersOfMany, readLayer, writeLayer, type LayerKey, type StoredLayer } from './rows.ts';

export interface SettingsDeps {
  clock: Clock;
  store: { db: Queries; transaction: RunTransaction };
  live: Live;
}

/** A feature's settings with what only the feature can tell. */
export interface DeclaredSettings {
  declaration: SettingsDeclaration;
  /** Refuses values that fit the schema and still cannot be (a bridge that is not connected). Throws UserError. */
  check?(tenantId: string, values: Readonly<Record<string, unknown>>, layer: LayerKey): Promise<void>;
  /** In the transaction of the change: what must be done because of it is put to work. */
  changed?(tx: Queries, tenantId: string, whose: Pick<LayerKey, 'scope' | 'scopeId'>): Promise<void>;
  /** Codes of what is allowed and hardly meant, of what holds at a layer. */
  warnings?(values: Readonly<Record<string, unknown>>): readonly string[];
}

/** A change that nobody has saved yet. */
export type Proposal = Pick<SettingsChange, 'set' | 'inherit' | 'locks'>;

export interface Settings {
  /** What holds for a person. */
  valuesOf<Values extends Record<string, unknown>>(declaration: SettingsDeclaration<Values>, tenantId: string, personId: string): Promise<Values>;
  /** Keys of a feature that a layer above this person has locked. */
  lockedFor<Values extends Record<string, unknown>>(declaration: SettingsDeclaration<Values>, tenantId: string, personId: string): Promise<ReadonlySet<string>>;
  /** What would hold for a person if a layer of the organisation or of a group were changed so; nothing is written. @throws UserError 422 for what cannot be. */
  valuesIf<Values extends Record<string, unknown>>(declaration: SettingsDeclaration<Values>, tenantId: string, personId: string, layer: Omit<LayerKey, 'feature'>, change: Proposal): Promise<Values>;
  /** The same for many people, in two questions to the database. */
  valuesOfMany<Values extends Record<string, unknown>>(declaration: SettingsDeclaration<Values>, tenantId: string, personIds: readonly string[]): Promise<Map<string, Values>>;
  /** A layer as its people see it. */
  view(declared: DeclaredSettings, tenantId: string, layer: LayerKey): Promise<SettingsView>;
  /** @throws UserError 409 when another version stands there or a key is locked from above, 422 for what cannot be. */
  save(declared: DeclaredSettings, tenantId: string, layer: LayerKey, change: SettingsChange, by: string): Promise<SettingsView>;
}

/** Topic of a person's settings of one feature, and of what reaches everybody (contract/live.ts). */
export const settingsTopic = (feature: string, whose: string): string => `settings-${feature}:${whose}`;

export function createSettings({ clock, store, live }: SettingsDeps): Settings {
  /** The layers above this one, and those that reach its people. */
  async function above(tenantId: string, { scope, scopeId, feature }: LayerKey) {
    if (scope === 'organisation') return [];
    const layers = await layersOf(store.db, tenantId, feature, scope === 'person' ? scopeId : '');
    return layers.filter((each) => (scope === 'person' ? each.scope !== 'person' : each.scope === 'organisation'));
  }

  async function view({ declaration, warnings }: DeclaredSettings, tenantId: string, layer: LayerKey): Promise<SettingsView> {
    const [higher, own] = await Promise.all([above(tenantId, layer), readLayer(store.db, tenantId, layer)]);
    const inherited = resolve(declaration, higher);
    const all = resolve(declaration, [...higher, { scope: layer.scope, name: null, values: own.values, locked: [] }]);
    const known = keysOf(declaration.standard);
    const ownKeys = known.filter((key) => Object.hasOwn(own.values, key));
    return {
      feature: declaration.feature, values: { ...all.values }, from: { ...all.from }, locked: sourcesOf(inherited.locked),
      own: Object.fromEntries(ownKeys.map((key) => [key, own.values[key]])),
      inherited: Object.fromEntries(ownKeys.map((key) => [key, { value: inherited.values[key], ...(inherited.from[key] ?? byDefault) }])), locks: own.locked, version: own.version, ...(warnings ? { warnings: [...warnings(all.values)] } : {}),
    };
  }

  async function save(declared: DeclaredSettings, tenantId: string, layer: LayerKey, change: SettingsChange, by: string): Promise<SettingsView> {
    const { declaration } = declared;
    if (declaration.layers && !declaration.layers.includes(layer.scope)) throw otherLayer(declaration);
    const set = checked(declaration, change);
    await declared.check?.(tenantId, set, layer);
    const { locked } = resolve(declaration, await above(tenantId, layer));
    const refused = [...Object.keys(set), ...change.inherit].find((key) => Object.hasOwn(locked, key));
    if (refused !== undefined) throw lockedAbove(refused);
    await store.transaction(async (tx) => {
      const before = await readLayer(tx, tenantId, layer);
      if (before.version !== change.version || !(await writeLayer(tx, tenantId, layer, changed(before, set, change), by, clock.now()))) throw changedMeanwhile();
      await declared.changed?.(tx, tenantId, layer);
      live.announce(tx, tenantId, settingsTopic(layer.feature, layer.scope === 'person' ? layer.scopeId : 'all'));
    });
    return view(declared, tenantId, layer);
  }

  async function valuesIf<Values extends Record<string, unknown>>(
    declaration: SettingsDeclaration<Values>, tenantId: string, personId: string, layer: Omit<LayerKey, 'feature'>, change: Proposal,
  ): Promise<Values> {
    const set = checked(declaration, change);
    const layers = await layersOf(store.db, tenantId, declaration.feature, personId);
    const at = layers.findIndex((each) => each.scope === layer.scope && each.scopeId === layer.scopeId);
    const whose = layer.scope === 'group' ? await groupLayer(store.db, tenantId, layer.scopeId, personId) : { scope: layer.scope, scopeId: layer.scopeId, name: null, rank: 0 };
    if (!whose) return resolve(declaration, layers).values;
    const before = { values: { ...layers[at]?.values }, locked: [...(layers[at]?.locked ?? [])], version: 0 };
    const { values, locked } = changed(before, set, change);
    return resolve(declaration, inOrder([...layers.filter((_each, index) => index !== at), { ...whose, values, locked }])).values;
  }

  return {
    valuesIf,
    async valuesOf(declaration, tenantId, personId) {
      return resolve(declaration, await layersOf(store.db, tenantId, declaration.feature, personId)).values;
    },
    async lockedFor(declaration, tenantId, personId) {
      const layers = await layersOf(store.db, tenantId, declaration.feature, personId);
      return new Set(Object.keys(resolve(declaration, layers.filter(({ scope }) => scope !== 'person')).locked));
    },
    async valuesOfMany(declaration, tenantId, personIds) {
      const layers = await layersOfMany(store.db, tenantId, declaration.feature, personIds);
      return resolveMany(declaration, layers);
    },
    view,
    save,
  };
}

function sourcesOf(locked: Partial<Record<string, SettingSource>>): Record<string, SettingSource> {
  return Object.fromEntries(Object.entries(locked).flatMap(([key, source]) => (source === undefined ? [] : [[key, source]])));
}

/** The values to set, each read by its schema. @throws UserError 422 for unknown keys and wrong values. */
function checked<Values extends Record<string, unknown>>({ schema, standard }: SettingsDeclaration<Values>, { set, inherit, locks = [] }: Proposal): Record<string, unknown> {
  const known = keysOf(standard);
  const strange = [...Object.keys(set), ...inherit, ...locks].find((key) => !known.includes(key));
  if (strange !== undefined) throw new UserError(422, { code: 'setting-unknown', field: strange, message: `There is no setting "${strange}".`, remedy: `Choose among: ${known.join(', ')}.` });
  return Object.fromEntries(known.filter((key) => Object.hasOwn(set, key)).map((key) => {
    const parsed = schema[key]?.safeParse(set[key]);
    if (parsed?.success) return [key, parsed.data];
    const issue = parsed?.error.issues[0];
    throw new UserError(422, { code: 'setting-wrong', field: key, message: `${key}: ${issue?.message ?? 'is wrong'}`, remedy: remedyOf(issue) });
  }));
}

/** A number that is out of its limits is told the one that it passed; our schemas have them inclusive. */
function remedyOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'too_big' && issue.origin === 'number') return `The most is ${issue.maximum}.`;
  if (issue?.code === 'too_small' && issue.origin === 'number') return `The least is ${issue.minimum}.`;
  return 'Choose another value.';
}

function changed(before: StoredLayer, set: Record<string, unknown>, { inherit, locks }: Proposal): StoredLayer {
  const kept = Object.entries({ ...before.values, ...set }).filter(([key]) => !inherit.includes(key));
  return { values: Object.fromEntries(kept), locked: locks === undefined ? before.locked : [...new Set(locks)], version: before.version };
}

function lockedAbove(key: string): UserError {
  return new UserError(409, { code: 'setting-locked', field: key, message: 'Your organisation has fixed this setting.', remedy: 'Ask an administrator to change it or to unlock it.' });
}

function otherLayer({ feature, layers = [] }: Pick<SettingsDeclaration, 'feature' | 'layers'>): UserError {
  return new UserError(409, { code: 'setting-elsewhere', message: `"${feature}" is not set here.`, remedy: `It is set for: ${layers.join(', ')}.` });
}

function changedMeanwhile(): UserError {
  return new UserError(409, { code: 'changed-meanwhile', field: 'version', message: 'Somebody changed these settings meanwhile.', remedy: 'Look at the newest state and change it again.' });
}
