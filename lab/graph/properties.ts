import { badRequest } from './errors.ts';
import { isRecord, textField } from './json.ts';

const shape = /^(String|Integer|SystemTime|Boolean|Double|Binary)\s+(?:\{([0-9a-f-]{36})\}\s+(Name|Id)\s+(.+)|(0x[0-9a-f]{1,8}))$/i;

/** An extended property's id in one spelling: GUIDs in lower case; names keep theirs, they are case-sensitive. Throws GraphError for an id that is none. */
export function propertyId(id: string): string {
  const [, type = '', guid, kind = '', name = '', tag = ''] = shape.exec(id.trim()) ?? [];
  if (type === '') throw badRequest('ErrorPropertyIdInvalid', `PropertyId values may only be in one of the following formats: 'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id propertyId' or 'MapiPropertyType propertyTag'.`);
  return guid === undefined ? `${type} ${tag.toLowerCase()}` : `${type} {${guid.toLowerCase()}} ${kind} ${name}`;
}

/** `singleValueExtendedProperties` of a request body, by id. */
export function readProperties(list: unknown[]): Record<string, string> {
  return Object.fromEntries(list.filter(isRecord).map((each) => [propertyId(textField(each, 'id') ?? ''), textField(each, 'value') ?? '']));
}

/** Properties of an item under ids in the one spelling: clients write them in several. */
export function spelled(properties: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(properties).map(([id, value]) => [propertyId(id), value]));
}
