import { decodeEntities } from '../entities.ts';

/** One attribute of a tag; the value without quotes and references. */
export interface Attribute {
  name: string;
  value: string;
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

/** The attributes of a start tag, in order. */
export function attributesOf(tag: string): Attribute[] {
  const inside = tag.replace(/^<\/?[a-z][a-z0-9:_-]*/i, '').replace(/\/?>$/, '');
  const found: Attribute[] = [];
  ATTRIBUTE.lastIndex = 0;
  for (let hit = ATTRIBUTE.exec(inside); hit !== null; hit = ATTRIBUTE.exec(inside)) {
    let value = '';
    for (const given of [hit[2], hit[3], hit[4]]) if (given !== undefined) value = given;
    found.push({ name: String(hit[1]).toLowerCase(), value: decodeEntities(value) });
  }
  return found;
}

/** The declarations of a style attribute. */
export function stylesOf(value: string): Attribute[] {
  const found: Attribute[] = [];
  for (const declaration of value.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    found.push({ name: declaration.slice(0, colon).trim().toLowerCase(), value: declaration.slice(colon + 1).trim().toLowerCase() });
  }
  return found;
}
