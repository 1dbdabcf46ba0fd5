import { availabilitySettings, type AvailabilityValues } from '../../../../../contract/availability/availability.ts';
import { createLabClock, type TurnableClock } from '../../../../../lab/clock.ts';
import { ensureTenant } from '../../../../../server/accounts/rows.ts';
import { createCalendars } from '../../../../../server/calendars/index.ts';
import { createMemoryCalendar, type MemoryCalendar } from '../../../../../server/connectors/memory/index.ts';
import type { MailboxRef } from '../../../../../server/domain/calendar.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { lineKey } from '../../../../../server/domain/line.ts';
import type { OwnedLine } from '../../../../../server/features/availability/deps.ts';
import { createAvailabilityFeature, type AvailabilityDeps, type AvailabilityFeature } from '../../../../../server/features/availability/index.ts';
import { heardPhone } from '../../../../../server/features/availability/phone/phones.ts';
import type { Absence } from '../../../../../server/ports/absence-source.ts';
import type { GreetingStore } from '../../../../../server/ports/greeting-store.ts';
import type { PresenceReader } from '../../../../../server/ports/presence-reader.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { PhoneEvent, PresenceTarget, ShownState } from '../../../../../server/ports/presence-target.ts';
import type { WakeKey } from '../../../../../server/ports/wake.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { singly } from '../../../../../server/store/batch-worker.ts';
import { putWork } from '../../../../../server/store/work.ts';
import { workUntilQuiet } from '../../../../support/work.ts';

/** The availability feature between the reference calendar and a phone system that only remembers, on a clock that stands still. */

export const start = Date.parse('2026-11-28T09:00:00+01:00');
export const minute = 60_000;
export const anna = 'anna';
export const mailbox = { instance: 'm365', id: 'anna-mailbox' };

export interface AvailabilityWorld {
  clock: TurnableClock;
  memory: MemoryCalendar;
  /** What line 201 was told, in order. */
  told: ShownState[];
  /** The phone system does not answer. */
  setPhoneAway(isAway: boolean): void;
  busy: Set<string>;
  /** What the phone system says of its do-not-disturb keys, by extension. */
  keys: Map<string, boolean>;
  /** Lines that the phone system was told to forget. */
  forgotten: string[];
  /** Who owns which lines, and whose which mailbox is: a test may change it. */
  lines: Map<string, OwnedLine[]>;
  mailboxes: Map<string, MailboxRef>;
  deps: AvailabilityDeps;
  feature: AvailabilityFeature;
  values: AvailabilityValues;
  absence: { current: Absence; isAway: boolean; reads: number };
  dots: { told: string[]; isSeen: boolean };
  /** How many people were asked for in each reading of many. */
  readings: number[];
  greetings: GreetingStore[];
  presences: PresenceReader[];
  onEffect: (name: string, run: () => Promise<unknown>) => Promise<unknown>;
  /** Forgets all that is not in the store. */
  crash(): void;
  /** Does all that is due, and returns what failed. */
  work(): Promise<unknown[]>;
  /** Turns the clock and does what is due then. */
  turn(ms: number): Promise<void>;
  /** The phone system says something. */
  say(event: PhoneEvent): Promise<void>;
}

