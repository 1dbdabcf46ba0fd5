import type { MailboxRef } from '../domain/calendar.ts';
import { TheirError } from '../domain/errors.ts';
import type { Subscription } from '../ports/calendar-source.ts';
import { dropWork, putWork } from '../store/work.ts';
import type { CalendarsDeps } from './deps.ts';
import { mailboxKey } from './keys.ts';
import type { CalendarListener } from './listener.ts';
import { orPark } from './park.ts';
import { sourceOf } from './source.ts';
import { addWant, dropWatch, findWatch, lockWatch, reasonsOf, saveSubscription, type CalendarWatch } from './watch-rows.ts';

/** Subscriptions are renewed at 60 % of their life (graph.md §1: 50 to 70 %). */
const renewAt = 0.6;
/** But never in a rush, even where a calendar grants next to nothing. */
const renewNotBeforeMs = 60_000;

type Again = { againAt: number } | void;

/** Work `calendar.subscription`: asks to be told, or renews that; or ends the watch when nobody wants it any more. */
export async function subscribe(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef): Promise<Again> {
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  if (!watch) return;
  if (!(await isWanted(deps, listeners, watch))) return endWatch(deps, watch);
  if (!sourceOf(deps.sources, mailbox.instance).capabilities.notifications) return;
  if (watch.subscriptionId === null) deps.log.info({ step: 'calendar.subscribe', instance: mailbox.instance, mailbox: mailbox.id }, 'subscribing to a calendar');
  const subscription = await orPark(deps, listeners, tenantId, mailbox, () => deps.effect('calendar.subscribe', () => renewOrSubscribe(deps, watch)));
  if (!subscription) return { againAt: deps.clock.now() + deps.sweepMs };
  await deps.effect('calendar.watch.write', () =>
    deps.store.transaction(async (tx) => {
      await saveSubscription(tx, tenantId, mailbox, subscription);
      // Changes between the loss of one subscription and the next are not told again.
      if (subscription.id !== watch.subscriptionId) await putWork(tx, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: deps.clock.now() });
    }),
  );
  const now = deps.clock.now();
  return { againAt: now + Math.max(renewNotBeforeMs, (subscription.expiresAt - now) * renewAt) };
}

/** Who needs the mailbox and has no row that says so (the release before this one wrote none) gets one. */
async function isWanted(deps: CalendarsDeps, listeners: readonly CalendarListener[], { tenantId, mailbox }: CalendarWatch): Promise<boolean> {
  if ((await reasonsOf(deps.store.db, tenantId, mailbox)).length > 0) return true;
  for (const { reason, stillWants } of listeners) {
    if (!(await stillWants?.(tenantId, mailbox))) continue;
    await deps.store.transaction((tx) => addWant(tx, tenantId, mailbox, reason, deps.clock.now()));
    return true;
  }
  return false;
}

async function renewOrSubscribe(deps: CalendarsDeps, { mailbox, subscriptionId }: CalendarWatch): Promise<Subscription> {
  const source = sourceOf(deps.sources, mailbox.instance);
  if (subscriptionId === null) return source.subscribe(mailbox);
  try {
    return await source.renew(mailbox, subscriptionId);
  } catch (error) {
    if (error instanceof TheirError && error.fault === 'gone') return source.subscribe(mailbox);
    throw error;
  }
}

/** Ends the subscription first: what dies in between is ended again, and a row without a subscription is only swept. */
async function endWatch(deps: CalendarsDeps, { tenantId, mailbox, subscriptionId }: CalendarWatch): Promise<void> {
  const source = deps.sources.find((each) => each.instance === mailbox.instance);
  // Of a system that is no longer connected, subscriptions end by themselves.
  if (subscriptionId !== null && source) await deps.effect('calendar.unsubscribe', () => source.unsubscribe(subscriptionId));
  await deps.effect('calendar.watch.write', () =>
    deps.store.transaction(async (tx) => {
      if (!(await lockWatch(tx, tenantId, mailbox))) return;
      const key = mailboxKey(mailbox);
      // Somebody asked for it while its subscription was ended: it gets a new one.
      if ((await reasonsOf(tx, tenantId, mailbox)).length > 0) {
        await saveSubscription(tx, tenantId, mailbox, null);
        return putWork(tx, { tenantId, kind: 'calendar.subscription', key, dueAt: deps.clock.now() });
      }
      await dropWatch(tx, tenantId, mailbox);
      for (const kind of ['calendar.round', 'calendar.sweep']) await dropWork(tx, { tenantId, kind, key });
    }),
  );
}
