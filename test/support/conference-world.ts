import type { Caller } from '../../contract/endpoint.ts';
import type { CalendarEvent } from '../../server/domain/calendar.ts';
import { TheirError } from '../../server/domain/errors.ts';
import { createConferenceFeature, runEffect, type ConferenceFeature } from '../../server/features/conference/index.ts';
import { day, type ConferencePolicy } from '../../server/features/conference/conference.ts';
import type { EffectName } from '../../server/features/conference/deps.ts';
import type { BridgeEvent, ConferenceBridge } from '../../server/ports/conference-bridge.ts';
import type { CalendarSource } from '../../server/ports/calendar-source.ts';
import { silent } from '../../server/ports/log.ts';
import type { Store } from '../../server/store/connect.ts';
import { claimWork, retryWork, workDone } from '../../server/store/work.ts';
import { createLabClock } from '../../lab/clock.ts';

/** A conference feature between a calendar and a bridge that remember everything, on a clock that stands still. What it forgets in a crash is built anew over the same store. */

export const start = Date.parse('2026-11-21T09:52:00Z');
export const minute = 60_000;
export const joinBase = 'https://meet.example.com/j/';
/** No subscription ends in a test. */
const endOfTime = Date.parse('2099-01-01T00:00:00Z');
export const mailbox = { instance: 'm365', id: 'anna-mailbox' };

export const policy: ConferencePolicy = {
  opensBeforeMs: 10 * minute, closesAfterMs: 30 * minute, holdMs: day, confirmMs: 10 * minute, restoreMs: 7 * day, codeRestMs: 365 * day,
  codeDigits: 9, maxMembers: 50, rereadMs: 20 * 60 * minute, sweepMs: 6 * 60 * minute, ticketMs: 7 * day,
};

export const anna: Caller = {
  tenantId: 'default', personId: 'anna', name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test',
};

/** A calendar that shows what it is given. `reads` counts the questions. */
export function createCalendar() {
  const events = new Map<string, CalendarEvent>();
  let log: { at: number; id: string }[] = [];
  const calendar = { events, reads: 0, subscriptions: 0, isAway: false, put, remove, source: undefined as unknown as CalendarSource };
  function put(event: CalendarEvent): void {
    events.set(event.id, event);
    log.push({ at: log.length + 1, id: event.id });
  }
  function remove(id: string): void {
    events.delete(id);
    log.push({ at: log.length + 1, id });
  }
  function asked(): void {
    calendar.reads += 1;
    if (calendar.isAway) throw new TheirError('calendar', 'unavailable', 'is away');
  }
  calendar.source = {
    instance: mailbox.instance,
    capabilities: { notifications: true, changes: true, write: true },
    async findMailbox() { return { ...mailbox, addresses: [anna.address], displayName: anna.name }; },
    async event(_mailbox, id) { asked(); return events.get(id) ?? null; },
    async changes(_mailbox, cursor, window) {
      asked();
      const from = Number(cursor ?? 0);
      const ids = new Set(log.slice(from).map(({ id }) => id));
      const found = [...(cursor === null ? events.values() : [...ids].flatMap((id) => events.get(id) ?? []))].filter((each) => each.startsAt < window.to && each.endsAt > window.from);
      const removed = cursor === null ? [] : [...ids].filter((id) => !found.some((each) => each.id === id)).map((id) => ({ mailbox, id }));
      return { events: found, removed, cursor: String(log.length), wasReset: false };
    },
    async occurrences() { asked(); return []; },
    async between(_mailbox, window) { asked(); return [...events.values()].filter((each) => each.startsAt < window.to && each.endsAt > window.from); },
    async subscribe() { asked(); calendar.subscriptions += 1; return { id: `subscription-${calendar.subscriptions}`, expiresAt: endOfTime }; },
    async renew(_mailbox, id) { return { id, expiresAt: endOfTime }; },
    async unsubscribe() {},
    async rewrite() {},
  };
  return calendar;
}

/** A bridge that counts what was asked of it. */
export function createBridge() {
  const listeners = new Set<(event: BridgeEvent) => void>();
  const bridge = {
    isAway: false,
    ensured: [] as string[],
    closed: [] as string[],
    inside: new Map<string, number>(),
    tell: (event: BridgeEvent): void => listeners.forEach((fn) => fn(event)),
    port: undefined as unknown as ConferenceBridge,
  };
  function asked(): void {
    if (bridge.isAway) throw new TheirError('pbx', 'no-answer', 'does not answer');
  }
  bridge.port = {
    instance: 'pbx',
    capabilities: { preCreate: false, dialIn: true, participants: true, events: true, mute: true, kick: true, lock: true, record: false, dialOut: false },
    dialIn: [{ country: 'DE', number: '+493023125400' }],
    async ensure({ room }) { asked(); bridge.ensured.push(room); },
    async close(room) { asked(); bridge.closed.push(room); bridge.inside.delete(room); },
    async participants(room) {
      asked();
      return Array.from({ length: bridge.inside.get(room) ?? 0 }, (_, index) => ({ leg: String(index), name: '', number: '', isHost: false, isMuted: false, joinedAt: null }));
    },
    async liveRooms() { asked(); return [...bridge.inside.keys()]; },
    async mute() {}, async kick() {}, async lock() {},
    onEvent(fn) { listeners.add(fn); return () => listeners.delete(fn); },
  };
  return bridge;
}

export interface ConferenceWorld {
  clock: ReturnType<typeof createLabClock>;
  calendar: ReturnType<typeof createCalendar>;
  bridge: ReturnType<typeof createBridge>;
  /** The feature as it lives now; a new one after `crash`. */
  feature: ConferenceFeature;
  /** Called for every effect; a test may throw before or after it. */
  onEffect: (name: EffectName, run: () => Promise<unknown>) => Promise<unknown>;
  /** Forgets everything that is not in the store. */
  crash(): void;
  /** Does all work that is due, again and again until none is. Work that fails waits a second. Returns the failures. */
  work(): Promise<unknown[]>;
}

/** Puts the world together over `store`. */
export function createConferenceWorld(store: Store): ConferenceWorld {
  const clock = createLabClock({ startAt: start, paused: true });
  const world: ConferenceWorld = {
    clock, calendar: createCalendar(), bridge: createBridge(), feature: undefined as unknown as ConferenceFeature, onEffect: runEffect as ConferenceWorld['onEffect'], crash, work,
  };

  function crash(): void {
    world.feature = createConferenceFeature({
      clock, log: silent, store, live: store.live, bridges: [world.bridge.port], calendars: [world.calendar.source], mailboxOf: async () => mailbox,
      personByAddress: async (_tenant, address) => (address === 'boss@example.com' ? { personId: 'boss', name: 'Boss', address } : null),
      policy, joinBase, languages: ['en', 'de'], effect: (name, run) => world.onEffect(name, run) as ReturnType<typeof run>,
    });
  }

  async function work(): Promise<unknown[]> {
    const failures: unknown[] = [];
    const kinds = Object.keys(world.feature.workHandlers);
    for (let round = 0; round < 50; round++) {
      const items = await claimWork(store.db, { now: clock.now(), limit: 50, leaseMs: minute, owner: `round-${round}-${failures.length}`, kinds });
      if (items.length === 0) return failures;
      for (const item of items) {
        try {
          const again = await world.feature.workHandlers[item.kind]?.(item);
          if (again) await retryWork(store.db, item, again.againAt, '');
          else await workDone(store.db, item);
        } catch (error) {
          failures.push(error);
          await retryWork(store.db, item, clock.now() + 1000, String(error));
        }
      }
    }
    throw new Error('work never ends');
  }

  crash();
  return world;
}
