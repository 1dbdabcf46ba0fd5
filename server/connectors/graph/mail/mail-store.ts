import type { MailboxRef } from '../../../domain/calendar.ts';
import type { MailCapabilities, MailChanges, MailDraft, MailHome, MailItem, MailStore } from '../../../ports/mail-store.ts';
import type { Log } from '../../../ports/log.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { readAllPages } from '../client/pages.ts';
import type { Transport } from '../client/transport.ts';
import type { createDirectory } from '../people/directory.ts';
import type { MailFacts } from './folders.ts';
import type { MailHomes } from './homes.ts';
import { isInline, messageBody } from './message.ts';
import { itemIn, marksExpanded, messageFields, messageRow, noticeOf, noticeProperty, quoted, toItem } from './rows.ts';
import type { KnownFolders, MessageRow } from './rows.ts';
import { uploadAudio } from './upload.ts';
import type { MailWatches } from './watch.ts';

export interface MailStoreOptions {
  instance: string;
  client: GraphClient;
  transport: Transport;
  directory: ReturnType<typeof createDirectory>;
  facts: MailFacts;
  homes: MailHomes;
  changes: (home: MailHome, cursor: string | null) => Promise<MailChanges>;
  watches: MailWatches;
  capabilities: () => MailCapabilities;
  log: Log;
}

/** Ids that one filter names: with fifteen, the address stays below 4 KB whatever the ids look like. Ours. */
const idsPerFilter = 15;

