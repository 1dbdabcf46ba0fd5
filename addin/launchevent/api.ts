/**
 * Origin of our server for a handler that finds no record of its own on the item. In the build this text stands as it
 * is; `npm run manifest` writes the real origin over it, because classic Outlook runs this file without an address.
 */
const FILLED_IN = '@tieline-api@';

/** Pages have an address; the script runtime of classic Outlook has none. */
declare const location: { origin?: string } | undefined;

/** The server's origin; empty when this handler cannot know it, and then must ask nobody. */
export function ownApi(): string {
  if (FILLED_IN.charAt(0) !== '@') return FILLED_IN;
  if (typeof location === 'undefined') return '';
  const origin = location.origin;
  if (typeof origin !== 'string' || origin.indexOf('https://') !== 0) return '';
  return origin;
}
