import type { MailboxRef } from '../domain/calendar.ts';
import { TheirError } from '../domain/errors.ts';
import type { CalendarsDeps } from './deps.ts';
import { parkWatch } from './watch-rows.ts';

/**
 * Runs what asks a calendar. When the calendar refuses the mailbox itself (no right, no such mailbox), the mailbox is left alone until the next round, the reason can be
 * seen, and the answer is null: nobody can mend that by trying again at once. Everything else is thrown.
 */
export async function orPark<T>(deps: CalendarsDeps, tenantId: string, mailbox: MailboxRef, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TheirError) || (error.fault !== 'denied' && error.fault !== 'gone')) throw error;
    await deps.store.transaction((tx) => parkWatch(tx, tenantId, mailbox, error.message, deps.clock.now()));
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'calendar left alone until the next round');
    return null;
  }
}
