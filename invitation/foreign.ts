/** A conference of somebody else's in an invite. We report it and never touch it. */
export type ForeignService = 'teams' | 'zoom' | 'webex' | 'google-meet' | 'goto' | 'jitsi';

/**
 * How the join addresses of other services look once link rewriters are undone. Sources: the services' own invites.
 * Their home pages and help pages are no conference and do not match.
 */
const ADDRESSES: readonly (readonly [ForeignService, RegExp])[] = [
  ['teams', /\bteams\.(?:microsoft|live)\.(?:com|us)\/(?:l\/meetup-join|meet)\//],
  ['zoom', /\b(?:zoom\.us|zoomgov\.com|zoom\.com)\/(?:j|my|w|s|wc)\/[^\s"'<]/],
  ['webex', /\bwebex\.com\/(?:meet\/|join\/|wbxmjs\/|[^\s"'<]*(?:j\.php|mtid=))/],
  ['google-meet', /\bmeet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}\b/],
  ['goto', /\b(?:meet\.goto\.com\/[^\s"'<]|(?:global\.)?gotomeeting\.com\/join\/|gotomeet\.me\/[^\s"'<])/],
  ['jitsi', /\bmeet\.jit\.si\/[^\s"'<]/],
];

/** Undoes what link rewriters do to the slashes, colons and question marks of an address. */
function plainAddresses(body: string): string {
  return body
    .replace(/%(?:25)*(2F|3A|3F|3D)|-(2F|3A|3F|3D)|&#(?:47|x2F);/gi, function decode(whole: string, percent: string | undefined, dash: string | undefined) {
      let code = '2F';
      if (percent !== undefined) code = percent;
      if (dash !== undefined) code = dash;
      return String.fromCharCode(parseInt(code, 16));
    })
    .replace(/:__/g, '://');
}

/** Proofpoint v2 writes `_` for `/`; only addresses that it rewrote are read that way. */
function proofpointAddresses(body: string): string {
  const found = body.match(/urldefense\.proofpoint\.com\/v2\/url\?u=[^\s"'<&]{1,2000}/gi);
  if (found === null) return '';
  return found.join(' ').replace(/_/g, '/').replace(/-2D/gi, '-');
}

/** The services whose join addresses stand in a body or a location, each once. */
export function findForeign(body: string): ForeignService[] {
  const plain = plainAddresses(body);
  const text = `${plain} ${plainAddresses(proofpointAddresses(body))}`.toLowerCase();
  const found: ForeignService[] = [];
  for (const [service, pattern] of ADDRESSES) {
    if (pattern.test(text)) found.push(service);
  }
  return found;
}
