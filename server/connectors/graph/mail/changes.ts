import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { MailChanges, MailHome, MailItem } from '../../../ports/mail-store.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { walkDelta } from '../client/delta.ts';
import type { DeltaResult } from '../client/delta.ts';
import type { MailHomes } from './homes.ts';
import { isVoicemail, itemIn, marksExpanded, messageFields, messageRow } from './rows.ts';
import { isoOf } from '../times.ts';

/**
 * How far back a walk looks at the beginning, and when all is read anew. Read marks and departures are told whatever their age, and what is older is found by
 * its Message-ID; so a mailbox of a hundred thousand messages costs no more than a small one. With a filter Graph gives 5,000 at most (graph.md §2).
 */
const lookBackMs = { begin: 86_400_000, anew: 30 * 86_400_000 };

/** Delta links: of the inbox, of Deleted Items, and of the folder that mails are put into where that is another. */
const cursorShape = z.object({ inbox: z.string(), trash: z.string(), home: z.object({ id: z.string(), link: z.string() }).optional() });

export interface MailChangesOptions { client: GraphClient; instance: string; pageSize: number; homes: MailHomes; clock: Clock; log: Log }

function readCursor(cursor: string | null): z.output<typeof cursorShape> | null {
  if (cursor === null) return null;
  try {
    return cursorShape.parse(JSON.parse(cursor));
  } catch {
    // Not one of ours, perhaps of an older release: as good as forgotten.
    return { inbox: '', trash: '' };
  }
}

export function createMailChanges({ client, instance, pageSize, homes, clock, log }: MailChangesOptions): (home: MailHome, cursor: string | null) => Promise<MailChanges> {
  /** `folder`: by its id, or by its well-known name, which no owner and no language changes. */
  async function walk(mailbox: MailboxRef, folder: string, cursor: string | null): Promise<DeltaResult> {
    const from = isoOf(clock.now() - (cursor === null ? lookBackMs.begin : lookBackMs.anew));
    const first: GraphCall = {
      what: 'read mail changes', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/mailFolders/${folder}/messages/delta`, query: { $select: messageFields, $expand: marksExpanded, $filter: `receivedDateTime ge ${from}` } },
      headers: { prefer: `odata.maxpagesize=${pageSize}` }, right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
    };
    return walkDelta({ client, connector: instance, first, cursor, onBrokenRow: () => log.warn({ mailbox: mailbox.id }, 'a mail change has no id') });
  }

  return (mailbox, cursor) => homes.within(mailbox, false, async (folder) => {
    const before = readCursor(cursor);
    const inbox = await walk(mailbox, 'inbox', before?.inbox ?? null);
    const trash = await walk(mailbox, 'deleteditems', before?.trash ?? null);
    // One that was chosen since has no link yet, and is begun anew.
    const home = folder === 'inbox' ? null : await walk(mailbox, folder, before?.home?.id === folder ? before.home.link : null);
    const links = { inbox: inbox.deltaLink, trash: trash.deltaLink, ...(home ? { home: { id: folder, link: home.deltaLink } } : {}) };
    const next = { cursor: JSON.stringify(links), wasReset: inbox.wasReset || trash.wasReset || home?.wasReset === true };
    if (before === null) return { items: [], gone: [], ...next };
    const items = new Map<string, MailItem>();
    const walks = [{ walked: inbox, place: 'inbox' as const }, { walked: trash, place: 'trash' as const }, ...(home ? [{ walked: home, place: 'inbox' as const }] : [])];
    for (const { walked, place } of walks) {
      for (const row of walked.rows.values()) {
        const read = messageRow.safeParse(row);
        if (!read.success) log.warn({ mailbox: mailbox.id }, 'a mail change cannot be read');
        else if (isVoicemail(read.data)) items.set(read.data.id, itemIn(place, read.data));
      }
    }
    // What came into the one folder from the other did not go away.
    const gone = walks.flatMap(({ walked }) => [...walked.removed]).filter((id) => !items.has(id));
    return { items: [...items.values()], gone, ...next };
  });
}
