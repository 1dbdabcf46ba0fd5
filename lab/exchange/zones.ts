import { IANAZone } from 'luxon';
import { findIana, findWindows } from 'windows-iana';
import { ExchangeError } from './errors.ts';

/** The IANA name of a zone given by its IANA or Windows name. Throws ExchangeError for a name that is neither. */
export function ianaZone(name: string): string {
  const known = found.get(name) ?? lookUp(name);
  if (found.size < 1_000) found.set(name, known);
  return known;
}

/** What was asked before: the tables are searched from their beginning, and every event asks twice. */
const found = new Map<string, string>();

function lookUp(name: string): string {
  const fromWindows = findIana(name)[0];
  if (fromWindows) return fromWindows;
  if (name === 'UTC' || (IANAZone.isValidZone(name) && name.includes('/'))) return name;
  throw new ExchangeError('TimeZoneNotSupportedException', `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`);
}

/** The Windows name of an IANA zone, the form in which Exchange tells zones; the name itself where Windows has none. */
export function windowsZone(iana: string): string {
  return findWindows(iana)[0] ?? iana;
}
