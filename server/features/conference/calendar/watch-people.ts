import { watchReason } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';

/** How soon somebody who is new here can book by the keyword, ms. Ours. */
const lookEveryMs = 10 * 60_000;

/** Work `conference.people`: whoever may book by the keyword has a calendar that is watched, conference or none. */
export async function watchPeople(deps: ConferenceDeps, tenantId: string): Promise<{ againAt: number } | void> {
  if (deps.keyword === null) return;
  const watched = new Set((await deps.calendars.watchedFor(tenantId, watchReason)).map(({ instance, id }) => `${instance}/${id}`));
  for (const mailbox of await deps.keywordMailboxes(tenantId)) {
    if (watched.has(`${mailbox.instance}/${mailbox.id}`)) continue;
    await deps.store.transaction((tx) => deps.calendars.watch(tx, tenantId, mailbox, watchReason));
  }
  return { againAt: deps.clock.now() + lookEveryMs };
}
