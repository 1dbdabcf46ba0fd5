/** One subscription as the stand-in keeps it. Instants epoch ms UTC. */
export interface Subscription {
  id: string;
  appId: string;
  creatorId: string;
  resource: string;
  /** Object id of the mailbox's owner. */
  mailboxId: string;
  changeTypes: ChangeType[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: number;
  /** Ids in notifications are immutable when the creating request preferred them. */
  immutableIds: boolean;
}

export type ChangeType = 'created' | 'updated' | 'deleted';
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** One entry of a delivery's `value`. */
export type NotificationItem = Record<string, unknown>;

/** What the stand-in did with one POST to an endpoint. */
export interface Delivery { at: number; url: string; items: number; attempt: number; outcome: 'accepted' | 'refused' | 'slow' | 'timeout' | 'unreachable' | 'lost' | 'discarded' }

/** Faults of the way to the endpoints. */
export interface NotificationFaults {
  /** 0 to 1: the part of notifications that is never sent. */
  lost: number;
  /** Extra delay, ms. */
  lateMs: number;
  /** Every delivery is made twice. */
  twice: boolean;
  /** Entries gathered together are sent in random order, one POST each. */
  shuffled: boolean;
}
