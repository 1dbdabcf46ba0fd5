import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { ChangePage, Window } from '../../../ports/calendar-source.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { batchReads, refusalIn } from '../client/batch.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { walkDelta } from '../client/delta.ts';
import { refusalOf } from '../client/graph-error.ts';
import { readAllPages } from '../client/pages.ts';
import { isPart, isWhole, toEvent } from './event.ts';
import { eventFields, eventRow, timeFields } from '../schema.ts';
import type { EventRow } from '../schema.ts';
import { isoOf } from '../times.ts';

export interface EventsOptions {
  client: GraphClient;
  instance: string;
  joinBase: string;
  keyword: string | null;
  pageSize: number;
  clock: Clock;
  log: Log;
}

export interface Events {
  event: (mailbox: MailboxRef, id: string) => Promise<CalendarEvent | null>;
  changes: (mailbox: MailboxRef, cursor: string | null, window: Window) => Promise<ChangePage>;
  occurrences: (mailbox: MailboxRef, masterId: string, window: Window) => Promise<CalendarEvent[]>;
  /** In the default calendar, or in the one of this id. */
  between: (mailbox: MailboxRef, window: Window, calendarId?: string) => Promise<CalendarEvent[]>;
  /** As `between`, without a word of what anybody wrote. */
  times: (mailbox: MailboxRef, window: Window) => Promise<CalendarEvent[]>;
}

/** The only answer that says that an event is gone. A 404 of another kind is about the mailbox, the address or a proxy, and must never read as "all deleted". */
const eventGone = 'ErrorItemNotFound';

function get(what: string, mailbox: MailboxRef, path: string, query: Record<string, string>, maxPageSize?: number): GraphCall {
  return {
    what, method: 'GET', target: { path, query }, right: 'Calendars.Read', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
    ...(maxPageSize === undefined ? {} : { headers: { prefer: `odata.maxpagesize=${maxPageSize}` } }),
  };
}

function within({ from, to }: Window): Record<string, string> {
  return { startDateTime: isoOf(from), endDateTime: isoOf(to) };
}

