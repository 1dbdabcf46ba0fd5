import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { folderNames } from '../../../domain/mail-folder.ts';
import type { Log } from '../../../ports/log.ts';
import type { MailHome } from '../../../ports/mail-store.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { readAllPages } from '../client/pages.ts';
import { quoted } from './rows.ts';

const folderRow = z.object({ id: z.string().min(1).max(2_048), displayName: z.string().max(1_024).nullish(), parentFolderId: z.string().max(2_048).nullish() });
type FolderRow = z.output<typeof folderRow>;

const folderFields = 'id,displayName,parentFolderId';

/** Folders remembered. Ours: below 1 KB each. */
const mostKept = 20_000;

/** Folders that mails are put into. A folder is its id, or 'inbox', which Graph takes for one. */
export interface MailHomes {
  idOf(home: MailHome): Promise<string>;
  /**
   * Runs with the home's folder; once more when that turns out to be gone, with the one that then has its name. `isSure`: first it is asked whether the folder is still the one
   * of this name. Only for what may be repeated when it says that something is not there.
   */
  within<T>(home: MailHome, isSure: boolean, run: (folder: string) => Promise<T>): Promise<T>;
}

/** Finds folders by their names, and makes those that are missing. Ids are remembered; names belong to the owner. */
export function createMailHomes({ client, instance, log }: { client: GraphClient; instance: string; log: Log }): MailHomes {
  const kept = new Map<string, FolderRow>();

  function call(mailbox: MailboxRef, more: Pick<GraphCall, 'what' | 'method' | 'target'> & Partial<GraphCall>): GraphCall {
    return { right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always', ...more };
  }

  function below(mailbox: MailboxRef, parent: string | null): string {
    return parent === null ? graphPath`/users/${mailbox.id}/mailFolders` : graphPath`/users/${mailbox.id}/mailFolders/${parent}/childFolders`;
  }

  async function child(mailbox: MailboxRef, parent: string | null, name: string): Promise<FolderRow | null> {
    const query = { $filter: `displayName eq ${quoted(name)}`, $select: folderFields, $top: '10' };
    const rows = await readAllPages(client, instance, call(mailbox, { what: 'find a mail folder', method: 'GET', target: { path: below(mailbox, parent), query } }));
    return rows.map((row) => folderRow.safeParse(row).data).find((row) => row !== undefined) ?? null;
  }

  async function make(mailbox: MailboxRef, parent: string | null, name: string): Promise<FolderRow> {
    try {
      return await client.call(call(mailbox, { what: 'make a mail folder', method: 'POST', target: { path: below(mailbox, parent) }, body: { displayName: name }, repeat: 'if-refused' }), folderRow);
    } catch (error) {
      // Somebody was faster: another process of ours, or its owner.
      if (refusalOf(error)?.status !== 409) throw error;
      const other = await child(mailbox, parent, name);
      if (other) return other;
      throw error;
    }
  }

  async function find(mailbox: MailboxRef, [first = '', ...rest]: readonly string[]): Promise<FolderRow> {
    let at = first === 'INBOX' ? { id: 'inbox' } : ((await child(mailbox, null, first)) ?? (await make(mailbox, null, first)));
    for (const name of rest) at = (await child(mailbox, at.id, name)) ?? (await make(mailbox, at.id, name));
    return at;
  }

  /** Still there, under its name, where it was: not renamed, not moved, not thrown away. */
  async function stands(mailbox: MailboxRef, { id, displayName, parentFolderId }: FolderRow): Promise<boolean> {
    try {
      const now = await client.call(call(mailbox, { what: 'look at a mail folder', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/mailFolders/${id}`, query: { $select: folderFields } } }), folderRow);
      return now.displayName?.toLowerCase() === displayName?.toLowerCase() && now.parentFolderId === parentFolderId;
    } catch (error) {
      if (refusalOf(error)?.status === 404) return false;
      throw error;
    }
  }

  const keyOf = ({ id, folder = '' }: MailHome): string => `${id}/${folder}`;

  async function known(home: MailHome, isSure: boolean): Promise<string> {
    const names = folderNames(home.folder ?? '');
    if (names.length === 0) return 'inbox';
    const key = keyOf(home);
    const before = kept.get(key);
    try {
      if (before && (!isSure || (await stands(home, before)))) return before.id;
      const found = await find(home, names);
      kept.delete(key);
      kept.set(key, found);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return found.id;
    } catch (error) {
      // A name that Exchange will not have, or folders that we may not touch: the mail goes to the inbox, rather than nowhere. A token that is refused says nothing about folders.
      if (!(error instanceof TheirError) || (error.fault !== 'refused' && refusalOf(error)?.status !== 403)) throw error;
      log.warn({ mailbox: home.id, err: error.message }, 'the folder for voicemail cannot be made: its mails go to the inbox');
      return 'inbox';
    }
  }

  return {
    idOf: (home) => known(home, false),
    async within(home, isSure, run) {
      const folder = await known(home, isSure);
      try {
        return await run(folder);
      } catch (error) {
        if (folder === 'inbox' || refusalOf(error)?.status !== 404) throw error;
        kept.delete(keyOf(home));
        const again = await known(home, false);
        if (again === folder) throw error;
        return run(again);
      }
    },
  };
}
