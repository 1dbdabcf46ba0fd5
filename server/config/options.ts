import { z } from 'zod';
import { configSchema } from './schema.ts';

/** As much of JSON Schema as zod makes of our schema. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** One key of the configuration file. */
export interface Option {
  /** `listen.port`, `signIn.tenants[].id`, `connectors[asterisk].ami.host`. */
  path: string;
  description: string;
  /** As it would be written in the file; `required` when it must be there; empty when it may simply be left out. */
  fallback: string;
  /** Values that it may have, where they can be counted. */
  choices: string;
}

/** The schema of the file as it is written, defaults left out. */
export function inputSchema(): JsonSchema {
  const schema: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })));
  return schema;
}

/** All keys in the order of the schema. */
export function listOptions(schema: JsonSchema = inputSchema(), prefix = '', about = ''): Option[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const own: Option = {
      path,
      description: value.description ?? (value.const === undefined ? about : 'Which kind of system this is.'),
      fallback: fallbackOf(value, schema.required?.includes(key) ?? false),
      choices: (value.enum ?? value.items?.enum ?? (value.const === undefined ? [] : [value.const])).join(', '),
    };
    return [own, ...listOptions(value, path, own.description), ...listItems(value, path, own.description)];
  });
}

function fallbackOf(value: JsonSchema, isRequired: boolean): string {
  if (isRequired) return 'required';
  const isGroup = value.properties !== undefined;
  return value.default === undefined || isGroup ? '' : JSON.stringify(value.default);
}

function listItems(value: JsonSchema, path: string, about: string): Option[] {
  if (!value.items) return [];
  const kinds = variants(value.items);
  if (kinds.length === 0) return listOptions(value.items, `${path}[]`, about);
  return kinds.flatMap((kind) => listOptions(kind, `${path}[${String(kind.properties?.['type']?.const)}]`));
}

/** The members of a union, or none when it is no union. */
export function variants(schema: JsonSchema): JsonSchema[] {
  return schema.oneOf ?? schema.anyOf ?? [];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The table of docs/configuration.md. */
export function optionsTable(): string {
  const rows = listOptions().map(({ path, fallback, choices, description }) => {
    const values = choices === '' ? '' : ` One of: ${choices}.`;
    return `| \`${path}\` | ${fallback === '' || fallback === 'required' ? fallback : `\`${cell(fallback)}\``} | ${cell(description)}${cell(values)} |`;
  });
  return ['| Key | Default | What it is |', '|---|---|---|', ...rows].join('\n');
}
