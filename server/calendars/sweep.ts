import type { MailboxRef } from '../domain/calendar.ts';
import type { ChangePage, Window } from '../ports/calendar-source.ts';
import { putWork } from '../store/work.ts';
import type { CalendarsDeps } from './deps.ts';
import { eventKey, mailboxKey } from './keys.ts';
import { reachOf, type CalendarListener, type Reach } from './listener.ts';
import { deafMs, pauseOf } from './pace.ts';
import { orPark } from './park.ts';
import { readByItself } from './single.ts';
import { sourceOf } from './source.ts';
import { tell } from './tell.ts';
import { letGo } from './watch.ts';
import { findWatch, lockWatch, reasonsOf, saveSweep } from './watch-rows.ts';

const day = 24 * 60 * 60_000;

/** The stretch of time that sweeps look at: −1 to +14 days (design §6). A window is frozen in its cursor, so it is moved on once a day. */
export function sweepWindow(now: number): Window {
  return { from: now - day, to: now + 14 * day };
}

/** How near the window's end may come before it is moved on. Where only the next seven days count (A116), once a week is enough, and is the weekly full check of the seed. */
const slideBefore: Readonly<Record<Reach, number>> = { everything: 13 * day, window: 8 * day, times: 8 * day };

/**
 * Work `calendar.round`: a sweep, and the next round later. Whoever no longer wants the mailbox is let go here, so that no forgotten reason keeps it for ever.
 * What notices have led to a sweep of lately is left out. A round that finds what no notice told is followed by one in ten minutes, and the pause grows again while nothing is found:
 * notices that are lost on the way cost freshness, and no storm.
 */
export async function round(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef, payload: unknown): Promise<{ againAt: number } | void> {
  await letGoUnwanted(deps, listeners, tenantId, mailbox);
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  if (!watch) return;
  const now = deps.clock.now();
  const isNear = reachOf(listeners, await reasonsOf(deps.store.db, tenantId, mailbox)) !== 'everything';
  const isDeaf = !sourceOf(deps.sources, mailbox.instance).capabilities.notifications || watch.subscriptionId === null || (watch.subscriptionExpiresAt ?? 0) <= now;
  const pauseMs = pauseOf(payload, deps.sweepMs);
  if (watch.parked !== null) return lookWhetherBack(deps, listeners, tenantId, mailbox, pauseMs);
  if (!isNear) {
    await putWork(deps.store.db, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now });
    return { againAt: now + deps.sweepMs };
  }
  // A sweep that lies ahead was made before the clock was set back, and counts for nothing.
  if (watch.sweptAt !== null && watch.sweptAt <= now && watch.sweptAt + pauseMs > now && !isDeaf) return { againAt: watch.sweptAt + pauseMs };
  if (watch.sweptAt === null) {
    // The subscription that is being made asks for the same sweep; whether it was made is seen in ten minutes, at no cost.
    await putWork(deps.store.db, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now, unlessEarlier: true });
    return { againAt: now + Math.min(deafMs, deps.sweepMs) };
  }
  const found = await sweep(deps, listeners, tenantId, mailbox);
  // It refused itself: when it is asked again is planned already (park.ts).
  if ((await findWatch(deps.store.db, tenantId, mailbox))?.parked != null) return;
  await putRound(deps, tenantId, mailbox, isDeaf || found === 'changes' ? deafMs : pauseMs * 2);
}

/** A mailbox that refused us is asked again with pauses that grow to the usual one: after 10, 20, 40 minutes. The first answer brings its subscription back, too (`sweep`). */
async function lookWhetherBack(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef, pauseMs: number): Promise<void> {
  await sweep(deps, listeners, tenantId, mailbox);
  const isBack = (await findWatch(deps.store.db, tenantId, mailbox))?.parked === null;
  await putRound(deps, tenantId, mailbox, isBack ? deps.sweepMs : pauseMs * 2);
}

async function putRound(deps: CalendarsDeps, tenantId: string, mailbox: MailboxRef, wantedMs: number): Promise<void> {
  const pauseMs = Math.min(deps.sweepMs, wantedMs);
  await putWork(deps.store.db, { tenantId, kind: 'calendar.round', key: mailboxKey(mailbox), dueAt: deps.clock.now() + pauseMs, payload: { pauseMs } });
}

async function letGoUnwanted(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef): Promise<void> {
  for (const reason of await reasonsOf(deps.store.db, tenantId, mailbox)) {
    const listener = listeners.find((each) => each.reason === reason);
    if (!listener?.stillWants || (await listener.stillWants(tenantId, mailbox))) continue;
    await deps.store.transaction(async (tx) => {
      await lockWatch(tx, tenantId, mailbox);
      // Asked again under the lock: something may have come to want it.
      if (!(await listener.stillWants?.(tenantId, mailbox))) await letGo(deps, tx, tenantId, mailbox, reason);
    });
  }
}

/** Everything in the window, and of each event no more than when it is and how it is shown: never a subject (P13). */
async function timesOnly(deps: CalendarsDeps, mailbox: MailboxRef, window: Window): Promise<ChangePage> {
  return { events: await sourceOf(deps.sources, mailbox.instance).times(mailbox, window), removed: [], unread: [], cursor: '', wasReset: false };
}

/**
 * Work `calendar.sweep`: everything that changed since the last time. The cursor is written only when every listener has heard: told twice is harmless, never told is not.
 * Answers whether a list of changes had something in it; null for a mailbox that was read whole, or not at all.
 */
export async function sweep(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef): Promise<'changes' | 'quiet' | null> {
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  if (!watch) return null;
  const now = deps.clock.now();
  const reach = reachOf(listeners, await reasonsOf(deps.store.db, tenantId, mailbox));
  // A window that begins ahead was made before the clock was set back: what is near now is not in it.
  const slides = watch.window === null || reach === 'times' || watch.window.to < now + slideBefore[reach] || watch.window.from > now;
  const window = slides || watch.window === null ? sweepWindow(now) : watch.window;
  const cursor = slides || watch.cursor === '' ? null : watch.cursor;
  const page = await orPark(deps, listeners, tenantId, mailbox, () =>
    deps.effect('calendar.read', () => (reach === 'times' ? timesOnly(deps, mailbox, window) : sourceOf(deps.sources, mailbox.instance).changes(mailbox, cursor, window))));
  if (!page) return null;
  const isWhole = cursor === null || page.wasReset;
  await tell(deps, listeners, {
    tenantId, mailbox, events: page.events, removed: page.removed.map(({ id }) => id), sweep: { window, isWhole, before: watch.sweptAt ?? 0 }, told: reach === 'times' ? 'times' : 'all',
  });
  await deps.effect('calendar.sweep.write', () =>
    deps.store.transaction(async (tx) => {
      await saveSweep(tx, tenantId, mailbox, { cursor: page.cursor, window, sweptAt: now });
      // What was refused meanwhile was not renewed, and what happened to it there nobody told.
      if (watch.parked !== null) await putWork(tx, { tenantId, kind: 'calendar.subscription', key: mailboxKey(mailbox), dueAt: now });
      // Each has tries of its own; the rest of the calendar does not wait for it.
      await putWork(tx, ...page.unread.map((id) => ({ tenantId, kind: 'calendar.event', key: eventKey(mailbox, id), dueAt: now, payload: readByItself })));
    }),
  );
  if (isWhole) return null;
  return page.events.length + page.removed.length > 0 ? 'changes' : 'quiet';
}
