import { randomUUID } from 'node:crypto';
import { availabilitySettings } from '../contract/availability/availability.ts';
import type { Caller } from '../contract/endpoint.ts';
import { createLabClock } from '../lab/clock.ts';
import { ensureTenant } from '../server/accounts/rows.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { createMemoryCalendar } from '../server/connectors/memory/index.ts';
import { createAvailabilityAdmin } from '../server/features/availability/admin/index.ts';
import { silent } from '../server/ports/log.ts';
import { temporaryStore } from './frame/database.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { percentile } from './frame/statistics.ts';

const tenant = 'default';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Saturday: four whole working weeks lie behind it. */
const now = Date.parse('2026-11-28T09:00:00Z');
const workdays = 20;
/** Of each working day; the last one is tentative. */
const meetingsADay = 5;

const caller: Caller = { tenantId: tenant, personId: 'p0', name: 'Ada', address: '', roles: ['administrator'], ticketFor: null, language: 'en', correlationId: 'bench' };

/** Replay of four weeks under another mapping, and the what-if of one person: the feature and PostgreSQL are the real ones, the calendar is the reference connector. */
async function run(context: BenchContext): Promise<Result[]> {
  const count = context.isFull ? 1_000 : 100;
  const { store, close } = await temporaryStore();
  try {
    const clock = createLabClock({ startAt: now, paused: true });
    await ensureTenant(store.db, tenant, 'Bench', now);
    const people = Array.from({ length: count }, (_, index) => `p${index}`);
    await store.db.insertInto('person').values(people.map((personId) => ({ tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: new Date(now), last_seen_at: new Date(now) }))).execute();
    const memory = createMemoryCalendar({ instance: 'm365', clock, joinBase: 'https://meet.example.com/j', mailboxes: people.map((id) => ({ id, addresses: [`${id}@example.com`], displayName: id })), wake: { mark: async () => undefined } });
    for (const person of people) fill(memory, person);
    const policy = { ...availabilitySettings.standard, phoneTimeZone: 'UTC' };
    const admin = createAvailabilityAdmin({
      clock, log: silent, store, live: store.live, dots: [], greetings: [], absences: [], targets: [], presences: [],
      calendars: createCalendars({ clock, log: silent, store, sources: [memory.port], gatherMs: 1_000, sweepMs: 6 * hour, effect: (_name, work) => work() }),
      people: {
        nameOf: async (_tenant, personId) => personId, mailboxOf: async (_tenant, personId) => ({ instance: 'm365', id: personId }), ownerOfMailbox: async (_tenant, box) => box.id, knownByAddress: async () => null,
        linesOf: async (_tenant, personId) => [{ pbx: 'pbx', context: 'default', extension: personId.slice(1), devices: [] }], ownerOfDevice: async () => null, ownerOfExtension: async () => null, withLines: async () => people,
      },
      crowd: { policies: async () => new Map(), mailboxes: async () => new Map(), lines: async () => new Map(), of: async () => [], byAddress: async () => new Map<string, string>(), followed: async () => new Set<string>(), domains: async () => new Set<string>() },
      policyOf: async () => policy, policyIf: async (_tenant, _person, { set }) => ({ ...policy, ...set }), inGroup: async () => new Set<string>(), noteLook: async () => undefined, linksOf: async () => ({ mailbox: null, lines: [], followsCalendar: { isOn: true, scope: 'default', name: null } }), effect: (_name, work) => work(),
    });
    const set = { mapping: { ...policy.mapping, tentative: 'away' } };
    const id = randomUUID();
    const began = performance.now();
    await admin.handlers.startReplay({ params: { id }, query: {}, body: { group: null, set, inherit: [], weeks: 4 } }, caller);
    const work = admin.workHandlers['availability.replay'];
    const item = { tenantId: tenant, kind: 'availability.replay', key: id, dueAt: now, payload: {}, attempt: 1, revision: 0, owner: 'bench' };
    for (let again: unknown = true; again; again = await work?.(item));
    const seconds = (performance.now() - began) / 1_000;
    const { replay } = await admin.handlers.replay({ params: { id }, query: {}, body: {} }, caller);
    const expected = { people: count, changedPeople: count, changedMinutes: count * workdays * 60, appointments: count * workdays * meetingsADay };
    for (const [what, value] of Object.entries(expected)) if (replay[what as keyof typeof expected] !== value) throw new Error(`${what}: ${replay[what as keyof typeof expected]} instead of ${value}`);
    const asked: number[] = [];
    for (let index = 0; index < 100; index++) {
      const from = performance.now();
      const { present } = await admin.handlers.whatIf({ params: {}, query: {}, body: { person: people[index % count] ?? 'p0', at: new Date(now - 3 * day).toISOString() } }, caller);
      asked.push(performance.now() - from);
      if (present.state.face !== 'busy') throw new Error(`a what-if said ${present.state.face}`);
    }
    context.note(`${count} people with ${workdays * meetingsADay} appointments each in four weeks, of which one a day is tentative and becomes away: ${replay.changedMinutes / 60} hours come out otherwise, as they must. The calendar answers from memory; of a real one the reading (three to four pages of 50 a person) comes on top, within its budgets.`);
    return [
      { metric: `replay of four weeks, ${count} people`, unit: 's', ours: seconds, peer: null, peerName: null, better: 'lower', runs: 1 },
      { metric: 'replay, people per second', unit: '1/s', ours: count / seconds, peer: null, peerName: null, better: 'higher', runs: 1 },
      { metric: 'what-if of one person, calendar read, p99', unit: 'ms', ours: percentile(asked, 0.99), peer: null, peerName: null, better: 'lower', runs: asked.length },
    ];
  } finally {
    await close();
  }
}

/** Working days of the last four weeks, meetings of an hour at 8, 9, 10, 12 and 14 o'clock; the last is tentative. */
function fill(memory: ReturnType<typeof createMemoryCalendar>, person: string): void {
  const midnight = Math.floor(now / day) * day;
  for (let back = 1; back <= 28; back++) {
    const start = midnight - back * day;
    if (new Date(start).getUTCDay() % 6 === 0) continue;
    for (const [index, at] of [8, 9, 10, 12, 14].entries()) {
      memory.events.add(person, { subject: 'Meeting', startsAt: start + at * hour, endsAt: start + (at + 1) * hour, showAs: index === meetingsADay - 1 ? 'tentative' : 'busy', response: 'organizer', isOrganizer: true });
    }
  }
}

export const figures: readonly Figure[] = [{ id: 'replay', title: 'Replay of four weeks, and what-if', run }];
