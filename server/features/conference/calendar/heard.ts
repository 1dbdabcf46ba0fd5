import type { CalendarListener, CalendarNews } from '../../../calendars/index.ts';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { bringHome, hasAnyLink, readHome } from './bring-home.ts';
import { eventGone } from './calendar-work.ts';
import { day, watchReason } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { asksByKeyword } from './keyword.ts';
import { conferencesByEvent, livingInMailbox, wantsMailbox } from '../rows.ts';
import { carriersIn } from '../standing/rows.ts';

/** How long after its end, or after it was dropped, an invite may still bring a conference back: drafted today and sent in three weeks (design §6). Ours. */
const revivableMs = 60 * day;

/** How conferences hear of calendars. */
export function calendarListener(deps: ConferenceDeps): CalendarListener {
  return {
    reason: watchReason,
    texts: 'all',
    heard: (news) => heard(deps, news),
    stillWants: async (tenantId, mailbox) =>
      (await wantsMailbox(deps.store.db, tenantId, mailbox, deps.clock.now(), revivableMs)) || (deps.keyword !== null && (await deps.ownerOfMailbox(tenantId, mailbox)) !== null),
  };
}

async function heard(deps: ConferenceDeps, news: CalendarNews): Promise<void> {
  const { tenantId, mailbox, removed, sweep } = news;
  const isPart = ({ kind }: CalendarEvent): boolean => kind === 'occurrence' || kind === 'exception';
  const whole = new Map(news.events.filter((event) => !isPart(event)).map((event) => [event.id, event]));
  const parts = news.events.filter(isPart);
  const bound = await boundAmong(deps, news);
  for (const event of whole.values()) {
    if (bound.has(event.id) || concerns(deps, event)) await each(deps, news, event.id, () => bringHome(deps, tenantId, event));
  }
  const toRead = new Set<string>();
  for (const part of parts) {
    const masterId = part.seriesMasterId ?? '';
    // A master that was told besides has said all; of series that are none of ours nothing is read.
    if (!whole.has(masterId) && masterId !== '' && (bound.has(masterId) || concerns(deps, part))) toRead.add(masterId);
  }
  for (const id of removed) {
    if (!bound.has(id)) continue;
    // In a sweep it may only have been moved out of the window.
    if (sweep) toRead.add(id);
    else await eventGone(deps, tenantId, mailbox, id);
  }
  for (const id of await missing(deps, news)) toRead.add(id);
  for (const id of toRead) await each(deps, news, id, () => readHome(deps, tenantId, mailbox, id));
}

/** In a sweep, one event that cannot be brought home is put off, with tries of its own; the rest of the calendar does not wait for it. */
async function each(deps: ConferenceDeps, { tenantId, mailbox, sweep }: CalendarNews, eventId: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!sweep) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, err: String(error) }, 'an event of a calendar is put off');
    await deps.calendars.readLater(tenantId, mailbox, eventId, (error instanceof TheirError ? error.retryAfterMs : undefined) ?? 1_000);
  }
}

/** A link of ours stands in it, or its place asks for a conference. */
function concerns(deps: ConferenceDeps, event: CalendarEvent): boolean {
  return hasAnyLink(deps, event) || asksByKeyword(deps, event, false);
}

/** Ids among the news that conferences are bound to. */
async function boundAmong(deps: ConferenceDeps, { tenantId, mailbox, events, removed }: CalendarNews): Promise<Set<string>> {
  const ids = new Set([...events.map(({ id, seriesMasterId }) => seriesMasterId ?? id), ...removed]);
  const [bound, carriers] = await Promise.all([conferencesByEvent(deps.store.db, tenantId, mailbox, [...ids]), carriersIn(deps.store.db, tenantId, mailbox, { ids: [...ids] })]);
  return new Set([...bound, ...carriers].flatMap(({ eventId }) => eventId ?? []));
}

/**
 * Events of conferences that should have been in this sweep and were not: of a whole reading all; of changes those that a notification showed us since the sweep before,
 * for an event that came and went between two sweeps is in neither; and series, whose vanished occurrences have no name of their own.
 */
async function missing(deps: ConferenceDeps, { tenantId, mailbox, events, removed, sweep }: CalendarNews): Promise<string[]> {
  if (!sweep) return [];
  const shown = new Set(events.flatMap((event) => [event.id, event.seriesMasterId]));
  return [...(await livingInMailbox(deps.store.db, tenantId, mailbox, sweep.window)), ...(await carriersIn(deps.store.db, tenantId, mailbox, sweep.window))]
    .filter((conference) => !shown.has(conference.eventId))
    .filter(({ seenAt, isSeries }) => sweep.isWhole || (seenAt ?? 0) >= sweep.before || (isSeries && removed.length > 0))
    .map(({ eventId }) => eventId);
}
