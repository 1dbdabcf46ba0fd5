import type { MailboxRef } from '../domain/calendar.ts';
import { putWork } from '../store/work.ts';
import type { Queries } from '../store/schema.ts';
import type { CalendarsDeps } from './deps.ts';
import { mailboxKey } from './keys.ts';
import { addWant, addWatch, allWatches, dropWant, forgetCursor, lockWatch, reasonsOf } from './watch-rows.ts';

/** Kinds of work that go on as long as a calendar is watched. */
export const standingWork = ['calendar.subscription', 'calendar.round'] as const;

/** Somebody wants this calendar: begins to watch it, once, by asking for notifications and sweeping it from now on. */
export async function watchMailbox(deps: CalendarsDeps, tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string): Promise<void> {
  const now = deps.clock.now();
  let isNew = await addWatch(tx, tenantId, mailbox);
  // The lock makes whoever is about to let the mailbox go see first what wants it now. Where they were faster, the row is gone again.
  if (!isNew && !(await lockWatch(tx, tenantId, mailbox))) isNew = await addWatch(tx, tenantId, mailbox);
  const isNews = await addWant(tx, tenantId, mailbox, reason, now);
  if (!isNew) {
    // Whoever comes later was not told what was read for others: for them it is read whole.
    if (isNews) {
      await forgetCursor(tx, tenantId, mailbox);
      await putWork(tx, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now, unlessEarlier: true });
    }
    return;
  }
  // The round puts a sweep each time; two kinds, so that planning the next round never pushes back a sweep that a notification asked for.
  await putWork(tx, ...standingWork.map((kind) => ({ tenantId, kind, key: mailboxKey(mailbox), dueAt: now })));
}

/** This reason is over. When it was the last one, the work `calendar.subscription` ends the watch: ending a subscription is a call to the outside. */
export async function letGo(deps: CalendarsDeps, tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string): Promise<void> {
  await dropWant(tx, tenantId, mailbox, reason);
  if ((await reasonsOf(tx, tenantId, mailbox)).length > 0) return;
  await putWork(tx, { tenantId, kind: 'calendar.subscription', key: mailboxKey(mailbox), dueAt: deps.clock.now() });
}

/** After a start calendars are looked at one after the other, this far apart, ms: 1,000 in 50 s, within every budget. */
const apartMs = 50;

/**
 * Looks at every watched calendar once after a start: what changed while we were down is swept, and a subscription that was lost meanwhile is made anew,
 * for a calendar system does not tell twice (graph.md §1).
 */
export async function resumeWatches(deps: CalendarsDeps, tenantId: string): Promise<void> {
  const watches = await allWatches(deps.store.db, tenantId);
  const now = deps.clock.now();
  // Its own sweep for each: a round leaves out what was looked at lately, and what happened while we were down is not told again.
  const work = watches.flatMap(({ mailbox }, index) => [...standingWork, 'calendar.sweep'].map((kind) => ({ tenantId, kind, key: mailboxKey(mailbox), dueAt: now + index * apartMs })));
  await putWork(deps.store.db, ...work);
}

/** An administrator wants to see it now: every calendar of one system is subscribed to again and swept, as far apart as after a start. Returns how many. */
export async function lookAtAll(deps: CalendarsDeps, tenantId: string, instance: string): Promise<number> {
  const watches = (await allWatches(deps.store.db, tenantId)).filter(({ mailbox }) => mailbox.instance === instance);
  const now = deps.clock.now();
  const work = watches.flatMap(({ mailbox }, index) => ['calendar.subscription', 'calendar.sweep'].map((kind) => ({ tenantId, kind, key: mailboxKey(mailbox), dueAt: now + index * apartMs })));
  await putWork(deps.store.db, ...work);
  return watches.length;
}
