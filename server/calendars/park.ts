import type { MailboxRef } from '../domain/calendar.ts';
import { TheirError } from '../domain/errors.ts';
import { putWork } from '../store/work.ts';
import type { CalendarsDeps } from './deps.ts';
import { mailboxKey } from './keys.ts';
import type { CalendarListener } from './listener.ts';
import { deafMs } from './pace.ts';
import { parkWatch } from './watch-rows.ts';

/**
 * Runs what asks a calendar. When the calendar refuses the mailbox itself (no right, no such mailbox), the mailbox is left alone until the next round, the reason can be
 * seen, the features hear of it, and the answer is null: nobody can mend that by trying again at once. Everything else is thrown.
 */
export async function orPark<T>(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TheirError) || (error.fault !== 'denied' && error.fault !== 'gone')) throw error;
    const { fault } = error;
    const now = deps.clock.now();
    const parked = await deps.store.transaction(async (tx) => {
      const before = await parkWatch(tx, tenantId, mailbox, { reason: error.message, isGone: fault === 'gone' }, now);
      // A right that is granted a minute later should not wait for the usual round; one that stays away is asked for ever more seldom (sweep.ts).
      if (before?.isFirst) await putWork(tx, { tenantId, kind: 'calendar.round', key: mailboxKey(mailbox), dueAt: now + Math.min(deafMs, deps.sweepMs), payload: { pauseMs: Math.min(deafMs, deps.sweepMs) }, unlessEarlier: true });
      return before;
    });
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault }, 'calendar left alone until the next round');
    if (parked) for (const listener of listeners) await listener.lost?.({ tenantId, mailbox, fault, since: parked.since });
    return null;
  }
}
