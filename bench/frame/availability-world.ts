import { availabilitySettings } from '../../contract/availability/availability.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { ensureTenant } from '../../server/accounts/rows.ts';
import { createCalendars } from '../../server/calendars/index.ts';
import { createMemoryCalendar, type MemoryCalendar } from '../../server/connectors/memory/index.ts';
import { createAvailabilityFeature } from '../../server/features/availability/index.ts';
import { silent } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { Store } from '../../server/store/connect.ts';
import type { BatchOutcome } from '../../server/store/batch-worker.ts';
import { finishMany } from '../../server/store/work-many.ts';
import { claimWork, nextDue, putWork, retryWork, workDone, type WorkItem } from '../../server/store/work.ts';
import { temporaryStore } from './database.ts';

const tenant = 'default';
const minute = 60_000;

/** What a line was told, and when (epoch ms). */
export interface Told {
  at: number;
  isBusy: boolean;
}

/** Many people with a mailbox and a line each, on a clock that is turned: feature, watch over calendars and PostgreSQL are the real ones. */
export interface AvailabilityWorld {
  clock: TurnableClock;
  store: Store;
  memory: MemoryCalendar;
  told: Told[][];
  /** What the mail system was asked until now, in requests as Graph would count them. */
  requests(): number;
  /** The same by what was asked. */
  requestsFor(): Record<string, number>;
  /** From now on no notice arrives, and nobody says so. */
  loseNotices(): void;
  /** Does all that is due until this instant (epoch ms), each at its own, and turns the clock to it. */
  runTo(until: number): Promise<void>;
  workOff(): Promise<void>;
  close(): Promise<void>;
}

/** Events that come in one answer of Graph (our default page). */
const pageSize = 50;
/** People whose automatic replies are asked for at once. */
const absencesAtOnce = 650;

