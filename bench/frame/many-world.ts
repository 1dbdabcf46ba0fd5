import { Client } from 'pg';
import { PLAIN } from '../../invitation/index.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { createCalendars } from '../../server/calendars/index.ts';
import { createMemoryBridge, createMemoryCalendar, type MemoryCalendar } from '../../server/connectors/memory/index.ts';
import { day } from '../../server/features/conference/conference.ts';
import { createConferenceFeature, runEffect } from '../../server/features/conference/index.ts';
import { silent } from '../../server/ports/log.ts';
import type { Store } from '../../server/store/connect.ts';
import { createWake } from '../../server/store/wake.ts';
import type { Worker } from '../../server/store/hands.ts';
import { createWorker, type WorkHandlers } from '../../server/store/worker.ts';
import { anna, policy, start } from '../../test/support/conference-world.ts';
import { workUntilQuiet } from '../../test/support/work.ts';
import { copyConference } from './scheduled-rows.ts';
import { openBenchStore } from './store.ts';

const joinBase = 'https://meet.example.com/j/';
const instance = 'm365';
const half = 30 * 60_000;

/** A conference and its event in the calendar. */
export interface Meeting { id: string; mailbox: string; eventId: string }

/** Many scheduled conferences, with their events in the reference calendar, on a clock that stands still until it is turned. */
export interface ManyWorld {
  clock: TurnableClock;
  store: Store;
  calendar: MemoryCalendar;
  meetings: readonly Meeting[];
  kinds: readonly string[];
  /** The server's own worker, not yet started; `failures` counts what it had to try again. */
  worker: Worker;
  failures(): number;
  /** Resolves when every notice that was told so far stands in the database. */
  noticed(): Promise<void>;
  close(): Promise<void>;
}

/** `count` conferences 20 to 60 days ahead, in so many watched calendars. */
export async function openManyWorld(count: number, calendars: number): Promise<ManyWorld> {
  const clock = createLabClock({ startAt: start, paused: true });
  const { store, databaseUrl, close: closeStore } = await openBenchStore(clock);
  const close = async (): Promise<void> => {
    clock.stop();
    await closeStore();
  };
  try {
    return { ...(await fill(clock, store, databaseUrl, count, Array.from({ length: calendars }, (_, n) => `mailbox-${n}`))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(clock: TurnableClock, store: Store, databaseUrl: string, count: number, mailboxes: readonly string[]): Promise<Omit<ManyWorld, 'close'>> {
  const wake = createWake(store, anna.tenantId, clock);
  let told = Promise.resolve();
  const [first = ''] = mailboxes;
  const calendar = createMemoryCalendar({
    instance, clock, joinBase: joinBase.slice(0, -1), mailboxes: mailboxes.map((id) => ({ id, addresses: [`${id}@example.com`], displayName: id })),
    wake: { mark: (keys) => (told = Promise.all([told, wake.mark(keys)]).then(() => undefined)) },
  });
  const watch = createCalendars({ clock, log: silent, store, sources: [calendar.port], gatherMs: 1_000, sweepMs: policy.sweepMs, effect: runEffect });
  const feature = createConferenceFeature({
    clock, log: silent, store, live: store.live, bridges: [createMemoryBridge({ instance: 'pbx', clock }).port], calendars: watch, policy, joinBase, languages: ['en'], effect: runEffect, keyword: null,
    mailboxOf: async () => ({ instance, id: first }), personByAddress: async () => null, addressesOfCaller: async () => [], addressesOf: async () => [], templatesOf: async () => [], ownerOfMailbox: async () => null, keywordMailboxes: async () => [],
    mailSender: null, dressFor: async () => ({ dress: PLAIN, former: { html: [], text: [] } }), settingsOf: async () => ({ ...conferenceSettings.standard }), fixedFor: async () => new Set(),
  });
  const handlers: WorkHandlers = { ...watch.workHandlers, ...feature.workHandlers };
  let failures = 0;
  const worker = createWorker({ store, clock, log: silent, handlers, observe: ({ outcome }) => void (failures += outcome === 'failed' ? 1 : 0) });

  async function settle(): Promise<void> {
    const [failure] = await workUntilQuiet(store, clock, handlers);
    if (failure) throw failure;
  }

  /** A half-hour at this instant that carries a conference's link. */
  function addEvent(mailbox: string, id: string, startsAt: number): string {
    return calendar.events.add(mailbox, { startsAt, endsAt: startsAt + half, body: { format: 'html', content: `${joinBase}${id}` } });
  }

  async function book(): Promise<Meeting> {
    const startsAt = start + 20 * day;
    const { conference } = await feature.handlers.hold({ params: {}, query: {}, body: { idempotencyKey: crypto.randomUUID(), language: 'en', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + half).toISOString(), timeZone: 'UTC' } }, anna);
    const eventId = addEvent(first, conference.id, startsAt);
    await watch.readLater(anna.tenantId, { instance, id: first }, eventId, 0);
    await settle();
    return { id: conference.id, mailbox: first, eventId };
  }

  const original = await book();
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    // Its calendar is watched already, and would be a second time by the copies.
    await database.query('delete from calendar_watch');
    await copyConference(database, original.id, count - 1, mailboxes);
    const { rows } = await database.query<{ id: string; mailbox_id: string; starts_at: Date }>('select id, mailbox_id, starts_at from conference where id <> $1', [original.id]);
    const copies = rows.map(({ id, mailbox_id: mailbox, starts_at }) => ({ id, mailbox, eventId: addEvent(mailbox, id, starts_at.getTime()) }));
    await bind(database, calendar, copies);
    // Read again once in 20 hours each, not all at the same instant (whole milliseconds, as the server writes them); a setseed makes it the same on every machine.
    await database.query('select setseed(0.5)');
    await database.query("update work set due_at = $1::timestamptz + floor(random() * $2) * interval '1 millisecond' where kind = 'conference.reread'", [new Date(start), policy.rereadMs]);
    await database.query('analyze');
    for (const id of mailboxes) await store.transaction((tx) => watch.watch(tx, anna.tenantId, { instance, id }, 'conference'));
    await watch.resume(anna.tenantId);
    return { clock, store, calendar, meetings: [original, ...copies], kinds: Object.keys(handlers), worker, failures: () => failures, noticed: () => told };
  } finally {
    await database.end();
  }
}

/** Each copy belongs to its own event, and has seen it as it stands. */
async function bind(database: Client, calendar: MemoryCalendar, copies: readonly Meeting[]): Promise<void> {
  const events = copies.map(({ mailbox, eventId }) => calendar.events.find(mailbox, eventId));
  await database.query(
    `update conference set event_id = event.id, event_version = event.version, series_key = event.uid
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as event (conference_id, id, version, uid) where conference.id = event.conference_id`,
    [copies.map(({ id }) => id), copies.map(({ eventId }) => eventId), events.map((event) => event?.version), events.map((event) => event?.iCalUId)],
  );
}
