import { badRequest } from './errors.ts';

export interface FilterToken { kind: 'text' | 'number' | 'name' | 'mark'; value: string }

const shape = /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w/]*)|([():,]))/y;

export function invalidFilter(): Error {
  return badRequest('ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.');
}

/** Words of an OData `$filter`. Bare timestamps count as text. Throws GraphError at the first that is none. */
export function filterTokens(filter: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  shape.lastIndex = 0;
  while (filter.slice(shape.lastIndex).trim() !== '') {
    const [whole, text, time, number, name, mark] = shape.exec(filter) ?? [];
    if (whole === undefined) throw invalidFilter();
    if (text !== undefined) tokens.push({ kind: 'text', value: text.replaceAll("''", "'") });
    else if (time !== undefined) tokens.push({ kind: 'text', value: time });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else tokens.push({ kind: 'mark', value: mark ?? '' });
  }
  return tokens;
}
