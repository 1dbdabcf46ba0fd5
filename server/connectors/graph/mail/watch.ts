import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { MailHome, MailWatch } from '../../../ports/mail-store.ts';
import type { ClientStates } from '../client-state.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { readAllPages } from '../client/pages.ts';
import type { MailHomes } from './homes.ts';
import { subscriptionRow } from '../schema.ts';
import type { SubscriptionRow } from '../schema.ts';
import { isoOf, timestampOf } from '../times.ts';

export interface MailWatchOptions { client: GraphClient; instance: string; doors: string; states: ClientStates; homes: MailHomes; minutes: number; clock: Clock }

export interface MailWatches {
  watch: (home: MailHome) => Promise<MailWatch>;
  unwatch: (id: string) => Promise<void>;
}

/** Three days, though Graph allows seven: a subscription that died without a word is silent no longer than that. Ours. */
const longestMinutes = 4_320;

/** What is told changes with other programs: looked through again at most this often. Ours; a company's list is some hundred pages. */
const listEveryMs = 10 * 60_000;

const shared = { right: 'none', budget: { workload: 'subscriptions' } } as const satisfies Partial<GraphCall>;

/**
 * Subscriptions to inboxes, or to the folders that mails are put into instead: marks, departures and arrivals there are all that the two sides have to learn of each other. They are kept in no table of ours: after a
 * start, those that stand are listed once and taken up again, so that ten thousand mailboxes cost a list and not ten thousand refusals.
 */
export function createMailWatches({ client, instance, doors, states, homes, minutes, clock }: MailWatchOptions): MailWatches {
  const known = new Map<string, string>();
  let listed: Promise<void> | null = null;
  let listedAt = -Infinity;

  async function address(): Promise<string> {
    return `${doors}/mail?key=${encodeURIComponent(await states.keyId())}`;
  }

  function told(row: SubscriptionRow): MailWatch {
    const expiresAt = timestampOf(row.expirationDateTime);
    if (expiresAt === null) throw new TheirError(instance, 'unreadable', 'a subscription has no end that can be read');
    return { id: row.id, expiresAt };
  }

  function expiry(): string {
    return isoOf(clock.now() + Math.min(minutes, longestMinutes) * 60_000);
  }

  async function list(): Promise<void> {
    const own = await address();
    const rows = await readAllPages(client, instance, { ...shared, what: 'list subscriptions', method: 'GET', target: { path: '/subscriptions' }, repeat: 'always' });
    known.clear();
    for (const row of rows) {
      const read = subscriptionRow.safeParse(row).data;
      // Those that lead elsewhere, or were made with another secret, give way when their place is wanted.
      if (read?.resource && isMailResource(read.resource)) known.set(plain(read.resource), read.notificationUrl === own ? read.id : `!${read.id}`);
    }
    listedAt = clock.now();
  }

  /** All callers of a moment share one list. */
  function lookThrough(): Promise<void> {
    listed ??= list().finally(() => {
      listed = null;
    });
    return listed;
  }

  async function unwatch(id: string): Promise<void> {
    for (const [resource, each] of known) if (each === id || each === `!${id}`) known.delete(resource);
    try {
      await client.call({ ...shared, what: 'end a subscription', method: 'DELETE', target: { path: graphPath`/subscriptions/${id}` }, repeat: 'always' }, z.unknown());
    } catch (error) {
      if (refusalOf(error)?.status !== 404) throw error;
    }
  }

  async function create(mailbox: MailboxRef, resource: string): Promise<MailWatch> {
    const body = {
      changeType: 'created,updated,deleted', notificationUrl: await address(), lifecycleNotificationUrl: `${doors}/mail-lifecycle`, resource,
      expirationDateTime: expiry(), clientState: await states.of(mailbox.id),
    };
    const row = await client.call(
      { what: 'subscribe to a mail folder', method: 'POST', target: { path: '/subscriptions' }, body, right: 'Mail.ReadWrite', budget: { workload: 'subscriptions', mailbox: mailbox.id }, repeat: 'if-refused' },
      subscriptionRow,
    );
    known.set(plain(resource), row.id);
    return told(row);
  }

  /** Null when it is known no more, or leads elsewhere. */
  async function renewed(id: string): Promise<MailWatch | null> {
    if (id.startsWith('!')) {
      await unwatch(id.slice(1));
      return null;
    }
    try {
      return told(await client.call({ ...shared, what: 'renew a subscription', method: 'PATCH', target: { path: graphPath`/subscriptions/${id}` }, body: { expirationDateTime: expiry() }, repeat: 'always' }, subscriptionRow));
    } catch (error) {
      if (refusalOf(error)?.status !== 404) throw error;
      return null;
    }
  }

  async function watchFolder(mailbox: MailboxRef, folder: string): Promise<MailWatch> {
    const wanted = resourceOf(mailbox, folder);
    const resource = plain(wanted);
    const id = known.get(resource);
    const standing = id === undefined ? null : await renewed(id);
    if (standing) return standing;
    known.delete(resource);
    try {
      return await create(mailbox, wanted);
    } catch (error) {
      if (refusalOf(error)?.status !== 409 || clock.now() < listedAt + listEveryMs) throw error;
    }
    // One that was made after we listed, perhaps by another process of ours.
    await lookThrough();
    const other = known.get(resource);
    return (other === undefined ? null : await renewed(other)) ?? create(mailbox, wanted);
  }

  async function watch(home: MailHome): Promise<MailWatch> {
    if (listedAt === -Infinity) await lookThrough();
    return homes.within(home, false, (folder) => watchFolder(home, folder));
  }

  return { watch, unwatch };
}

function resourceOf(mailbox: MailboxRef, folder: string): string {
  return `${graphPath`/users/${mailbox.id}`}/mailFolders('${folder}')/messages`;
}

function isMailResource(resource: string): boolean {
  return /^\/?users\/[^/]+\/mailfolders\('[^']+'\)\/messages$/i.test(resource);
}

function plain(resource: string): string {
  return resource.replace(/^\/+/, '').toLowerCase();
}
