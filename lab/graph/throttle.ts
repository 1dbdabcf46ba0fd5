import type { LabClock } from '../clock.ts';
import { GraphError } from './errors.ts';
import { createWindowLimit } from './window-limit.ts';

/** Outlook's budget per app and mailbox (throttling-limits): 4 at a time, 10,000 in 10 minutes. */
const concurrent = 4;
const outlook = { limit: 10_000, windowMs: 10 * 60_000 };
/** Subscription writes per app and tenant: 1,000 in 20 s. */
const subscriptionWrites = { limit: 1_000, windowMs: 20_000 };

export interface Throttle {
  /** Takes one of the mailbox's places; the result gives it back. Throws GraphError 429 when the budget is used up. */
  enterMailbox(appId: string, mailboxId: string): () => void;
  /** Counts one write to /subscriptions. Throws GraphError 429 over the limit. */
  countSubscriptionWrite(appId: string): void;
}

function throttled(message: string, retryAfter: string): GraphError {
  return new GraphError(429, 'ApplicationThrottled', message, { headers: { 'retry-after': retryAfter } });
}

export function createThrottle(clock: LabClock, appConcurrent = Infinity): Throttle {
  const inside = new Map<string, number>();
  const requests = createWindowLimit(outlook.limit, outlook.windowMs, () => clock.now());
  const writes = createWindowLimit(subscriptionWrites.limit, subscriptionWrites.windowMs, () => clock.now());

  function leave(key: string): void {
    const left = (inside.get(key) ?? 1) - 1;
    if (left > 0) inside.set(key, left);
    else inside.delete(key);
  }

  return {
    enterMailbox(appId, mailboxId) {
      const key = `${appId} ${mailboxId}`;
      if (!requests.take(key)) throw throttled('Application is over its RequestRate limit.', String(Math.max(1, Math.ceil(requests.waitMs(key) / 1000))));
      const here = inside.get(key) ?? 0;
      if (here >= concurrent) throw throttled('Application is over its MailboxConcurrency limit.', '1');
      const ofApp = inside.get(appId) ?? 0;
      if (ofApp >= appConcurrent) throw throttled('Application is over its Concurrency limit.', '1');
      inside.set(key, here + 1).set(appId, ofApp + 1);
      return () => {
        for (const each of [key, appId]) leave(each);
      };
    },
    countSubscriptionWrite(appId) {
      if (!writes.take(appId)) throw throttled('Too many requests.', String(Math.max(1, Math.ceil(writes.waitMs(appId) / 1000))));
    },
  };
}
