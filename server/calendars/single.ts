import type { MailboxRef } from '../domain/calendar.ts';
import { TheirError } from '../domain/errors.ts';
import type { CalendarsDeps } from './deps.ts';
import type { CalendarListener } from './listener.ts';
import { orPark } from './park.ts';
import { sourceOf } from './source.ts';
import { tell } from './tell.ts';

/** Tries of an event that the calendar answers with something unreadable, or refuses: about two minutes. Then it is left to the next change of it, and to whoever reads it again daily. */
const mostTries = 7;

async function readEvent(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  const read = await orPark(deps, tenantId, mailbox, async () => ({
    event: await deps.effect('calendar.read', () => sourceOf(deps.sources, mailbox.instance).event(mailbox, eventId)),
  }));
  if (!read) return;
  await tell(deps, listeners, { tenantId, mailbox, events: read.event ? [read.event] : [], removed: read.event ? [] : [eventId], sweep: null });
}

/** Work `calendar.event`: reads one event and tells the listeners. */
export async function readNoticed(
  deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, { mailbox, eventId }: { mailbox: MailboxRef; eventId: string }, attempt: number,
): Promise<void> {
  try {
    await readEvent(deps, listeners, tenantId, mailbox, eventId);
  } catch (error) {
    const isHopeless = error instanceof TheirError && !error.passing && attempt >= mostTries;
    if (!isHopeless) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'an event of the calendar cannot be read, and is left alone until it changes');
  }
}