/** `fill` writes what stands in the calendars before the server comes up. */
export async function openAvailabilityWorld(count: number, startAt: number, fill: (memory: MemoryCalendar) => void = () => undefined): Promise<AvailabilityWorld> {
  const { store, close } = await temporaryStore();
  const clock = createLabClock({ startAt, paused: true });
  await ensureTenant(store.db, tenant, 'Bench', startAt);
  const people = Array.from({ length: count }, (_, index) => `p${index}`);
  for (let first = 0; first < count; first += 1_000) {
    const row = (personId: string) => ({ tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: new Date(startAt), last_seen_at: new Date(startAt) });
    await store.db.insertInto('person').values(people.slice(first, first + 1_000).map(row)).execute();
  }
  let noticed = Promise.resolve();
  let isTold = true;
  const mark = (keys: WakeKey[]): Promise<void> => {
    const dueAt = clock.now();
    if (isTold) noticed = noticed.then(() => putWork(store.db, ...keys.map((key) => ({ tenantId: tenant, ...key, dueAt }))));
    return noticed;
  };
  const memory = createMemoryCalendar({ instance: 'm365', clock, joinBase: 'https://meet.example.com/j', mailboxes: people.map((id) => ({ id, addresses: [`${id}@example.com`], displayName: id })), wake: { mark } });
  const requests: Record<string, number> = {};
  const asked = (what: string, times = 1): void => void (requests[what] = (requests[what] ?? 0) + times);
  const counted: MemoryCalendar['port'] = new Proxy(memory.port, { get: (target, name, receiver) => {
    const value: unknown = Reflect.get(target, name, receiver);
    if (typeof value !== 'function') return value;
    return async (...given: unknown[]) => {
      const answer: unknown = await (value as (...all: unknown[]) => unknown).apply(target, given);
      const events = typeof answer === 'object' && answer !== null && 'events' in answer && Array.isArray(answer.events) ? answer.events.length : 1;
      asked(String(name), Math.max(1, Math.ceil(events / pageSize)));
      return answer;
    };
  } });
  const told: Told[][] = people.map(() => []);
  const policy = { ...availabilitySettings.standard, phoneTimeZone: 'Europe/Berlin' };
  const lineOf = (personId: string) => ({ pbx: 'pbx', context: 'default', extension: personId.slice(1), devices: [] });
  const calendars = createCalendars({ clock, log: silent, store, sources: [counted], gatherMs: 1_000, sweepMs: 6 * 60 * minute, effect: (_name, work) => work() });
  const feature = createAvailabilityFeature({
    clock, log: silent, store, live: store.live, calendars, dots: [], greetings: [], presences: [],
    absences: [{
      instance: 'm365',
      async absence() {
        asked('absence');
        return { zone: 'Europe/Berlin', outOfOffice: null };
      },
      async whoIsAway(mailboxes) {
        asked('whoIsAway', Math.ceil(mailboxes.length / absencesAtOnce));
        return new Set<string>();
      },
    }],
    targets: [{ instance: 'pbx', show: async (line, shown) => void told[Number(line.extension)]?.push({ at: clock.now(), isBusy: shown.availability === 'busy' }), devices: async () => [], doNotDisturbKeys: async () => [], forget: async () => undefined, onEvent: () => () => undefined }],
    people: {
      nameOf: async (_tenant, personId) => personId, mailboxOf: async (_tenant, personId) => ({ instance: 'm365', id: personId }), ownerOfMailbox: async (_tenant, box) => box.id, knownByAddress: async () => null,
      linesOf: async (_tenant, personId) => [lineOf(personId)], ownerOfDevice: async () => null, ownerOfExtension: async () => null, withLines: async () => people,
    },
    crowd: {
      policies: async (_tenant, ids) => new Map(ids.map((id) => [id, policy])),
      mailboxes: async (_tenant, ids) => new Map(ids.map((id) => [id, { instance: 'm365', id }])),
      lines: async (_tenant, ids) => new Map(ids.map((id) => [id, [lineOf(id)]])),
      of: async () => [], byAddress: async () => new Map<string, string>(), followed: async () => new Set<string>(), domains: async () => new Set<string>(),
    },
    policyOf: async () => policy,
    effect: (_name, work) => work(),
  });
  const handlers = { ...calendars.workHandlers, ...feature.workHandlers };
  const batches = feature.workBatches;
  const kinds = [...Object.keys(handlers), ...Object.keys(batches)];

  async function workOff(): Promise<void> {
    await noticed;
    for (let round = 0; ; round++) {
      const claim = { now: clock.now(), limit: 400, leaseMs: 60 * minute, owner: `round-${round}`, does: () => true };
      const straight = await Promise.all(Object.values(feature.straightWork).map((work) => work(claim)));
      const items = [...straight.flatMap(({ next }) => next), ...(await claimWork(store.db, { ...claim, kinds }))];
      if (items.length === 0) return;
      const [many, single] = [items.filter(({ kind }) => kind in batches), items.filter(({ kind }) => !(kind in batches))];
      await Promise.all([...Object.keys(batches).map((kind) => doMany(many.filter((item) => item.kind === kind))), doSingly(single)]);
    }
  }

  async function doMany(items: readonly WorkItem[]): Promise<void> {
    const [first] = items;
    if (!first) return;
    const told = (await batches[first.kind]?.(tenant, items.map(({ key }) => key))) ?? new Map<string, BatchOutcome>();
    await finishMany(store.db, items.map((item) => {
      const outcome = told.get(item.key) ?? null;
      if (outcome && 'error' in outcome) throw outcome.error;
      return { item, at: outcome?.againAt ?? null, payload: outcome?.payload ?? {}, error: null };
    }));
  }

  /** As many side by side as a worker does. */
  async function doSingly(items: WorkItem[]): Promise<void> {
    await Promise.all(Array.from({ length: 10 }, async () => {
      for (let item = items.pop(); item; item = items.pop()) {
        const again = await handlers[item.kind]?.(item);
        await (again ? retryWork(store.db, item, again.againAt, null) : workDone(store.db, item));
      }
    }));
  }

  async function runTo(until: number): Promise<void> {
    for (;;) {
      await noticed;
      const due = await nextDue(store.db, { kinds, owner: 'bench' });
      if (due === null || due > until) break;
      clock.advance(Math.max(0, due - clock.now()));
      await workOff();
    }
    clock.advance(Math.max(0, until - clock.now()));
  }

  fill(memory);
  await feature.resume(tenant);
  return {
    clock, store, memory, told, workOff, runTo,
    requests: () => Object.values(requests).reduce((sum, each) => sum + each, 0),
    requestsFor: () => ({ ...requests }),
    loseNotices: () => void (isTold = false),
    async close() {
      clock.stop();
      await close();
    },
  };
}
