import { shapeOf } from '../../../addin/admin/parts/settings/shape.ts';
import type { SettingsDeclaration } from '../../../contract/account/settings.ts';
import { described } from '../../../server/accounts/settings/described.ts';

interface Words {
  features: object;
  keys: object;
  values: object;
  inputs: object;
}

/** Settings that the administrator's page would show under their names in code. */
export function findWordless(declaration: SettingsDeclaration, { features, keys, values, inputs }: Words): string[] {
  const { feature, keys: all } = described(declaration);
  return [
    ...(feature in features ? [] : [`${feature}: no words`]),
    ...all.flatMap(({ key, schema }) => {
      const name = `${feature}.${key}`;
      const shape = shapeOf(schema);
      const choices = shape.kind === 'choice' ? shape.values : shape.kind === 'choices' ? Object.values(shape.of).flat() : [];
      const rows = shape.kind === 'choices' ? Object.keys(shape.of) : [];
      return [
        ...(name in keys ? [] : [`${name}: no words`]),
        ...[...new Set(choices)].filter((choice) => !(choice in values)).map((choice) => `${name}: no words for the value ${choice}`),
        ...rows.filter((row) => !(row in inputs)).map((row) => `${name}: no words for ${row}`),
      ];
    }),
  ];
}
