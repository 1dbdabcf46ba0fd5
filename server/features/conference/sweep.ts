import type { CalendarEvent, MailboxRef } from '../../domain/calendar.ts';
import { TheirError } from '../../domain/errors.ts';
import type { ChangePage, Window } from '../../ports/calendar-source.ts';
import { putWork } from '../../store/work.ts';
import { eventSeen, readEvent, sourceOf, sweepWindow } from './calendar-work.ts';
import { changeConference } from './apply.ts';
import { day, type Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { findConference, livingInMailbox } from './rows.ts';
import { mailboxKey } from './watch.ts';
import { findWatch, parkWatch, saveSubscription, saveSweep, type CalendarWatch } from './watch-rows.ts';

/** The reconciler's three nets (design §6): notifications ask for a sweep or an event, rounds sweep anyway, far conferences are read again daily. */

/** Subscriptions are renewed at 60 % of their life (graph.md §1: 50 to 70 %). */
const renewAt = 0.6;
/** But never in a rush, even where a calendar grants next to nothing. */
const renewNotBeforeMs = 60_000;

type Again = { againAt: number } | void;

/** Work `calendar.subscription`: asks to be told, or renews that. */
export async function subscribe(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef): Promise<Again> {
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  const source = sourceOf(deps, mailbox.instance);
  if (!watch || !source.capabilities.notifications) return;
  const subscription = await deps.effect('calendar.subscribe', () => renewOrSubscribe(deps, watch));
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

async function renewOrSubscribe(deps: ConferenceDeps, watch: CalendarWatch): Promise<{ id: string; expiresAt: number }> {
  const source = sourceOf(deps, watch.mailbox.instance);
  if (watch.subscriptionId === null) return source.subscribe(watch.mailbox);
  try {
    return await source.renew(watch.mailbox, watch.subscriptionId);
  } catch (error) {
    if (error instanceof TheirError && error.fault === 'gone') return source.subscribe(watch.mailbox);
    throw error;
  }
}

/** Work `calendar.round`: a sweep now, and the next round later. */
export async function round(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef): Promise<Again> {
  const now = deps.clock.now();
  await putWork(deps.store.db, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now });
  return { againAt: now + deps.policy.sweepMs };
}

/** Work `calendar.sweep`: everything that changed since the last time. */
export async function sweep(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef): Promise<void> {
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  if (!watch) return;
  const now = deps.clock.now();
  const slides = watch.window === null || watch.window.to < now + 13 * day;
  const window = slides || watch.window === null ? sweepWindow(now) : watch.window;
  const page = await pageOrPark(deps, tenantId, watch, slides ? null : watch.cursor, window);
  if (!page) return;
  const masters = new Set<string>();
  for (const event of page.events) {
    if (event.seriesMasterId !== null && event.kind !== 'seriesMaster') masters.add(event.seriesMasterId);
    else await eventSeen(deps, tenantId, event);
  }
  const toRead = new Set([...masters, ...page.removed.map(({ id }) => id)]);
  for (const { eventId } of await missing(deps, tenantId, mailbox, page.events, { isWhole: slides || page.wasReset, hasRemoved: page.removed.length > 0, before: watch.sweptAt ?? 0 }, window)) toRead.add(eventId);
  for (const id of toRead) await readEvent(deps, tenantId, mailbox, id);
  await deps.effect('calendar.sweep.write', () => deps.store.transaction((tx) => saveSweep(tx, tenantId, mailbox, { cursor: page.cursor, window, sweptAt: now })));
}

/**
 * Conferences whose event should have been in this reading and was not: of a whole reading all; of changes those that a notification showed us since the sweep before,
 * for an event that came and went between two sweeps is in neither; and series, whose vanished occurrences have no name of their own.
 */
async function missing(
  deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, events: readonly CalendarEvent[],
  reading: { isWhole: boolean; hasRemoved: boolean; before: number }, window: Window,
): Promise<{ eventId: string }[]> {
  const shown = new Set(events.flatMap((event) => [event.id, event.seriesMasterId]));
  return (await livingInMailbox(deps.store.db, tenantId, mailbox, window))
    .filter((each) => !shown.has(each.eventId))
    .filter((each) => reading.isWhole || (each.seenAt ?? 0) >= reading.before || (each.isSeries && reading.hasRemoved));
}

async function pageOrPark(
  deps: ConferenceDeps, tenantId: string, watch: CalendarWatch, cursor: string | null, window: Window,
): Promise<ChangePage | null> {
  const { mailbox } = watch;
  try {
    return await deps.effect('calendar.read', () => sourceOf(deps, mailbox.instance).changes(mailbox, cursor, window));
  } catch (error) {
    if (!(error instanceof TheirError) || (error.fault !== 'denied' && error.fault !== 'gone')) throw error;
    // Nobody can mend this by trying again at once: the next round looks, and the reason can be seen.
    await deps.store.transaction((tx) => parkWatch(tx, tenantId, mailbox, error.message));
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'calendar left alone until the next round');
    return null;
  }
}

/** Work `conference.reread`, the third net: at least daily, wherever in time the event lies. */
export async function reread(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || (conference.state !== 'scheduled' && conference.state !== 'live')) return;
  if (conference.eventId !== null) await readEvent(deps, tenantId, conference.mailbox, conference.eventId);
  return { againAt: deps.clock.now() + deps.policy.rereadMs };
}

/** Looks again for a sent invite after these times, ms, until its time to be confirmed is over. */
const lookAgainMs = 60_000;

/** Work `conference.confirm`: was the invite, or the update, really sent? The calendar knows. */
export async function confirm(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || conference.confirmBy === null) return;
  await look(deps, tenantId, conference, conference.mailbox);
  const after = await findConference(deps.store.db, tenantId, id);
  if (!after || after.confirmBy === null) return;
  const now = deps.clock.now();
  if (now < after.confirmBy) return { againAt: Math.min(now + lookAgainMs, after.confirmBy) };
  await giveUp(deps, tenantId, after, after.mailbox);
}

async function look(deps: ConferenceDeps, tenantId: string, conference: Conference, mailbox: MailboxRef): Promise<void> {
  if (conference.eventId !== null) return readEvent(deps, tenantId, mailbox, conference.eventId);
  if (conference.startsAt === null) return;
  const window = { from: conference.startsAt - 60_000, to: (conference.endsAt ?? conference.startsAt) + 60_000 };
  const events = await deps.effect('calendar.read', () => sourceOf(deps, mailbox.instance).between(mailbox, window));
  for (const event of events) {
    if (event.seriesMasterId !== null) await readEvent(deps, tenantId, mailbox, event.seriesMasterId);
    else await eventSeen(deps, tenantId, event);
  }
}

/** The calendar never showed what was said to be sent: what it does show is true again. */
async function giveUp(deps: ConferenceDeps, tenantId: string, conference: Conference, mailbox: MailboxRef | null): Promise<void> {
  await changeConference(deps, 'seen.write', tenantId, conference.id, (before) =>
    // Sent once more since we looked: that word has its own time to be confirmed.
    before.confirmBy === conference.confirmBy ? { happening: 'not-found', fields: { confirmBy: null } } : null,
  );
  if (conference.eventId !== null && mailbox) await readEvent(deps, tenantId, mailbox, conference.eventId);
}
