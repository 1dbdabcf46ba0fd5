import type { MailboxRef } from '../../domain/calendar.ts';
import { putWork } from '../../store/work.ts';
import type { Queries } from '../../store/schema.ts';
import type { ConferenceDeps } from './deps.ts';
import { addWatch, allWatches } from './watch-rows.ts';

/** A mailbox as one word: the key of its work. The instance has no slash (config), the rest is the system's own id. */
export function mailboxKey(mailbox: MailboxRef): string {
  return `${mailbox.instance}/${mailbox.id}`;
}

/** The reverse; null for a key that is none. */
export function mailboxOfKey(key: string): MailboxRef | null {
  const slash = key.indexOf('/');
  return slash > 0 && slash < key.length - 1 ? { instance: key.slice(0, slash), id: key.slice(slash + 1) } : null;
}

/** Begins to watch a calendar, once: asks for notifications, and sweeps it from now on. */
export async function watchMailbox(deps: ConferenceDeps, tx: Queries, tenantId: string, mailbox: MailboxRef): Promise<void> {
  if (!(await addWatch(tx, tenantId, mailbox))) return;
  const now = deps.clock.now();
  const key = mailboxKey(mailbox);
  // The round puts a sweep each time; two kinds, so that planning the next round never pushes back a sweep that a notification asked for.
  await putWork(tx, ...['calendar.subscription', 'calendar.round'].map((kind) => ({ tenantId, kind, key, dueAt: now })));
}

/** After a start calendars are looked at one after the other, this far apart, ms: 1,000 in 50 s, within every budget. */
const apartMs = 50;

/**
 * Looks at every watched calendar once after a start: what changed while we were down is swept, and a subscription that was lost meanwhile is made anew,
 * for a calendar system does not tell twice (graph.md §1).
 */
export async function resumeWatches(deps: ConferenceDeps, tenantId: string): Promise<void> {
  const watches = await allWatches(deps.store.db, tenantId);
  const now = deps.clock.now();
  const work = watches.flatMap(({ mailbox }, index) =>
    ['calendar.subscription', 'calendar.round'].map((kind) => ({ tenantId, kind, key: mailboxKey(mailbox), dueAt: now + index * apartMs })),
  );
  await putWork(deps.store.db, ...work);
}
