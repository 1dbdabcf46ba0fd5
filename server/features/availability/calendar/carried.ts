import { z } from 'zod';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { Queries } from '../../../store/schema.ts';
import { putWork, type WorkPut } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { meetingOfEvent } from './meeting.ts';
import { putRiding } from '../rows.ts';
import { dropWish, hasWish, oldestWish } from '../wish-rows.ts';

/** The add-in's custom property; its window writes it (addin/office/shown-as.ts). */
const carried = z.object({ key: z.uuid(), availability: z.enum(['available', 'away', 'busy', 'doNotDisturb']) });

/** A clock that runs ahead, and an event that was saved a moment before the choice was told, ms. */
const leeway = 5 * 60_000;

/**
 * Events to be read for a choice that they may carry: only of somebody who has said that an invite is on its way with one, only their own meetings, and only those that
 * were changed since. So the one reading that this costs is spent on meetings with a choice, and on few others.
 */
export async function carriersAmong(db: Queries, { tenantId, personId, now }: { tenantId: string; personId: string; now: number }, events: readonly CalendarEvent[]): Promise<WorkPut[]> {
  const own = events.filter((event) => event.isOrganizer && !event.isCancelled && event.kind !== 'occurrence');
  const since = own.length === 0 ? null : await oldestWish(db, tenantId, personId, now);
  if (since === null) return [];
  return own
    .filter((event) => event.modifiedAt >= since - leeway)
    .map((event) => ({ tenantId, kind: 'availability.carried', key: `${personId}/${event.id}`, dueAt: now, payload: { personId, instance: event.mailbox.instance, mailboxId: event.mailbox.id, eventId: event.id, meeting: meetingOfEvent(event) } }));
}

const payloadShape = z.object({ personId: z.string(), instance: z.string(), mailboxId: z.string(), eventId: z.string(), meeting: z.object({ seriesKey: z.string(), originalStart: z.number().nullable() }) });

/** Work `availability.carried`: the first sight of an event that may carry a choice. From then on the server's row counts, and the property is not read again. */
export async function takeCarried(deps: AvailabilityDeps, tenantId: string, payload: unknown): Promise<void> {
  const { personId, instance, mailboxId, eventId, meeting } = payloadShape.parse(payload);
  const text = await deps.calendars.source(instance).carried?.({ instance, id: mailboxId }, eventId, 'tieline.availability').catch((error: unknown) => {
    if (error instanceof TheirError && !error.passing) return null;
    throw error;
  });
  const found = carried.safeParse(parsed(text ?? ''));
  if (!found.success || !(await hasWish(deps.store.db, tenantId, personId, found.data.key))) return;
  await deps.effect('availability.choose.write', () =>
    deps.store.transaction(async (tx) => {
      await putRiding(tx, tenantId, personId, meeting, found.data.availability, deps.clock.now());
      await dropWish(tx, tenantId, personId, found.data.key);
      await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
    }),
  );
}

/** Written by a window in somebody's mailbox: anything may stand there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
