/** Finds members that a description does not name: JSON Schema alone would let a misspelled one pass. */

type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value inside `document`, by a reference like `#/components/schemas/x`. */
export function resolve(document: Json, reference: string): unknown {
  return reference.replace(/^#\//, '').split('/').reduce<unknown>((at, name) => (isRecord(at) ? at[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), document);
}

/** The schema and all those it is made of. */
function parts(document: Json, schema: unknown, seen = new Set<unknown>()): Json[] {
  if (!isRecord(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const referred = typeof schema['$ref'] === 'string' ? [resolve(document, schema['$ref'])] : [];
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((word): unknown[] => (Array.isArray(schema[word]) ? schema[word] : []));
  return [schema, ...[...referred, ...inner].flatMap((each) => parts(document, each, seen))];
}

/** Paths of members in `value` that `schema` does not name; annotations (`@odata…`) are free. */
export function unknownNames(document: Json, schema: unknown, value: unknown, at = ''): string[] {
  const all = parts(document, schema);
  if (Array.isArray(value)) {
    const items = all.map((part) => part['items']).filter((each) => each !== undefined);
    return items.length === 0 ? [] : value.flatMap((each, index) => unknownNames(document, { anyOf: items }, each, `${at}/${index}`));
  }
  if (!isRecord(value)) return [];
  const properties = all.flatMap((part) => (isRecord(part['properties']) ? Object.entries(part['properties']) : []));
  if (properties.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name.includes('@')) return [];
    const named = properties.filter(([each]) => each === name).map(([, each]) => each);
    return named.length === 0 ? [`${at}/${name}`] : unknownNames(document, { anyOf: named }, member, `${at}/${name}`);
  });
}
