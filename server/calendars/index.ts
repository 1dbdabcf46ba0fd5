import type { MailboxRef } from '../domain/calendar.ts';
import type { CalendarSource } from '../ports/calendar-source.ts';
import type { Queries } from '../store/schema.ts';
import { putWork } from '../store/work.ts';
import type { WorkHandler, WorkHandlers } from '../store/worker.ts';
import type { CalendarsDeps } from './deps.ts';
import { eventKey, eventOfKey, mailboxOfKey } from './keys.ts';
import type { CalendarListener } from './listener.ts';
import { readByItself, readNoticed } from './single.ts';
import { sourceOf } from './source.ts';
import { subscribe } from './subscription.ts';
import { round, sweep } from './sweep.ts';
import { letGo, lookAtAll, resumeWatches, watchMailbox } from './watch.ts';
import { findWatch, leftAlone, reasonsOf, wantedFor, type CalendarWatch, type LeftAlone } from './watch-rows.ts';

export type { CalendarEffect, CalendarsDeps } from './deps.ts';
export type { CalendarListener, CalendarLoss, CalendarNews, SweepFacts } from './listener.ts';
export type { CalendarWatch, LeftAlone } from './watch-rows.ts';
export { eventKey, eventOfKey } from './keys.ts';
export { sweepWindow } from './sweep.ts';

/**
 * Watches calendars for all features: one subscription, one cursor and one reading for each mailbox, however many want it (design §6).
 * Notifications ask for an event or a sweep, rounds sweep anyway; whoever needs a third net reads single events again.
 */
export interface Calendars {
  readonly sources: readonly CalendarSource[];
  /** The system that a mailbox lies in. Throws TheirError when it is no longer configured. */
  source(instance: string): CalendarSource;
  /** From now on this feature hears of every watched mailbox. Before any work begins. */
  listen(listener: CalendarListener): void;
  /** Asks for a mailbox, in the transaction of what makes it needed. Asking twice is the same as once. */
  watch(tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string): Promise<void>;
  /** Takes that back. A mailbox that nobody wants is unsubscribed and forgotten. */
  letGo(tx: Queries, tenantId: string, mailbox: MailboxRef, reason: string): Promise<void>;
  /** One event could not be brought home: it is read again by itself, later, and holds up nothing else. */
  readLater(tenantId: string, mailbox: MailboxRef, eventId: string, inMs: number): Promise<void>;
  /** How we stand with a mailbox; null when it is not watched. */
  watchOf(tenantId: string, mailbox: MailboxRef): Promise<CalendarWatch | null>;
  /** Mailboxes that are watched for this reason. */
  watchedFor(tenantId: string, reason: string): Promise<MailboxRef[]>;
  /** Who wants it. */
  reasonsOf(tenantId: string, mailbox: MailboxRef): Promise<string[]>;
  /** By system, how many calendars cannot be read. */
  leftAlone(tenantId: string): Promise<LeftAlone[]>;
  /** Looks at every watched calendar of one system now, an administrator's wish. Returns how many. */
  lookAtAll(tenantId: string, instance: string): Promise<number>;
  workHandlers: WorkHandlers;
  /** Catches up after a start. */
  resume(tenantId: string): Promise<void>;
}

export function createCalendars(deps: CalendarsDeps): Calendars {
  const listeners: CalendarListener[] = [];

  const forMailbox = (run: (tenantId: string, mailbox: MailboxRef) => Promise<{ againAt: number } | void>): WorkHandler => async ({ tenantId, key }) => {
    const mailbox = mailboxOfKey(key);
    return mailbox ? run(tenantId, mailbox) : undefined;
  };

  return {
    sources: deps.sources,
    source: (instance) => sourceOf(deps.sources, instance),
    listen: (listener) => void listeners.push(listener),
    watch: (tx, tenantId, mailbox, reason) => watchMailbox(deps, tx, tenantId, mailbox, reason),
    letGo: (tx, tenantId, mailbox, reason) => letGo(deps, tx, tenantId, mailbox, reason),
    readLater: (tenantId, mailbox, eventId, inMs) =>
      deps.effect('calendar.watch.write', () => putWork(deps.store.db, { tenantId, kind: 'calendar.event', key: eventKey(mailbox, eventId), dueAt: deps.clock.now() + inMs, payload: readByItself })),
    watchOf: (tenantId, mailbox) => findWatch(deps.store.db, tenantId, mailbox),
    reasonsOf: (tenantId, mailbox) => reasonsOf(deps.store.db, tenantId, mailbox),
    watchedFor: (tenantId, reason) => wantedFor(deps.store.db, tenantId, reason),
    leftAlone: (tenantId) => leftAlone(deps.store.db, tenantId),
    lookAtAll: (tenantId, instance) => lookAtAll(deps, tenantId, instance),
    resume: (tenantId) => resumeWatches(deps, tenantId),
    workHandlers: {
      'calendar.subscription': forMailbox((tenantId, mailbox) => subscribe(deps, listeners, tenantId, mailbox)),
      'calendar.round': async ({ tenantId, key, payload }) => {
        const mailbox = mailboxOfKey(key);
        return mailbox ? round(deps, listeners, tenantId, mailbox, payload) : undefined;
      },
      'calendar.sweep': forMailbox(async (tenantId, mailbox) => void (await sweep(deps, listeners, tenantId, mailbox))),
      'calendar.event': async (item) => {
        const named = eventOfKey(item.key);
        if (named) await readNoticed(deps, listeners, item.tenantId, named, item);
      },
    },
  };
}
