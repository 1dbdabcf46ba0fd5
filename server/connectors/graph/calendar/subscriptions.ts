import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { Subscription } from '../../../ports/calendar-source.ts';
import type { Clock } from '../../../ports/clock.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import type { ClientStates } from '../client-state.ts';
import { refusalOf } from '../client/graph-error.ts';
import { readAllPages } from '../client/pages.ts';
import { subscriptionRow } from '../schema.ts';
import type { SubscriptionRow } from '../schema.ts';
import { isoOf, timestampOf } from '../times.ts';

export interface SubscriptionsOptions {
  client: GraphClient;
  instance: string;
  /** Where Graph reaches our doors, without a slash at the end. */
  doors: string;
  states: ClientStates;
  minutes: number;
  clock: Clock;
  /** Graph could not, or could, reach our doors: null when it could. */
  onReached: (trouble: TheirError | null) => void;
}

export interface Subscriptions {
  subscribe: (mailbox: MailboxRef) => Promise<Subscription>;
  renew: (mailbox: MailboxRef, id: string) => Promise<Subscription>;
  unsubscribe: (id: string) => Promise<void>;
  /** Mailboxes whose living subscription leads elsewhere or was made with another secret: their notices are lost or not believed. */
  outdated: () => Promise<string[]>;
}

const shared = { right: 'none', budget: { workload: 'subscriptions' } } as const satisfies Partial<GraphCall>;

export function createSubscriptions({ client, instance, doors, states, minutes, clock, onReached }: SubscriptionsOptions): Subscriptions {
  function expiry(): string {
    return isoOf(clock.now() + minutes * 60_000);
  }

  /** The key's name is part of the address, because Graph shows the address of a subscription later, and its clientState to nobody. */
  async function notificationUrl(): Promise<string> {
    return `${doors}/notifications?key=${encodeURIComponent(await states.keyId())}`;
  }

  function told(row: SubscriptionRow): Subscription {
    const expiresAt = timestampOf(row.expirationDateTime);
    if (expiresAt === null) throw new TheirError(instance, 'unreadable', 'a subscription has no end that can be read');
    return { id: row.id, expiresAt };
  }

  async function create(mailbox: MailboxRef): Promise<Subscription> {
    const body = {
      changeType: 'created,updated,deleted',
      notificationUrl: await notificationUrl(),
      lifecycleNotificationUrl: `${doors}/lifecycle`,
      resource: resourceOf(mailbox),
      expirationDateTime: expiry(),
      clientState: await states.of(mailbox.id),
    };
    // Not repeated when the answer is lost: Graph would refuse the twin, which `subscribe` clears away next time.
    const row = await client.call(
      { what: 'subscribe to a calendar', method: 'POST', target: { path: '/subscriptions' }, body, right: 'Calendars.Read', budget: { workload: 'subscriptions', mailbox: mailbox.id }, repeat: 'if-refused' },
      subscriptionRow,
    ).catch((error: unknown) => {
      throw doorTrouble(error) ?? error;
    });
    onReached(null);
    return told(row);
  }

  /** Graph tries our doors before it accepts a subscription, and says so when they do not answer as they should. */
  function doorTrouble(error: unknown): TheirError | null {
    const refused = refusalOf(error);
    if (!(error instanceof TheirError) || refused?.status !== 400) return null;
    const cause = error.cause instanceof Error ? error.cause : null;
    if (!/validation request|notification endpoint|notificationUrl/i.test(cause?.message ?? '')) return null;
    const { host } = new URL(doors);
    const trouble = new TheirError(instance, 'unavailable', `Graph cannot reach our doors at ${host}: ${cause?.message ?? ''}`, {
      cause: error,
      remedy: `Let Microsoft 365 reach ${doors}/… from the internet, with a certificate of a public authority; or set notificationUrl to an address that leads here; or set notifications to false.`,
    });
    onReached(trouble);
    return trouble;
  }

  async function all(): Promise<SubscriptionRow[]> {
    const rows = await readAllPages(client, instance, { ...shared, what: 'list subscriptions', method: 'GET', target: { path: '/subscriptions' }, repeat: 'always' });
    return rows.flatMap((row) => subscriptionRow.safeParse(row).data ?? []);
  }

  async function unsubscribe(id: string): Promise<void> {
    try {
      await client.call({ ...shared, what: 'end a subscription', method: 'DELETE', target: { path: graphPath`/subscriptions/${id}` }, repeat: 'always' }, z.unknown());
    } catch (error) {
      if (refusalOf(error)?.status !== 404) throw error;
    }
  }

  return {
    async subscribe(mailbox) {
      try {
        return await create(mailbox);
      } catch (error) {
        if (refusalOf(error)?.status !== 409) throw error;
      }
      // There is one that we forgot, perhaps made with another secret: nobody can tell, so it gives way.
      const wanted = resourceOf(mailbox);
      for (const row of await all()) if (isSameResource(row.resource, wanted)) await unsubscribe(row.id);
      return create(mailbox);
    },

    async renew(_mailbox, id) {
      const row = await client.call(
        { ...shared, what: 'renew a subscription', method: 'PATCH', target: { path: graphPath`/subscriptions/${id}` }, body: { expirationDateTime: expiry() }, repeat: 'always' },
        subscriptionRow,
      );
      if (row.notificationUrl == null || row.notificationUrl === (await notificationUrl())) return told(row);
      // Neither the address nor the secret of a subscription can be changed.
      await unsubscribe(id);
      throw new TheirError(instance, 'gone', 'renew a subscription: it leads to another address or was made with another secret');
    },

    unsubscribe,

    async outdated() {
      const current = await notificationUrl();
      const { pathname } = new URL(doors);
      return (await all()).flatMap(({ notificationUrl: url, resource }) => {
        const isOurs = url != null && URL.canParse(url) && new URL(url).pathname === `${pathname}/notifications`;
        const mailboxId = /^\/?users\/([^/]+)\/events$/i.exec(resource ?? '')?.[1];
        return isOurs && url !== current && mailboxId !== undefined ? [decodeURIComponent(mailboxId)] : [];
      });
    },
  };
}

function resourceOf(mailbox: MailboxRef): string {
  return graphPath`/users/${mailbox.id}/events`;
}

function plain(resource: string): string {
  return resource.replace(/^\/+/, '').toLowerCase();
}

function isSameResource(one: string | null | undefined, other: string): boolean {
  return one != null && plain(one) === plain(other);
}
