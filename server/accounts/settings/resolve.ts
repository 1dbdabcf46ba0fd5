import type { SettingScope, SettingsDeclaration } from '../../../contract/account/settings.ts';

/** One layer's words on a feature, as stored. */
export interface SettingsLayer {
  scope: Exclude<SettingScope, 'default'>;
  /** The group's name; null for the others. */
  name: string | null;
  values: Readonly<Record<string, unknown>>;
  locked: readonly string[];
}

export interface SettingSource {
  scope: SettingScope;
  name: string | null;
}

export interface Resolved<Values extends Record<string, unknown>> {
  values: Values;
  from: { [Key in keyof Values]: SettingSource };
  /** Keys that no layer after the last one given may change. */
  locked: Partial<Record<keyof Values, SettingSource>>;
}

export const byDefault: SettingSource = { scope: 'default', name: null };

/**
 * What holds for somebody, from the layers that reach them in order: organisation, then groups with the one that counts most first, then the person. Pure.
 * Nearer layers count; of several groups the first that has an opinion. A key that a farther layer locks is not heard any more, whatever nearer ones say.
 * A value that today's schema refuses (written by another release) counts as not said.
 */
export function resolve<Values extends Record<string, unknown>>({ schema, standard }: SettingsDeclaration<Values>, layers: readonly SettingsLayer[]): Resolved<Values> {
  const values: Values = { ...standard };
  const from = {} as { [Key in keyof Values]: SettingSource };
  const locked: Partial<Record<keyof Values, SettingSource>> = {};
  for (const key of keysOf(standard)) {
    from[key] = byDefault;
    let heldBy: SettingsLayer['scope'] | undefined;
    for (const layer of layers) {
      const { scope, name } = layer;
      const isSaid = Object.hasOwn(layer.values, key);
      const read = isSaid ? schema[key].safeParse(layer.values[key]) : undefined;
      // Among groups the first one stands; a person or group after an organisation overrules it.
      if (read?.success && heldBy !== scope) {
        values[key] = read.data;
        from[key] = { scope, name };
        heldBy = scope;
      }
      if (layer.locked.includes(key)) {
        locked[key] = { scope, name };
        break;
      }
    }
  }
  return { values, from, locked };
}

/** The values of many people. Most have nothing of their own: what holds is worked out once for each choice of layers, known by the objects themselves. */
export function resolveMany<Values extends Record<string, unknown>>(declaration: SettingsDeclaration<Values>, people: ReadonlyMap<string, readonly SettingsLayer[]>): Map<string, Values> {
  const numbers = new Map<SettingsLayer, number>();
  const known = new Map<string, Values>();
  const number = (layer: SettingsLayer): number => {
    const found = numbers.get(layer) ?? numbers.size;
    numbers.set(layer, found);
    return found;
  };
  return new Map([...people].map(([personId, layers]) => {
    const sign = layers.map(number).join();
    const values = known.get(sign) ?? resolve(declaration, layers).values;
    known.set(sign, values);
    return [personId, values];
  }));
}

/** Keys of a declaration; what an object of unknown origin has besides is never looked at. */
export function keysOf<Values extends Record<string, unknown>>(standard: Values): (keyof Values & string)[] {
  return Object.keys(standard).filter((key): key is keyof Values & string => key in standard);
}
