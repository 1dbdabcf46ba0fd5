/** What a `Prefer` header asks for. */
export interface Preferences {
  immutableId: boolean;
  /** Zone name as it was asked for; null for UTC. */
  timeZone: string | null;
  bodyType: 'html' | 'text' | null;
  allowsUnsafeHtml: boolean;
  maxPageSize: number | null;
  /** What was understood, for `Preference-Applied`. */
  applied: string[];
}

/** Reads a `Prefer` header: preferences split by commas, values with or without quotes; unknown ones are ignored. */
export function readPrefer(header: string | undefined): Preferences {
  const wanted: Preferences = { immutableId: false, timeZone: null, bodyType: null, allowsUnsafeHtml: false, maxPageSize: null, applied: [] };
  for (const [, name = '', quoted, bare] of (header ?? '').matchAll(/([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]+)))?/g)) {
    const value = quoted ?? bare ?? '';
    if (apply(wanted, name.toLowerCase(), value)) wanted.applied.push(quoted === undefined ? `${name}=${value}` : `${name}="${value}"`);
  }
  return wanted;
}

function apply(wanted: Preferences, name: string, value: string): boolean {
  if (name === 'idtype') wanted.immutableId = value.toLowerCase() === 'immutableid';
  else if (name === 'outlook.timezone') wanted.timeZone = value;
  else if (name === 'outlook.body-content-type' && (value === 'text' || value === 'html')) wanted.bodyType = value;
  else if (name === 'outlook.allow-unsafe-html') wanted.allowsUnsafeHtml = true;
  else if (name === 'odata.maxpagesize' && Number(value) > 0) wanted.maxPageSize = Math.floor(Number(value));
  else return false;
  return true;
}
