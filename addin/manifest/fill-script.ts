import { Refusal } from './refusal.ts';

/** What stands in the built launchevent.js for the server's origin (addin/launchevent/api.ts). */
const place = '@tieline-api@';

/**
 * The script of classic Outlook with the server's origin: its engine has no address that the script could ask. Throws Refusal when the script has no
 * place for it, which means that it was filled in before.
 */
export function fillScript(script: string, server: string): string {
  if (!script.includes(place)) throw new Refusal('files', 'launchevent.js has no place for the server\'s address (any more)', 'Build again (npm run build), then fill in.');
  return script.replaceAll(place, () => server);
}
