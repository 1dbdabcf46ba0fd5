import { findLinks } from './links.ts';
import { LOCATION_LIMIT } from './types.ts';

/** What became of the location line; where it would not fit, it stays as it was. */
export interface LocationResult {
  outcome: 'inserted' | 'replaced' | 'unchanged' | 'removed' | 'too-long';
  location: string;
}

/** Outlook separates several locations by this (reference/office-addin.md section 3). */
const SEPARATOR = '; ';

/** An address of ours, with the separator that it brought. Rooms before and after stay as they are. */
function cutLink(location: string, joinBase: string | undefined): string {
  let rest = location;
  for (let link = findLinks(rest, joinBase)[0]; link !== undefined; link = findLinks(rest, joinBase)[0]) {
    const before = rest.slice(0, link.start + 1);
    const kept = before.replace(/(?:;\s*)?(?:https?:[^\s;]*)?.$/i, '');
    let after = rest.slice(link.end).replace(/^[^\s;]*/, '');
    if (kept === '') after = after.replace(/^;\s*/, '');
    rest = kept + after;
  }
  return rest;
}

/** Appends the join address to the location line, in place of an address of ours that is there. */
export function putLocation(location: string, joinUrl: string, joinBase: string): LocationResult {
  const own = findLinks(location, joinBase);
  if (own.length === 1 && location.indexOf(joinUrl) >= 0) return { outcome: 'unchanged', location };
  const rest = cutLink(location, joinBase);
  let result = joinUrl;
  if (rest.trim() !== '') result = rest + SEPARATOR + joinUrl;
  if (result.length > LOCATION_LIMIT) return { outcome: 'too-long', location };
  if (own.length > 0) return { outcome: 'replaced', location: result };
  return { outcome: 'inserted', location: result };
}

/** Takes our address out of the location line. */
export function removeLocation(location: string, joinBase?: string): LocationResult {
  const rest = cutLink(location, joinBase);
  if (rest === location) return { outcome: 'unchanged', location };
  return { outcome: 'removed', location: rest };
}
