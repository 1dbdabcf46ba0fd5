import { z } from 'zod';
import type { MailboxRef } from '../domain/calendar.ts';
import { TheirError } from '../domain/errors.ts';
import { putWork, type WorkItem } from '../store/work.ts';
import type { CalendarsDeps } from './deps.ts';
import { eventKey, mailboxKey } from './keys.ts';
import { reachOf, type CalendarListener } from './listener.ts';
import { orPark } from './park.ts';
import { sourceOf } from './source.ts';
import { tell } from './tell.ts';
import { findWatch, reasonsOf } from './watch-rows.ts';

/** Tries of an event that the calendar answers with something unreadable, or refuses: about two minutes. Then it is left to the next change of it, and to whoever reads it again daily. */
const mostTries = 7;

async function readEvent(deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  const read = await orPark(deps, listeners, tenantId, mailbox, async () => ({
    event: await deps.effect('calendar.read', () => sourceOf(deps.sources, mailbox.instance).event(mailbox, eventId)),
  }));
  if (!read) return;
  await tell(deps, listeners, { tenantId, mailbox, events: read.event ? [read.event] : [], removed: read.event ? [] : [eventId], sweep: null, told: 'all' });
}

/** Payload of an event that no list of changes will tell again: it is read by its id, however little is wanted of its mailbox. */
const byItself = z.object({ byItself: z.literal(true) });
export const readByItself: z.output<typeof byItself> = { byItself: true };

/** Payload of a notice that has waited for others. `noticedAt`: when it came, epoch ms. */
const gathered = z.object({ noticedAt: z.number() });

/** Waits for other notices first; then the first of them asks for a sweep, unless there was one since it came (a notice that something was deleted asks for one by itself). */
async function askForSweep(deps: CalendarsDeps, tenantId: string, { mailbox, eventId }: { mailbox: MailboxRef; eventId: string }, noticedAt: number | null, dueAt: number): Promise<void> {
  const now = deps.clock.now();
  if (noticedAt === null) {
    return putWork(deps.store.db, { tenantId, kind: 'calendar.event', key: eventKey(mailbox, eventId), dueAt: now + deps.gatherMs, payload: { noticedAt: dueAt } });
  }
  const sweptAt = (await findWatch(deps.store.db, tenantId, mailbox))?.sweptAt ?? -Infinity;
  // A sweep that lies ahead was made before the clock was set back, and answers nothing.
  if (sweptAt <= noticedAt || sweptAt > now) await putWork(deps.store.db, { tenantId, kind: 'calendar.sweep', key: mailboxKey(mailbox), dueAt: now, unlessEarlier: true });
}

/**
 * Work `calendar.event`: reads one event and tells the listeners. Where what is near now is enough, the notice only asks for a sweep: one list of changes answers all that came
 * since the last one, and a notice that it has answered already costs nothing.
 */
export async function readNoticed(
  deps: CalendarsDeps, listeners: readonly CalendarListener[], tenantId: string, { mailbox, eventId }: { mailbox: MailboxRef; eventId: string }, { attempt, dueAt, payload }: Pick<WorkItem, 'attempt' | 'dueAt' | 'payload'>,
): Promise<void> {
  const reach = reachOf(listeners, await reasonsOf(deps.store.db, tenantId, mailbox));
  if (reach === 'times' || (reach === 'window' && !byItself.safeParse(payload).success)) {
    await askForSweep(deps, tenantId, { mailbox, eventId }, gathered.safeParse(payload).data?.noticedAt ?? null, dueAt);
    return;
  }
  try {
    await readEvent(deps, listeners, tenantId, mailbox, eventId);
  } catch (error) {
    const isHopeless = error instanceof TheirError && !error.passing && attempt >= mostTries;
    if (!isHopeless) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'an event of the calendar cannot be read, and is left alone until it changes');
  }
}
