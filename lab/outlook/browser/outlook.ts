/** The bundle `/lab/outlook/outlook.js`. */
import type { Mode } from './host/open-request.ts';
import type { OutlookOptions } from './page/mount.ts';

export type { Outlook, OutlookOptions } from './page/mount.ts';
export { mountOutlook } from './page/mount.ts';

const modes: readonly Mode[] = ['new', 'edit', 'series', 'read', 'message-read', 'message-compose', 'none'];

/** Options by the page's address: `?person=…&language=de-DE&theme=dark&mode=edit&id=…&owner=…&events=off&mailbox=on-premises`. */
export function optionsFromAddress(search: string): OutlookOptions {
  const query = new URLSearchParams(search);
  const of = (name: string): string | undefined => query.get(name) ?? undefined;
  const mode = modes.find((each) => each === of('mode'));
  const [id, owner, person, language] = [of('id'), of('owner'), of('person'), of('language')];
  const events = of('events') === 'off' ? { events: false } : {};
  return {
    theme: of('theme') === 'dark' ? 'dark' : 'light',
    ...(person ? { person } : {}),
    ...(language ? { language } : {}),
    // On a server of the company's own: no access tokens, and the old identity token.
    ...(of('mailbox') === 'on-premises' ? { accountType: 'enterprise' as const } : {}),
    open: { mode: mode ?? 'new', ...(id ? { id } : {}), ...(owner ? { owner } : {}), ...events },
  };
}
