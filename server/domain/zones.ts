import { IANAZone } from 'luxon';
import { findIana } from 'windows-iana';

/**
 * The IANA name of a zone as Exchange names it: a Windows name ("W. Europe Standard Time"), an IANA name, or one of its own. Null for
 * `tzone://Microsoft/Custom` (a zone that somebody's old Outlook made up) and everything else that nobody knows.
 */
export function ianaZone(name: string | null | undefined): string | null {
  const wanted = (name ?? '').trim();
  const known = found.get(wanted);
  if (known !== undefined) return known;
  const zone = lookUp(wanted);
  if (found.size >= namesKept) found.clear();
  found.set(wanted, zone);
  return zone;
}

/** Every event names two zones, and the tables are searched from their beginning: two fifths of a sweep of 1,000 calendars went there. */
const found = new Map<string, string | null>();

/** More than there are zones. Names come from calendars of strangers, so that the list may not grow with them. */
const namesKept = 1_000;

function lookUp(wanted: string): string | null {
  if (/^(utc|etc\/utc|gmt|tzone:\/\/microsoft\/utc)$/i.test(wanted)) return 'UTC';
  const fromWindows = findIana(wanted)[0];
  if (fromWindows !== undefined && IANAZone.isValidZone(fromWindows)) return fromWindows;
  return wanted.includes('/') && !wanted.includes(':') && IANAZone.isValidZone(wanted) ? wanted : null;
}
