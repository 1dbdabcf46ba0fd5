import { badRequest } from './errors.ts';
import type { Json } from './json.ts';

/** System options of an OData query; `$` may be left out, as Graph allows. */
export interface ODataQuery {
  select: string[] | null;
  expand: string | null;
  filter: string | null;
  orderBy: { path: string; isDescending: boolean } | null;
  top: number | null;
  skip: number;
  count: boolean;
}

/** Most items that Outlook gives on one page. */
const largestPage = 1000;

export function option(query: URLSearchParams, name: string): string | null {
  const key = [...query.keys()].find((each) => each.toLowerCase().replace(/^\$/, '') === name);
  return key === undefined ? null : query.get(key);
}

function wholeNumber(query: URLSearchParams, name: string): number | null {
  const text = option(query, name);
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw badRequest('BadRequest', `The query specified in the URI is not valid. Invalid value '${text}' for $${name} query option found.`);
  return Number(text);
}

/** Reads the options. Throws GraphError for a number that is none and for `$top` over 1,000. */
export function readQuery(query: URLSearchParams): ODataQuery {
  const top = wholeNumber(query, 'top');
  if (top !== null && (top > largestPage || top < 1)) throw badRequest('ErrorInvalidParameter', `The value of '$top' has to be between 1 and ${largestPage}.`);
  const [path = '', direction = ''] = (option(query, 'orderby') ?? '').split(',')[0]?.trim().split(/\s+/) ?? [];
  return {
    select: option(query, 'select')?.split(',').map((each) => each.trim()).filter((each) => each !== '') ?? null,
    expand: option(query, 'expand'),
    filter: option(query, 'filter'),
    orderBy: path === '' ? null : { path, isDescending: direction.toLowerCase() === 'desc' },
    top,
    skip: wholeNumber(query, 'skip') ?? 0,
    count: option(query, 'count')?.toLowerCase() === 'true',
  };
}

/** Only the selected members, with id and annotations, as OData does. Throws GraphError for a name that the item does not have. */
export function selected(json: Json, select: string[] | null, type: string): Json {
  if (!select || select.includes('*')) return json;
  const names = new Map(Object.keys(json).map((name) => [name.toLowerCase(), name]));
  const wanted = select.map((name) => {
    const found = names.get(name.toLowerCase());
    if (found === undefined) throw badRequest('BadRequest', `Could not find a property named '${name}' on type '${type}'.`);
    return found;
  });
  const kept = Object.keys(json).filter((name) => name.startsWith('@') || name === 'id' || wanted.includes(name));
  return Object.fromEntries(kept.map((name) => [name, json[name]]));
}
