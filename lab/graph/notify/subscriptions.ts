import type { LabClock } from '../../clock.ts';
import type { Change, Exchange, MailChange } from '../../exchange/index.ts';
import type { Courier } from './courier.ts';
import type { LifecycleEvent, NotificationItem, Subscription } from './types.ts';
import { readResource } from './resource.ts';
import type { SubscribedResource } from './resource.ts';
import { timestamp } from '../times.ts';

/** The living subscriptions, and the notifications that changes raise for them. */
export interface Subscriptions {
  all(): Subscription[];
  /** Those to one mailbox (object id), of all apps. */
  inMailbox(mailboxId: string): Subscription[];
  get(id: string): Subscription | undefined;
  add(subscription: Subscription): void;
  remove(id: string): void;
  /** A new end of life (epoch ms UTC); also counts as reauthorization. */
  renew(id: string, expiresAt: number): void;
  /** Sends a lifecycle notification where the subscription has an address for it. */
  lifecycle(id: string, event: LifecycleEvent): void;
}

/** Part of a subscription's life that is left when `reauthorizationRequired` comes. The moment is not documented. */
const reauthorizeAtPart = 0.15;
/** How often lives are looked at. */
const sweepMs = 5 * 60_000;

interface Kept { subscription: Subscription; resource: SubscribedResource; reauthorizeAt: number }

export interface SubscriptionsOptions { clock: LabClock; exchange: Exchange; courier: Courier; tenantId: string; etagOf: (mailboxId: string, id: string) => string | null }

export function createSubscriptions({ clock, exchange, courier, tenantId, etagOf }: SubscriptionsOptions): Subscriptions {
  const kept = new Map<string, Kept>();
  const byMailbox = new Map<string, Set<string>>();
  let isSweeping = false;

  function envelope({ id, expiresAt, clientState, resource }: Subscription): NotificationItem {
    return { subscriptionId: id, subscriptionExpirationDateTime: timestamp(expiresAt), clientState, tenantId, resource };
  }

  function living(id: string): Kept | undefined {
    const known = kept.get(id);
    if (known && known.subscription.expiresAt > clock.now()) return known;
    remove(id);
    return undefined;
  }

  function remove(id: string): void {
    const known = kept.get(id);
    if (known) byMailbox.get(known.subscription.mailboxId)?.delete(id);
    kept.delete(id);
  }

  function lifecycle(id: string, event: LifecycleEvent): void {
    const subscription = living(id)?.subscription;
    if (!subscription?.lifecycleNotificationUrl) return;
    courier.send(subscription.lifecycleNotificationUrl, { ...envelope(subscription), lifecycleEvent: event });
  }

  function sweep(): void {
    for (const [id, known] of kept) {
      if (!living(id) || known.reauthorizeAt > clock.now()) continue;
      known.reauthorizeAt = Infinity;
      lifecycle(id, 'reauthorizationRequired');
    }
    isSweeping = kept.size > 0;
    if (isSweeping) clock.at(clock.now() + sweepMs, sweep);
  }

  function keep(subscription: Subscription): void {
    const { id, mailboxId, expiresAt } = subscription;
    kept.set(id, { subscription, resource: readResource(subscription.resource), reauthorizeAt: expiresAt - (expiresAt - clock.now()) * reauthorizeAtPart });
    const neighbours = byMailbox.get(mailboxId) ?? new Set<string>();
    byMailbox.set(mailboxId, neighbours.add(id));
    if (isSweeping) return;
    isSweeping = true;
    clock.at(clock.now() + sweepMs, sweep);
  }

  function send(subscription: Subscription, change: Change | MailChange, kind: 'Event' | 'Message', etag: string | null): void {
    if (!subscription.changeTypes.includes(change.change)) return;
    const id = subscription.immutableIds ? change.id : change.restId;
    const path = `Users/${change.mailboxId}/${kind}s/${id}`;
    courier.send(subscription.notificationUrl, {
      ...envelope(subscription), changeType: change.change, resource: path,
      resourceData: { '@odata.type': `#Microsoft.Graph.${kind}`, '@odata.id': path, ...(etag === null ? {} : { '@odata.etag': etag }), id },
    });
  }

  function notifyEvent(change: Change, { subscription, resource: { family, calendarId } }: Kept): void {
    if (family !== 'event' || (calendarId !== null && calendarId !== change.calendarId)) return;
    send(subscription, change, 'Event', etagOf(change.mailboxId, change.id));
  }

  function notifyMessage(change: MailChange, { subscription, resource: { family, mailFolder } }: Kept): void {
    if (family !== 'message' || (mailFolder !== null && exchange.mail.folder(change.mailboxId, mailFolder).id !== change.folderId)) return;
    send(subscription, change, 'Message', change.changeKey === null ? null : `W/"${change.changeKey}"`);
  }

  function toEach<T extends { mailboxId: string }>(notify: (change: T, known: Kept) => void): (change: T) => void {
    return (change) => {
      for (const id of byMailbox.get(change.mailboxId) ?? []) {
        const known = living(id);
        if (known) notify(change, known);
      }
    };
  }

  exchange.onChange(toEach(notifyEvent));
  exchange.mail.onChange(toEach(notifyMessage));

  return {
    all: () => [...kept.keys()].map(living).filter((known) => known !== undefined).map(({ subscription }) => subscription),
    inMailbox: (mailboxId) => [...(byMailbox.get(mailboxId) ?? [])].map(living).filter((known) => known !== undefined).map(({ subscription }) => subscription),
    get: (id) => living(id)?.subscription,
    add: keep,
    remove,
    renew(id, expiresAt) {
      const known = living(id);
      if (known) keep({ ...known.subscription, expiresAt });
    },
    lifecycle,
  };
}