/** Mailboxes of Microsoft 365. Ids are immutable ones, so a mail is found wherever its owner, a rule or the archive button has put it. */
export function createMailStore({ instance, client, transport, directory, facts, homes, changes, watches, capabilities, log }: MailStoreOptions): MailStore {
  function call(mailbox: MailboxRef, more: Pick<GraphCall, 'what' | 'method' | 'target'> & Partial<GraphCall>): GraphCall {
    return { right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always', ...more };
  }

  /** Rows of the whole mailbox that a filter fits, Deleted Items included. */
  async function search(mailbox: MailboxRef, what: string, conditions: readonly string[], more: Partial<GraphCall> = {}): Promise<MessageRow[]> {
    const rows: MessageRow[] = [];
    for (let at = 0; at < conditions.length; at += idsPerFilter) {
      const query = { $filter: conditions.slice(at, at + idsPerFilter).join(' or '), $select: messageFields, $expand: marksExpanded, $top: '100' };
      const found = await readAllPages(client, instance, call(mailbox, { what, method: 'GET', target: { path: graphPath`/users/${mailbox.id}/messages`, query }, ...more }));
      for (const each of found) {
        const read = messageRow.safeParse(each);
        if (read.success) rows.push(read.data);
        else log.warn({ mailbox: mailbox.id }, 'a mail cannot be read');
      }
    }
    return rows;
  }

  /** Exchange compares without regard to case, we do not. */
  async function rowsOf(mailbox: MailHome, messageIds: readonly string[]): Promise<{ row: MessageRow; item: MailItem }[]> {
    const wanted = new Set(messageIds);
    const rows = await search(mailbox, 'find mails', messageIds.map((id) => `internetMessageId eq ${quoted(`<${id}>`)}`));
    if (rows.length === 0) return [];
    const folders = await facts.folders(mailbox);
    return rows.map((row) => ({ row, item: toItem(row, folders) })).filter(({ item }) => wanted.has(item.messageId));
  }

  async function current(mailbox: MailboxRef, id: string, folders: KnownFolders): Promise<MailItem> {
    const row = await client.call(call(mailbox, { what: 'read a mail', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/messages/${id}`, query: { $select: messageFields } } }), messageRow);
    return toItem(row, folders);
  }

  async function move(mailbox: MailboxRef, id: string, destinationId: string, folders: KnownFolders): Promise<MailItem> {
    const row = await client.call(call(mailbox, { what: 'move a mail', method: 'POST', target: { path: graphPath`/users/${mailbox.id}/messages/${id}/move` }, body: { destinationId } }), messageRow);
    return toItem(row, folders);
  }

  /** Not repeated when the answer is lost: the caller reads by the Message-ID first. A sound of more than 3 MB is added where nobody sees it, and then the mail comes to its place. */
  async function create(mailbox: MailHome, draft: MailDraft, home: string): Promise<MailItem> {
    const folder = isInline(draft) ? home : 'drafts';
    const body = messageBody(draft, await facts.owner(mailbox));
    const row = await client.call(call(mailbox, { what: 'deliver a mail', method: 'POST', target: { path: graphPath`/users/${mailbox.id}/mailFolders/${folder}/messages` }, body, repeat: 'if-refused' }), messageRow);
    return isInline(draft) ? itemIn('inbox', row) : complete(mailbox, row, draft, home);
  }

  /** What was begun with a large sound and not ended: one that stands among the drafts. */
  async function complete(mailbox: MailHome, row: MessageRow, { audio }: MailDraft, home: string): Promise<MailItem> {
    if (audio !== null && !row.hasAttachments) await uploadAudio({ client, transport, instance }, mailbox, row.id, audio);
    return move(mailbox, row.id, home, await facts.folders(mailbox));
  }

  return {
    instance,
    get capabilities() {
      return capabilities();
    },
    findMailbox: directory.findMailbox,

    deliver: (home, draft) => homes.within(home, true, async (folder) => {
      const [found] = await rowsOf(home, [draft.messageId]);
      if (!found) return create(home, draft, folder);
      const isBegun = !isInline(draft) && found.row.parentFolderId === (await facts.drafts(home));
      return isBegun ? complete(home, found.row, draft, folder) : found.item;
    }),

    async find(mailbox, messageIds) {
      return (await rowsOf(mailbox, messageIds)).map(({ item }) => item);
    },

    async findNotices(mailbox, voicemailIds) {
      const conditions = voicemailIds.map((id) => `singleValueExtendedProperties/Any(ep: ep/id eq ${quoted(noticeProperty)} and ep/value eq ${quoted(id)})`);
      // At first contact with a company's boxes: thousands of them at a time, and nobody looks at a screen meanwhile.
      const rows = await search(mailbox, 'find notices', conditions, { sharesRequest: true });
      if (rows.length === 0) return [];
      const folders = await facts.folders(mailbox);
      return rows.flatMap((row) => {
        const voicemailId = noticeOf(row);
        return voicemailId !== null && voicemailIds.includes(voicemailId) ? [{ ...toItem(row, folders), voicemailId }] : [];
      });
    },

    async setRead(mailbox, { id }, isRead) {
      const folders = await facts.folders(mailbox);
      const row = await client.call(call(mailbox, { what: 'mark a mail', method: 'PATCH', target: { path: graphPath`/users/${mailbox.id}/messages/${id}` }, body: { isRead } }), messageRow);
      return toItem(row, folders);
    },

    async trash(mailbox, item) {
      const folders = await facts.folders(mailbox);
      const now = await current(mailbox, item.id, folders);
      return now.place === 'trash' ? now : move(mailbox, item.id, folders.trash, folders);
    },

    async restore(home, item) {
      const now = await current(home, item.id, await facts.folders(home));
      // Filed elsewhere in between: its owner has taken it back already, and there it stays.
      return now.place === 'trash' ? homes.within(home, true, async (folder) => move(home, item.id, folder, await facts.folders(home))) : now;
    },

    changes,
    watch: watches.watch,
    async unwatch(_mailbox, watchId) {
      await watches.unwatch(watchId);
    },
  };
}

/** What Microsoft 365 can do for voicemail. `notifies`: Graph can reach our doors. */
export function mailCapabilities(notifies: boolean): MailCapabilities {
  return { notifications: notifies, changes: true, trash: true, stableIds: true, findsFiled: true, folders: true, voicemailClass: true, visibleWithinMs: 10_000, maxAudioBytes: 150 * 1_024 * 1_024 };
}
