import type { MailboxRef } from '../domain/calendar.ts';
import type { Window } from '../ports/calendar-source.ts';
import { putWork } from '../store/work.ts';
import type { CalendarsDeps } from './deps.ts';
import { eventKey, mailboxKey } from './keys.ts';
import type { CalendarListener } from './listener.ts';
import { orPark } from './park.ts';
import { sourceOf } from './source.ts';
import { tell } from './tell.ts';
import { letGo } from './watch.ts';
import { findWatch, lockWatch, reasonsOf, saveSweep } from './watch-rows.ts';

const day = 24 * 60 * 60_000;

/** The stretch of time that sweeps look at: −1 to +14 days (design §6). A window is frozen in its cursor, so it is moved on once a day. */
export function sweepWindow(now: number): Window {
  return { from: now - day, to: now + 14 * day };
}

/** Work `calendar.round`: a sweep now, and the next round later. Whoever no longer wants the mailbox is let go here, so that no forgotten reason keeps it for ever. */
export async function round(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef): Promise<{ againAt: number } | void> {
  if (!(await findWatch(deps.store.db, tenantId, mailbox))) return;
  const now = deps.clock.now();
  for (const reason of await reasonsOf(deps.store.db, tenantId, mailbox)) {
    const listener = listeners.find((each) => each.reason === reason);
    if (!listener?.stillWants || (await listener.stillWants(tenantId, mailbox))) continue;
    await deps.store.transaction(async (tx) => {
      await lockWatch(tx, tenantId, mailbox);
      // Asked again under the lock: something may have come to want it.
      if (!(await listener.stillWants?.(tenantId, mailbox))) await letGo(deps, tx, tenantId, mailbox, reason);
    });
  }
  await putWork(deps.store.db, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now });
  return { againAt: now + deps.sweepMs };
}

/** Work `calendar.sweep`: everything that changed since the last time. The cursor is written only when every listener has heard: told twice is harmless, never told is not. */
export async function sweep(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef): Promise<void> {
  const watch = await findWatch(deps.store.db, tenantId, mailbox);
  if (!watch) return;
  const now = deps.clock.now();
  const slides = watch.window === null || watch.window.to < now + 13 * day;
  const window = slides || watch.window === null ? sweepWindow(now) : watch.window;
  const cursor = slides ? null : watch.cursor;
  const page = await orPark(deps, tenantId, mailbox, () => deps.effect('calendar.read', () => sourceOf(deps.sources, mailbox.instance).changes(mailbox, cursor, window)));
  if (!page) return;
  await tell(deps, listeners, {
    tenantId, mailbox, events: page.events, removed: page.removed.map(({ id }) => id), sweep: { window, isWhole: cursor === null || page.wasReset, before: watch.sweptAt ?? 0 },
  });
  await deps.effect('calendar.sweep.write', () =>
    deps.store.transaction(async (tx) => {
      await saveSweep(tx, tenantId, mailbox, { cursor: page.cursor, window, sweptAt: now });
      // Each has tries of its own; the rest of the calendar does not wait for it.
      await putWork(tx, ...page.unread.map((id) => ({ tenantId, kind: 'calendar.event', key: eventKey(mailbox, id), dueAt: now })));
    }),
  );
}
