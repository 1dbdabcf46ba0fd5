import type { FilterToken } from './filter-tokens.ts';
import { filterTokens, invalidFilter } from './filter-tokens.ts';
import { field } from './json.ts';
import type { Json } from './json.ts';
import { propertyId } from './properties.ts';

/** What a filter looks at: the item as Graph tells it (times in UTC), and its extended properties by id. */
export interface Filtered { json: Json; properties: ReadonlyMap<string, string> }
export type Filter = (item: Filtered) => boolean;

type Scalar = string | number | boolean | null;
type Operand = (item: Filtered) => unknown;

const comparisons: Record<string, (order: number) => boolean> = {
  eq: (order) => order === 0, ne: (order) => order !== 0, gt: (order) => order > 0, ge: (order) => order >= 0, lt: (order) => order < 0, le: (order) => order <= 0,
};

const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})?$/;

function instant(text: string): number {
  return Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
}

/** Order of two values; text in any case, as Exchange compares; NaN when they have none. */
function compare(a: unknown, b: Scalar): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return NaN;
  if (time.test(a) && time.test(b)) return instant(a) - instant(b);
  return a.toLowerCase() === b.toLowerCase() ? 0 : a < b ? -1 : 1;
}

/** Reads the tokens one by one. */
interface Reader { peek(): FilterToken | undefined; next(): FilterToken; eat(value: string): boolean; expect(value: string): void }

function createReader(tokens: FilterToken[]): Reader {
  let at = 0;
  const reader: Reader = {
    peek: () => tokens[at],
    next() {
      const token = tokens[at++];
      if (!token) throw invalidFilter();
      return token;
    },
    eat(value) {
      const token = tokens[at];
      const isHere = token !== undefined && token.kind !== 'text' && token.value.toLowerCase() === value;
      if (isHere) at += 1;
      return isHere;
    },
    expect(value) {
      if (!reader.eat(value)) throw invalidFilter();
    },
  };
  return reader;
}

function literal({ kind, value }: FilterToken): Scalar {
  if (kind === 'text') return value;
  if (kind === 'number') return Number(value);
  if (value === 'null') return null;
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalidFilter();
}

function pathOperand(path: string, allowed: ReadonlySet<string>): Operand {
  const [first = '', ...rest] = path.split('/');
  if (!allowed.has(first.toLowerCase())) throw invalidFilter();
  return ({ json }) => rest.reduce<unknown>(field, field(json, first));
}

/** `singleValueExtendedProperties/Any(ep: ep/id eq '…' and ep/value eq '…')`: the only lambda of Outlook's filters. */
function anyProperty(reader: Reader): Filter {
  reader.expect('(');
  const variable = reader.next().value;
  reader.expect(':');
  reader.expect(`${variable}/id`.toLowerCase());
  reader.expect('eq');
  const id = propertyId(String(literal(reader.next())));
  reader.expect('and');
  reader.expect(`${variable}/value`.toLowerCase());
  const operator = comparisons[reader.next().value.toLowerCase()];
  const value = literal(reader.next());
  reader.expect(')');
  if (!operator) throw invalidFilter();
  return ({ properties }) => properties.has(id) && operator(compare(properties.get(id), value));
}

/** `proxyAddresses/any(p:p eq '…')`, or with `startswith(p,'…')`: what Entra knows of a collection of texts. Text in any case, so `smtp:` finds a primary address too. */
function anyText(collection: string, reader: Reader): Filter {
  reader.expect('(');
  const variable = reader.next().value.toLowerCase();
  reader.expect(':');
  const isStart = reader.eat('startswith');
  if (isStart) reader.expect('(');
  reader.expect(variable);
  reader.expect(isStart ? ',' : 'eq');
  const wanted = String(literal(reader.next())).toLowerCase();
  if (isStart) reader.expect(')');
  reader.expect(')');
  return ({ json }) => {
    const values = field(json, collection);
    const texts = Array.isArray(values) ? values.map((each) => String(each).toLowerCase()) : [];
    return texts.some((text) => (isStart ? text.startsWith(wanted) : text === wanted));
  };
}

function textFunction(name: string, reader: Reader, allowed: ReadonlySet<string>): Filter {
  reader.expect('(');
  const operand = pathOperand(reader.next().value, allowed);
  reader.expect(',');
  const wanted = String(literal(reader.next())).toLowerCase();
  reader.expect(')');
  return (item) => {
    const value = operand(item);
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return name === 'startswith' ? text.startsWith(wanted) : name === 'endswith' ? text.endsWith(wanted) : text.includes(wanted);
  };
}

function comparison(reader: Reader, allowed: ReadonlySet<string>): Filter {
  if (reader.eat('not')) {
    const inner = comparison(reader, allowed);
    return (item) => !inner(item);
  }
  if (reader.eat('(')) {
    const inner = alternatives(reader, allowed);
    reader.expect(')');
    return inner;
  }
  const { kind, value } = reader.next();
  if (kind !== 'name') throw invalidFilter();
  const name = value.toLowerCase();
  if (name === 'singlevalueextendedproperties/any') return anyProperty(reader);
  if (name.endsWith('/any') && allowed.has(name)) return anyText(value.slice(0, -'/any'.length), reader);
  if (name === 'startswith' || name === 'endswith' || name === 'contains') return textFunction(name, reader, allowed);
  const operand = pathOperand(value, allowed);
  const operator = comparisons[reader.next().value.toLowerCase()];
  if (!operator) throw invalidFilter();
  const wanted = literal(reader.next());
  return (item) => operator(compare(operand(item), wanted));
}

function conjunction(reader: Reader, allowed: ReadonlySet<string>): Filter {
  const parts = [comparison(reader, allowed)];
  while (reader.eat('and')) parts.push(comparison(reader, allowed));
  return (item) => parts.every((part) => part(item));
}

function alternatives(reader: Reader, allowed: ReadonlySet<string>): Filter {
  const parts = [conjunction(reader, allowed)];
  while (reader.eat('or')) parts.push(conjunction(reader, allowed));
  return (item) => parts.some((part) => part(item));
}

/** A `$filter` made into a test. `allowed`: the properties that may be named, in lower case; `…/any` for a collection of texts. Throws GraphError for any other filter. */
export function readFilter(filter: string, allowed: ReadonlySet<string>): Filter {
  const reader = createReader(filterTokens(filter));
  const read = alternatives(reader, allowed);
  if (reader.peek()) throw invalidFilter();
  return read;
}
