import { z } from 'zod';
import type { SettingsDeclaration, SettingsDescription } from '../../../contract/account/settings.ts';
import { keysOf } from './resolve.ts';

const everyLayer = ['organisation', 'group', 'person'] as const;

/** A feature's settings as data, so that a form can show keys that it has never heard of. What JSON Schema cannot say (that a time zone exists) is checked at saving. */
export function described({ feature, schema, standard, layers = everyLayer }: SettingsDeclaration): SettingsDescription {
  return { feature, layers: [...layers], keys: keysOf(standard).flatMap((key) => (schema[key] ? [{ key, schema: jsonSchema(schema[key]), standard: standard[key] }] : [])) };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) };
}
