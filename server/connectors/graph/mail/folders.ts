import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { MailboxProfile } from '../../../ports/calendar-source.ts';
import type { MailHome } from '../../../ports/mail-store.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import type { MailHomes } from './homes.ts';
import type { KnownFolders } from './rows.ts';

/** Mailboxes of whom an answer is remembered; ids of folders never change, whatever the folders are called. Ours: below 1 KB each. */
const mostKept = 20_000;

const folder = z.object({ id: z.string().min(1).max(2_048) });

/**
 * What has to be known of a mailbox before its mails mean anything. Each is asked when it is needed first, and once: a mailbox in which nothing lies
 * that is ours costs nothing here.
 */
export interface MailFacts {
  folders(home: MailHome): Promise<KnownFolders>;
  /** Id of the drafts. */
  drafts(mailbox: MailboxRef): Promise<string>;
  /** Null when the directory does not say. */
  owner(mailbox: MailboxRef): Promise<{ name: string; address: string } | null>;
}

/** The last answers for so many mailboxes. */
function remembered<T>(ask: (mailbox: MailboxRef) => Promise<T>): (mailbox: MailboxRef) => Promise<T> {
  const kept = new Map<string, T>();
  return async (mailbox) => {
    const known = kept.get(mailbox.id);
    if (known !== undefined) return known;
    const answer = await ask(mailbox);
    kept.set(mailbox.id, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return answer;
  };
}

export function createMailFacts(client: GraphClient, homes: Pick<MailHomes, 'idOf'>, findMailbox: (id: string) => Promise<MailboxProfile | null>): MailFacts {
  async function idOf(mailbox: MailboxRef, name: string): Promise<string> {
    const { id } = await client.call(
      {
        what: 'find a mail folder', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/mailFolders/${name}`, query: { $select: 'id' } },
        right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, sharesRequest: true, repeat: 'always',
      },
      folder,
    );
    return id;
  }

  // One after the other: a mailbox has four places for all that we do in it.
  const ofAll = remembered(async (mailbox) => ({ inbox: await idOf(mailbox, 'inbox'), trash: await idOf(mailbox, 'deleteditems') }));

  return {
    async folders(home) {
      const id = await homes.idOf(home);
      return { ...(await ofAll(home)), home: id === 'inbox' ? undefined : id };
    },
    drafts: remembered((mailbox) => idOf(mailbox, 'drafts')),
    owner: remembered(async (mailbox) => {
      const profile = await findMailbox(mailbox.id);
      const [address] = profile?.addresses ?? [];
      return profile && address !== undefined ? { name: profile.displayName, address } : null;
    }),
  };
}
