import type { ExchangeEvent } from '../exchange/index.ts';
import { badRequest } from './errors.ts';
import type { Json } from './json.ts';
import { propertyId, spelled } from './properties.ts';

/** Navigation properties that the stand-in knows but holds nothing for. */
const empty = new Set(['attachments', 'extensions', 'instances', 'multivalueextendedproperties', 'calendar']);

/** Ids that an `$expand=singleValueExtendedProperties($filter=id eq '…' or id eq '…')` asks for. */
function wantedIds(inner: string): string[] {
  return [...inner.matchAll(/id\s+eq\s+'((?:[^']|'')*)'/gi)].map(([, id = '']) => propertyId(id.replaceAll("''", "'")));
}

/** PidTagNativeBody (MS-OXBBODY 2.1.1): in which form the best body is kept: 1 plain text, 2 RTF, 3 HTML. */
function nativeBody({ body }: ExchangeEvent): string {
  return body.type === 'text' ? '1' : '3';
}

/** Parts of an `$expand`, split at commas outside brackets. */
function parts(expand: string): string[] {
  return expand.split(/,(?![^(]*\))/).map((each) => each.trim()).filter((each) => each !== '');
}

/** What `$expand` adds to an event. Properties that the item does not have are left out; with none, so is the member. Throws GraphError for an unknown name. */
export function expansions(event: ExchangeEvent, expand: string | null): Json {
  const added: Json = {};
  for (const part of parts(expand ?? '')) {
    const [, name = '', inner = ''] = /^([\w]+)(?:\((.*)\))?$/s.exec(part) ?? [];
    if (empty.has(name.toLowerCase())) continue;
    if (name.toLowerCase() !== 'singlevalueextendedproperties') throw badRequest('BadRequest', `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.event'.`);
    const ids = wantedIds(inner);
    if (ids.length === 0) throw badRequest('ErrorInvalidUrlQuery', 'Expand of singleValueExtendedProperties needs a filter on id.');
    const properties = spelled({ 'Integer 0x1016': nativeBody(event), ...event.properties });
    const value = ids.filter((id) => properties.has(id)).map((id) => ({ id, value: properties.get(id) }));
    if (value.length > 0) added['singleValueExtendedProperties'] = value;
  }
  return added;
}
