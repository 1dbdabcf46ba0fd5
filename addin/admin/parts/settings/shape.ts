/** What a field of a form is, read from the JSON Schema of a setting. What is not known here is edited as JSON. */
export type Shape =
  | { kind: 'yes-no' }
  | { kind: 'choice'; values: readonly string[]; isOptional: boolean }
  | { kind: 'number'; least: number; most: number; isOptional: boolean }
  | { kind: 'text'; longest: number; isOptional: boolean }
  | { kind: 'list' }
  /** One choice for each name. */
  | { kind: 'choices'; of: Readonly<Record<string, readonly string[]>> }
  /** One text for each name. */
  | { kind: 'texts'; of: readonly string[] }
  | { kind: 'other' };

/** Whether a value can be saved as far as its field can tell: a number within its limits. */
export function isWithin(shape: Shape, value: unknown): boolean {
  if (shape.kind !== 'number') return true;
  if (value === null) return shape.isOptional;
  return typeof value === 'number' && Number.isInteger(value) && value >= shape.least && value <= shape.most;
}

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each): each is string => typeof each === 'string') ? value : undefined;
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** A setting that may be null is the same field with nothing in it. */
function withoutNull(schema: Schema): { inner: Schema; isOptional: boolean } {
  const options = Array.isArray(schema['anyOf']) ? schema['anyOf'].filter(isSchema) : [];
  const [only, other] = options.filter((each) => each['type'] !== 'null');
  return only !== undefined && other === undefined && options.length > 1 ? { inner: only, isOptional: true } : { inner: schema, isOptional: false };
}

export function shapeOf(schema: Schema): Shape {
  const { inner, isOptional } = withoutNull(schema);
  const values = strings(inner['enum']);
  if (values !== undefined) return { kind: 'choice', values, isOptional };
  if (inner['type'] === 'boolean' && !isOptional) return { kind: 'yes-no' };
  if (inner['type'] === 'integer' || inner['type'] === 'number') return { kind: 'number', least: number(inner['minimum'], -1e9), most: number(inner['maximum'], 1e9), isOptional };
  const ways = Array.isArray(inner['anyOf']) ? inner['anyOf'].filter(isSchema) : [];
  // Empty or an address, and the like.
  if (ways.length > 0 && ways.every((each) => each['type'] === 'string')) return { kind: 'text', longest: Math.max(...ways.map((each) => number(each['maxLength'], 0))) || 200, isOptional };
  if (inner['type'] === 'string') return { kind: 'text', longest: number(inner['maxLength'], 200), isOptional };
  if (inner['type'] === 'array' && isSchema(inner['items']) && inner['items']['type'] === 'string') return { kind: 'list' };
  const properties = inner['type'] === 'object' && isSchema(inner['properties']) ? Object.entries(inner['properties']) : [];
  if (properties.length > 0 && properties.every(([, each]) => isSchema(each) && each['type'] === 'string' && each['enum'] === undefined)) return { kind: 'texts', of: properties.map(([name]) => name) };
  const of = properties.flatMap(([name, each]) => {
    const choices = isSchema(each) ? strings(each['enum']) : undefined;
    return choices === undefined ? [] : [[name, choices] as const];
  });
  return of.length > 0 && of.length === properties.length ? { kind: 'choices', of: Object.fromEntries(of) } : { kind: 'other' };
}
