import { IANAZone } from 'luxon';
import { findIana } from 'windows-iana';

/**
 * The IANA name of a zone as Exchange names it: a Windows name ("W. Europe Standard Time"), an IANA name, or one of its own. Null for
 * `tzone://Microsoft/Custom` (a zone that somebody's old Outlook made up) and everything else that nobody knows.
 */
export function ianaZone(name: string | null | undefined): string | null {
  const wanted = (name ?? '').trim();
  if (/^(utc|etc\/utc|gmt|tzone:\/\/microsoft\/utc)$/i.test(wanted)) return 'UTC';
  const fromWindows = findIana(wanted)[0];
  if (fromWindows !== undefined && IANAZone.isValidZone(fromWindows)) return fromWindows;
  return wanted.includes('/') && !wanted.includes(':') && IANAZone.isValidZone(wanted) ? wanted : null;
}
