import { z } from 'zod';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { MailboxProfile } from '../../ports/calendar-source.ts';
import { graphPath } from './client/call.ts';
import type { GraphClient } from './client/client.ts';
import type { KnownFolders } from './mail-rows.ts';

/** Mailboxes whose folders are remembered; their ids never change, whatever the folders are called. Ours: about 1 KB each. */
const mostKept = 20_000;

const folder = z.object({ id: z.string().min(1).max(2_048) });

export interface MailFacts { folders: KnownFolders; owner: { name: string; address: string } | null }

/** What has to be known of a mailbox before its mails mean anything, asked once. */
export function createMailFacts(client: GraphClient, findMailbox: (id: string) => Promise<MailboxProfile | null>): (mailbox: MailboxRef) => Promise<MailFacts> {
  const kept = new Map<string, MailFacts>();

  async function idOf(mailbox: MailboxRef, name: string): Promise<string> {
    const { id } = await client.call(
      {
        what: 'find a mail folder', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/mailFolders/${name}`, query: { $select: 'id' } },
        right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
      },
      folder,
    );
    return id;
  }

  return async (mailbox) => {
    const known = kept.get(mailbox.id);
    if (known) return known;
    // One after the other: a mailbox has four places for all that we do in it.
    const inbox = await idOf(mailbox, 'inbox');
    const trash = await idOf(mailbox, 'deleteditems');
    const drafts = await idOf(mailbox, 'drafts');
    const profile = await findMailbox(mailbox.id);
    const [address] = profile?.addresses ?? [];
    const facts: MailFacts = { folders: { inbox, trash, drafts }, owner: profile && address !== undefined ? { name: profile.displayName, address } : null };
    kept.set(mailbox.id, facts);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return facts;
  };
}
