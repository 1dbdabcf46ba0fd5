import { PLAIN } from '../../invitation/index.ts';
import type { Caller } from '../../contract/endpoint.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import type { CalendarEvent } from '../../server/domain/calendar.ts';
import { createCalendars, type CalendarEffect, type Calendars } from '../../server/calendars/index.ts';
import { createMemoryBridge, createMemoryCalendar, type MemoryBridge, type MemoryMailSender } from '../../server/connectors/memory/index.ts';
import { heardBridge } from '../../server/features/conference/bridge/bridge-work.ts';
import { createConferenceFeature, runEffect, type ConferenceFeature } from '../../server/features/conference/index.ts';
import { day, type ConferencePolicy } from '../../server/features/conference/conference.ts';
import type { ConferenceDeps, EffectName } from '../../server/features/conference/deps.ts';
import type { Clock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import type { Wake } from '../../server/ports/wake.ts';
import type { Store } from '../../server/store/connect.ts';
import { createLabClock } from '../../lab/clock.ts';
import { workUntilQuiet } from './work.ts';

/** A conference feature between the reference calendar and the reference bridge, on a clock that stands still. What it forgets in a crash is built anew over the same store. */

export const start = Date.parse('2026-11-21T09:52:00Z');
export const minute = 60_000;
export const joinBase = 'https://meet.example.com/j/';
export const mailbox = { instance: 'm365', id: 'anna-mailbox' };

export const policy: ConferencePolicy & { gatherMs: 0, sweepMs: number } = {
  opensBeforeMs: 10 * minute, closesAfterMs: 30 * minute, asksForUnknownCallers: true, holdMs: day, confirmMs: 10 * minute, restoreMs: 7 * day, codeRestMs: 365 * day,
  codeDigits: 9, maxMembers: 50, rereadMs: 20 * 60 * minute, gatherMs: 0, sweepMs: 6 * 60 * minute, ticketMs: 7 * day,
};

export const anna: Caller = {
  tenantId: 'default', personId: 'anna', name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test',
};

/** Whose the mailboxes are. */
const owners = new Map([[mailbox.id, { personId: 'anna', name: anna.name, address: anna.address }], ['boss-mailbox', { personId: 'boss', name: 'Boss', address: 'boss@example.com' }]]);

/**
 * The reference calendar, by the test's own names: an event that is put again is changed, one that comes back after its removal has a new id and its old iCalUId.
 * Notices are lost unless the test says where they go.
 */
export function createCalendar(clock: Clock) {
  let hear: Wake['mark'] | null = null;
  const memory = createMemoryCalendar({
    instance: mailbox.instance, clock, joinBase: joinBase.slice(0, -1), keyword: '@conf',
    mailboxes: [{ id: mailbox.id, addresses: [anna.address], displayName: anna.name }, { id: 'boss-mailbox', addresses: ['boss@example.com'], displayName: 'Boss' }],
    wake: { mark: async (keys) => hear?.(keys) },
  });
  const ids = new Map<string, string>();

  /** The id under which the port tells it; undefined when it is not there. */
  function idOf(name: string): string | undefined {
    const id = ids.get(name);
    return id !== undefined && memory.events.find(mailbox.id, id) ? id : undefined;
  }

  function put({ mailbox: _mailbox, id: name, kind: _kind, seriesMasterId: _master, originalStart: _start, recurrenceEnd: _end, modifiedAt: _at, version: _version, ...draft }: CalendarEvent): void {
    const known = idOf(name);
    if (known === undefined) ids.set(name, memory.events.add(mailbox.id, draft));
    else memory.events.change(mailbox.id, known, draft);
  }

  function remove(name: string): void {
    const known = idOf(name);
    if (known !== undefined) memory.events.remove(mailbox.id, known);
  }

  return { memory, port: memory.port, put, remove, idOf, setAway: memory.setAway, hearWith: (mark: Wake['mark'] | null): void => void (hear = mark) };
}

/** The reference bridge, with people who come in and go by room. */
export function createBridge(clock: Clock) {
  return peopled(createMemoryBridge({ instance: 'pbx', clock, lacks: { joinLinks: false }, dialIn: [{ country: 'DE', number: '+493023125400' }] }));
}

/** One that people open in a browser, with no telephone of its own. */
export function createWebBridge(clock: Clock) {
  return peopled(createMemoryBridge({ instance: 'meet', clock, lacks: { dialIn: false, dialOut: false } }));
}

function peopled(memory: MemoryBridge) {
  const legs: { room: string; leg: string }[] = [];
  return {
    memory,
    port: memory.port,
    setAway: memory.setAway,
    wasAsked: (what: 'ensure' | 'close', room: string): boolean => memory.done.includes(`${what} ${room}`),
    join(room: string): void {
      const leg = memory.enter(room, { name: 'Carl', number: '+49301', isHost: false });
      if (leg !== null) legs.push({ room, leg });
    },
    /** Everybody hangs up. */
    leave(room: string): void {
      for (const each of legs) if (each.room === room) memory.leave(each.leg);
    },
  };
}

export interface ConferenceWorld {
  clock: ReturnType<typeof createLabClock>;
  calendar: ReturnType<typeof createCalendar>;
  bridge: ReturnType<typeof createBridge>;
  /** A second one, for conferences that ask for it by the name `meet`. */
  web: ReturnType<typeof createWebBridge>;
  /** The feature as it lives now; a new one after `crash`. */
  feature: ConferenceFeature;
  deps: ConferenceDeps;
  /** The watch over calendars, as it lives now. */
  calendars: Calendars;
  /** Null: no mail system is connected. Taken up by `crash`. */
  mail: MemoryMailSender | null;
  /** Whose telephones are known: addresses by the number that a caller shows. */
  callers: Map<string, readonly string[]>;
  /** Anna has a calendar that we see. */
  hasMailbox: boolean;
  /** Called for every effect; a test may throw before or after it. */
  onEffect: (name: EffectName | CalendarEffect, run: () => Promise<unknown>) => Promise<unknown>;
  /** Forgets everything that is not in the store. */
  crash(): void;
  /** Does all work that is due, again and again until none is. Work that fails waits a second. Returns the failures. */
  work(): Promise<unknown[]>;
}

/** Puts the world together over `store`. */
export function createConferenceWorld(store: Store, { hasBridge = true }: { hasBridge?: boolean } = {}): ConferenceWorld {
  const clock = createLabClock({ startAt: start, paused: true });
  const calendar = createCalendar(clock);
  const bridge = createBridge(clock);
  const web = createWebBridge(clock);
  const world: ConferenceWorld = { clock, calendar, bridge, web, feature: undefined as unknown as ConferenceFeature, deps: undefined as unknown as ConferenceDeps, calendars: undefined as unknown as Calendars, mail: null, callers: new Map(), hasMailbox: true, onEffect: runEffect, crash, work };
  /** What the bridge told and is not yet put to work. */
  let heard: Promise<void>[] = [];

  function crash(): void {
    const effect = <T>(name: EffectName | CalendarEffect, run: () => Promise<T>): Promise<T> => world.onEffect(name, run) as Promise<T>;
    world.calendars = createCalendars({ clock, log: silent, store, sources: [calendar.port], gatherMs: 0, sweepMs: policy.sweepMs, effect });
    world.deps = {
      clock, log: silent, store, live: store.live, bridges: hasBridge ? [bridge.port, web.port] : [], calendars: world.calendars, mailSender: world.mail?.port ?? null, mailboxOf: async () => (world.hasMailbox ? mailbox : null),
      personByAddress: async (_tenant, address) => (address === 'boss@example.com' ? { personId: 'boss', name: 'Boss', address } : null),
      addressesOf: async (_tenant, personId) => [`${personId}@example.com`],
      addressesOfCaller: async (_tenant, _instance, number) => world.callers.get(number) ?? [],
      settingsOf: async () => ({ ...conferenceSettings.standard }),
      fixedFor: async () => new Set(),
      templatesOf: async () => [{ id: 'legal', name: 'With legal text' }],
      ownerOfMailbox: async (_tenant, { id }) => owners.get(id) ?? null, keywordMailboxes: async () => [mailbox], keyword: '@conf',
      dressFor: async () => ({ dress: PLAIN, former: { html: [], text: [] } }),
      policy, joinBase, languages: ['en', 'de'], effect,
    };
    world.feature = createConferenceFeature(world.deps);
  }

  async function work(): Promise<unknown[]> {
    const failures: unknown[] = [];
    const handlers = { ...world.calendars.workHandlers, ...world.feature.workHandlers };
    for (let events = heard; events.length > 0; events = heard) {
      heard = [];
      for (const each of await Promise.allSettled(events)) if (each.status === 'rejected') failures.push(each.reason);
    }
    return [...failures, ...(await workUntilQuiet(store, clock, handlers))];
  }

  crash();
  // As feature.listen does, but a test can wait for it.
  for (const { port } of [bridge, web]) port.onEvent((event) => void heard.push(heardBridge(world.deps, anna.tenantId, port, event)));
  return world;
}