export async function createWorld(store: Store, tenant = 'default'): Promise<AvailabilityWorld> {
  const clock = createLabClock({ startAt: start, paused: true });
  await ensureTenant(store.db, tenant, 'Example', clock.now());
  for (const personId of [anna, 'jonas']) {
    const row = { tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: new Date(start), last_seen_at: new Date(start) };
    await store.db.insertInto('person').values(row).onConflict((conflict) => conflict.doNothing()).execute();
  }
  /** The calendar does not wait until its notices are kept; the test does. */
  let noticed = Promise.resolve();
  const mark = (keys: WakeKey[]): Promise<void> => (noticed = noticed.then(() => putWork(store.db, ...keys.map((key) => ({ tenantId: tenant, ...key, dueAt: clock.now() })))));
  const memory = createMemoryCalendar({
    instance: mailbox.instance, clock, joinBase: 'https://meet.example.com/j', wake: { mark },
    mailboxes: [{ id: mailbox.id, addresses: ['anna@example.com'], displayName: 'Anna Berger' }, { id: 'anna-new', addresses: ['anna.new@example.com'], displayName: 'Anna Berger' }],
  });
  const line: OwnedLine = { pbx: 'pbx', context: 'default', extension: '201', devices: ['PJSIP/201'] };
  const told: ShownState[] = [];
  const busy = new Set<string>();
  let isPhoneAway = false;
  const target: PresenceTarget = {
    instance: 'pbx',
    async show(_line, shown) {
      if (isPhoneAway) throw new TheirError('pbx', 'no-answer', 'is away');
      told.push(shown);
    },
    async forget(line) {
      if (isPhoneAway) throw new TheirError('pbx', 'no-answer', 'is away');
      world.forgotten.push(lineKey(line));
    },
    async devices() {
      if (isPhoneAway) throw new TheirError('pbx', 'no-answer', 'is away');
      return [{ device: 'PJSIP/201', isBusy: busy.has('PJSIP/201') }];
    },
    doNotDisturbKeys: async () => [...world.keys].map(([extension, isOn]) => ({ extension, isOn })),
    onEvent: () => () => undefined,
  };
  const world = {
    clock, memory, told, busy, keys: new Map(), forgotten: [], lines: new Map([[anna, [line]]]), mailboxes: new Map([[anna, mailbox]]), setPhoneAway: (isAway: boolean) => void (isPhoneAway = isAway),
    values: { ...availabilitySettings.standard, phoneTimeZone: 'Europe/Berlin' },
    absence: { current: { zone: 'Europe/Berlin', outOfOffice: null } as Absence, isAway: false, reads: 0 },
    dots: { told: [], isSeen: true }, readings: [], greetings: [], presences: [],
    onEffect: (_name: string, run: () => Promise<unknown>) => run(),
    crash, work, turn,
    say: (event: PhoneEvent) => heardPhone(world.deps, tenant, target, event),
  } as unknown as AvailabilityWorld;
  let handlers: Parameters<typeof workUntilQuiet>[2] = {};

  function crash(): void {
    const calendars = createCalendars({ clock, log: silent, store, sources: [memory.port], gatherMs: 0, sweepMs: 6 * 60 * minute, effect: (_name, run) => run() });
    world.deps = {
      clock, log: silent, store, live: store.live, calendars, targets: [target], greetings: world.greetings, presences: world.presences,
      dots: [{
        instance: mailbox.instance,
        isSeen: async () => world.dots.isSeen,
        inCall: async () => void world.dots.told.push('in call'),
        callOver: async (_person, thenAvailable) => void world.dots.told.push(thenAvailable ? 'available' : 'clear'),
      }],
      absences: [{
        instance: mailbox.instance,
        async absence() {
          world.absence.reads += 1;
          return world.absence.current;
        },
        whoIsAway: async () => new Set(world.absence.isAway ? [mailbox.id] : []),
      }],
      people: {
        nameOf: async (_tenant, personId) => (personId === anna ? 'Anna Berger' : null),
        mailboxOf: async (_tenant, personId) => world.mailboxes.get(personId) ?? null,
        ownerOfMailbox: async (_tenant, box) => [...world.mailboxes].find(([, { id }]) => id === box.id)?.[0] ?? null,
        knownByAddress: async (_tenant, address) => (address === 'anna@example.com' ? anna : null),
        linesOf: async (_tenant, personId) => world.lines.get(personId) ?? [],
        ownerOfDevice: async (_tenant, _pbx, device) => [...world.lines].find(([, lines]) => lines.some(({ devices }) => devices.includes(device)))?.[0] ?? null,
        ownerOfExtension: async (_tenant, _pbx, extension) => [...world.lines].find(([, lines]) => lines.some((each) => each.extension === extension))?.[0] ?? null,
        withLines: async () => [...world.lines.keys()],
      },
      crowd: {
        async of(_tenant, personIds) {
          world.readings.push(personIds.length);
          const known = [[anna, 'Anna Berger'], ['jonas', 'Jonas Weber']].map(([personId = '', name = '']) => ({ personId, name, hasMailbox: world.mailboxes.has(personId), lines: world.lines.get(personId) ?? [] }));
          return known.filter(({ personId }) => personIds.includes(personId));
        },
        byAddress: async (_tenant, addresses) => new Map([['anna@example.com', anna], ['jonas@example.com', 'jonas']].filter(([address = '']) => addresses.includes(address)).map(([address = '', personId = '']) => [address, personId])),
        policies: async (_tenant, personIds) => new Map(personIds.map((personId) => [personId, world.values])),
        mailboxes: async (_tenant, personIds) => new Map([...world.mailboxes].filter(([personId]) => personIds.includes(personId))),
        lines: async (_tenant, personIds) => new Map([...world.lines].filter(([personId]) => personIds.includes(personId))),
        followed: async (_tenant, personIds) => new Set(world.values.followsCalendar ? personIds : []),
        domains: async () => new Set(['example.com']),
      },
      policyOf: async () => world.values,
      effect: (name, run) => world.onEffect(name, run) as ReturnType<typeof run>,
    };
    world.feature = createAvailabilityFeature(world.deps);
    handlers = { ...calendars.workHandlers, ...world.feature.workHandlers, ...singly(world.feature.workBatches) };
  }

  async function work(): Promise<unknown[]> {
    await noticed;
    return workUntilQuiet(store, clock, handlers, Object.values(world.feature.straightWork));
  }

  async function turn(ms: number): Promise<void> {
    clock.advance(ms);
    await work();
  }

  crash();
  await world.feature.resume(tenant);
  await work();
  return world;
}