export function createEvents({ client, instance, joinBase, keyword, pageSize, clock, log }: EventsOptions): Events {
  /** The reference alone: whoever asks may hand in a whole profile. */
  function own({ id }: MailboxRef): MailboxRef {
    return { instance, id };
  }

  function readRow(row: unknown): EventRow | null {
    const read = eventRow.safeParse(row);
    if (!read.success) log.warn({ at: read.error.issues.slice(0, 3).map(({ path }) => path.join('.')) }, 'an event of the calendar cannot be read');
    return read.success ? read.data : null;
  }

  function translate(mailbox: MailboxRef, rows: readonly EventRow[], masters: ReadonlyMap<string, EventRow> = new Map()): CalendarEvent[] {
    return rows.flatMap((row) => {
      const event = toEvent(row, { mailbox: own(mailbox), joinBase, keyword }, masters.get(row.seriesMasterId ?? '') ?? null);
      if (event === null) log.warn({ mailbox: mailbox.id }, 'an event of the calendar has no readable time');
      return event ?? [];
    });
  }

  /** Events by id, whole; those that are gone are left out. What is refused for itself alone is told in `unread`, and does not hold up the others. */
  async function readMany(mailbox: MailboxRef, ids: readonly string[]): Promise<{ found: Map<string, EventRow>; unread: string[] }> {
    const unread: string[] = [];
    if (ids.length === 0) return { found: new Map(), unread };
    const what = 'read events';
    const reads = ids.map((id) => ({ path: graphPath`/users/${mailbox.id}/events/${id}`, query: { $select: eventFields } }));
    const answers = await batchReads({ client, connector: instance, clock, what, right: 'Calendars.Read', mailbox: mailbox.id }, reads);
    const found = new Map<string, EventRow>();
    for (const [index, answer] of answers.entries()) {
      const refused = refusalIn(answer);
      const id = ids[index] ?? '';
      if (refused?.code === eventGone) continue;
      const row = refused ? null : readRow(answer.body);
      if (row) found.set(id, row);
      else unread.push(id);
      if (refused) log.warn({ mailbox: mailbox.id, status: refused.status, code: refused.code }, 'an event of the calendar is refused by itself');
    }
    return { found, unread };
  }

  /**
   * Rows of a delta made whole. An unchanged occurrence has its ids and times only: its master, often in the same pages, has the rest. Anything else that is
   * not whole is read by itself.
   */
  async function completed(mailbox: MailboxRef, rows: readonly EventRow[]): Promise<{ events: CalendarEvent[]; unread: string[] }> {
    const masters = new Map(rows.filter((row) => row.type === 'seriesmaster' && isWhole(row)).map((row) => [row.id, row]));
    const partial = rows.filter((row) => !isWhole(row));
    const wanted = new Set<string>();
    for (const row of partial) {
      if (row.type !== 'occurrence' || !row.seriesMasterId) wanted.add(row.id);
      else if (!masters.has(row.seriesMasterId)) wanted.add(row.seriesMasterId);
    }
    const { found, unread } = await readMany(mailbox, [...wanted]);
    for (const [id, row] of found) if (row.type === 'seriesmaster') masters.set(id, row);
    const whole = rows.flatMap((row) => {
      if (isWhole(row)) return row;
      const own = found.get(row.id);
      if (own) return own;
      // Its series went away in between; the next round of changes tells so.
      return isPart(row) && masters.has(row.seriesMasterId ?? '') ? row : [];
    });
    return { events: translate(mailbox, whole, masters), unread };
  }

  async function list(mailbox: MailboxRef, call: GraphCall): Promise<CalendarEvent[]> {
    const rows = await readAllPages(client, instance, call);
    const events = translate(mailbox, rows.flatMap((row) => readRow(row) ?? []));
    // Two pages may tell the same event when the calendar changes between them.
    return [...new Map(events.map((event) => [event.id, event])).values()];
  }

  return {
    async event(mailbox, id) {
      try {
        const row = await client.call(get('read an event', mailbox, graphPath`/users/${mailbox.id}/events/${id}`, { $select: eventFields }), eventRow);
        const [event] = translate(mailbox, [row]);
        if (!event) throw new TheirError(instance, 'unreadable', 'read an event: its times cannot be read');
        return event;
      } catch (error) {
        const refused = refusalOf(error);
        if (refused?.status === 404 && refused.code === eventGone) return null;
        throw error;
      }
    },

    async changes(mailbox, cursor, window) {
      const first = get('read calendar changes', mailbox, graphPath`/users/${mailbox.id}/calendarView/delta`, within(window), pageSize);
      const walked = await walkDelta({ client, connector: instance, first, cursor, onBrokenRow: () => log.warn({ mailbox: mailbox.id }, 'a calendar change has no id') });
      const { events, unread } = await completed(mailbox, [...walked.rows.values()].flatMap((row) => readRow(row) ?? []));
      return { events, unread, removed: [...walked.removed].map((id) => ({ mailbox: own(mailbox), id })), cursor: walked.deltaLink, wasReset: walked.wasReset };
    },

    occurrences: (mailbox, masterId, window) =>
      list(mailbox, get('read occurrences', mailbox, graphPath`/users/${mailbox.id}/events/${masterId}/instances`, { ...within(window), $select: eventFields }, pageSize)),

    times: (mailbox, window) =>
      list(mailbox, get('read when somebody is busy', mailbox, graphPath`/users/${mailbox.id}/calendarView`, { ...within(window), $select: timeFields }, pageSize)),

    between(mailbox, window, calendarId) {
      const path = calendarId === undefined ? graphPath`/users/${mailbox.id}/calendarView` : graphPath`/users/${mailbox.id}/calendars/${calendarId}/calendarView`;
      return list(mailbox, get('read a stretch of a calendar', mailbox, path, { ...within(window), $select: eventFields }, pageSize));
    },
  };
}
