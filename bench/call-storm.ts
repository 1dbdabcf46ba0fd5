import { availabilitySettings } from '../contract/availability/availability.ts';
import { createLabClock } from '../lab/clock.ts';
import { ensureTenant } from '../server/accounts/rows.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { createCallDots } from '../server/connectors/graph/people/call-dots.ts';
import { createWorkloads } from '../server/connectors/graph/client/budgets.ts';
import type { GraphClient } from '../server/connectors/graph/client/client.ts';
import { graphConfig } from '../server/connectors/graph/index.ts';
import { createAvailabilityFeature } from '../server/features/availability/index.ts';
import { heardPhone } from '../server/features/availability/phone/phones.ts';
import { silent } from '../server/ports/log.ts';
import type { PresenceTarget } from '../server/ports/presence-target.ts';
import { claimWork, nextDue, retryWork, workDone } from '../server/store/work.ts';
import { callWaits } from './frame/call-waits.ts';
import { temporaryStore } from './frame/database.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { randomNumbers } from './frame/random.ts';
import { percentile } from './frame/statistics.ts';

const tenant = 'default';
const second = 1_000;
const start = Date.parse('2026-11-30T09:00:00Z');
/** One request of Graph takes so long (virtual). */
const requestMs = 50;
/** Places that the kind has at a time (server/wiring/lanes.ts). */
const lane = 20;
/** What Graph grants per app and tenant (learn.microsoft.com/graph/throttling-limits). */
const [granted, grantedPerMs] = [1_500, 30 * second];

interface Change { at: number; person: number; isBusy: boolean }

/** Two calls of each person within a minute or so: some are put down at once, most last a while. */
function storm(people: number): Change[] {
  const random = randomNumbers(1876);
  return Array.from({ length: people }, (_, person) => {
    const first = start + random() * 30 * second;
    const length = (): number => (random() < 0.3 ? 1 + random() * 4 : 8 + random() * 112) * second;
    const over = first + length();
    const again = over + (1 + random() * 30) * second;
    return [{ at: first, person, isBusy: true }, { at: over, person, isBusy: false }, { at: again, person, isBusy: true }, { at: again + length(), person, isBusy: false }];
  }).flat().map((change) => ({ ...change, at: Math.round(change.at) })).toSorted((a, b) => a.at - b.at);
}

/** A storm of calls, in virtual time: feature, budget, dots and PostgreSQL are the real ones; of Graph only the time of each request is kept, and what stands there. */
async function run(context: BenchContext): Promise<Result[]> {
  const count = context.isFull ? 2_000 : 300;
  const changes = storm(count);
  const { store, close } = await temporaryStore();
  const clock = createLabClock({ startAt: start, paused: true });
  const waits = callWaits(clock);
  try {
    await ensureTenant(store.db, tenant, 'Bench', start);
    const people = Array.from({ length: count }, (_, index) => `p${index}`);
    await store.db.insertInto('person').values(people.map((personId) => ({ tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: new Date(start), last_seen_at: new Date(start) }))).execute();
    const requests: number[] = [];
    /** Who shows a call there. */
    const shown = new Map<string, number>();
    let told = 0;
    const config = graphConfig.parse({ type: 'graph', instance: 'm365', tenantId: '11111111-1111-4111-8111-111111111111', clientId: '22222222-2222-4222-8222-222222222222', clientSecretEnv: 'S', joinBase: 'https://x.example.com/j' });
    const budgets = createWorkloads({ config, clock: waits.clock });
    /** Who wants to know whether somebody is seen, and how many requests ask that: the others wait for these and not for the clock. */
    const asking = { people: 0, requests: 0 };
    async function counted<T>(what: keyof typeof asking, run: () => Promise<T>): Promise<T> {
      asking[what] += 1;
      try {
        return await run();
      } finally {
        asking[what] -= 1;
      }
    }
    const call: Pick<GraphClient, 'call'>['call'] = (call, schema) => budgets.run(call.budget, async () => {
      requests.push(clock.now());
      await waits.clock.sleep(requestMs);
      const path = 'path' in call.target ? call.target.path : '';
      const who = /users\/([^/]+)/.exec(path)?.[1] ?? '';
      if (path.endsWith('/setPresence')) {
        told += 1;
        shown.set(who, clock.now());
      }
      if (path.endsWith('/clearPresence')) shown.delete(who);
      const ids = (call.body as { ids?: string[] } | undefined)?.ids ?? [];
      return schema.parse({ availability: 'Available', value: ids.map((id) => ({ id, availability: 'Available' })) });
    }, { cost: 1 });
    const client: Pick<GraphClient, 'call'> = { call: (given, schema) => (given.what.startsWith('read') ? counted('requests', () => call(given, schema)) : call(given, schema)) };
    const graphDots = createCallDots({ client: client as GraphClient, instance: 'm365', clientId: 'c' });
    const dots = { ...graphDots, isSeen: (box: Parameters<typeof graphDots.isSeen>[0]) => counted('people', () => graphDots.isSeen(box)) };
    const target: PresenceTarget = { instance: 'pbx', show: async () => undefined, devices: async () => [], doNotDisturbKeys: async () => [], forget: async () => undefined, onEvent: () => () => undefined };
    const box = (id: string) => ({ instance: 'm365', id });
    const line = (id: string) => ({ pbx: 'pbx', context: 'default', extension: id, devices: [`PJSIP/${id}`] });
    const policy = availabilitySettings.standard;
    const deps: Parameters<typeof heardPhone>[0] = {
      clock, log: silent, store, live: store.live, calendars: createCalendars({ clock, log: silent, store, sources: [], gatherMs: second, sweepMs: 6 * 3_600 * second, effect: (_name, work) => work() }),
      absences: [], targets: [target], dots: [dots], presences: [], greetings: [],
      people: {
        nameOf: async (_tenant, id) => id, mailboxOf: async (_tenant, id) => box(id), ownerOfMailbox: async (_tenant, { id }) => id, knownByAddress: async () => null, linesOf: async (_tenant, id) => [line(id)],
        ownerOfDevice: async (_tenant, _pbx, device) => device.slice('PJSIP/'.length), ownerOfExtension: async (_tenant, _pbx, extension) => extension, withLines: async () => people,
      },
      crowd: { of: async () => [], byAddress: async () => new Map(), policies: async () => new Map(), mailboxes: async () => new Map(), lines: async () => new Map(), followed: async () => new Set(), domains: async () => new Set() },
      policyOf: async () => policy, effect: (_name, work) => work(),
    };
    const tell = createAvailabilityFeature(deps).workHandlers['availability.dot'];
    if (!tell) throw new Error('nobody tells dots');
    const kinds = ['availability.dot'];
    const busy = new Set<Promise<void>>();
    const left = [...changes];
    /** When each person's phone last changed for good, and when the dot was right after that. */
    const settled = new Map<string, number>();
    const phones = new Map<string, boolean>();
    const right: number[] = [];

    async function work(): Promise<void> {
      const items = await claimWork(store.db, { now: clock.now(), limit: lane - busy.size, leaseMs: 3_600 * second, owner: `at-${clock.now()}-${requests.length}`, kinds });
      for (const item of items) {
        const done = (async () => {
          const again = await tell?.(item);
          await (again ? retryWork(store.db, item, again.againAt, null) : workDone(store.db, item));
          const since = settled.get(item.key);
          if (since !== undefined && shown.has(item.key) === phones.get(item.key)) {
            right.push(clock.now() - since);
            settled.delete(item.key);
          }
        })().finally(() => busy.delete(done));
        busy.add(done);
      }
    }

    for (;;) {
      await work();
      await waits.untilAllWait(() => busy.size - (asking.people - asking.requests));
      const due = busy.size < lane ? await nextDue(store.db, { kinds, owner: 'bench' }) : null;
      const isOver = left.length === 0 && busy.size === 0 && shown.size === 0 && (due === null || due > clock.now() + 600 * second);
      if (isOver) break;
      const next = Math.min(left[0]?.at ?? Infinity, due === null ? Infinity : Math.max(due, clock.now()), waits.next());
      if (!Number.isFinite(next)) throw new Error('nothing happens any more, and a dot is wrong');
      clock.set(Math.max(next, clock.now()));
      while ((left[0]?.at ?? Infinity) <= clock.now()) {
        const change = left.shift();
        if (!change) break;
        const id = `p${change.person}`;
        phones.set(id, change.isBusy);
        settled.set(id, change.at);
        await heardPhone(deps, tenant, target, { type: 'device', device: `PJSIP/${id}`, isBusy: change.isBusy, at: change.at });
      }
    }
    const most = mostWithin(requests, grantedPerMs);
    if (shown.size > 0) throw new Error(`${shown.size} dots stayed wrong`);
    const calls = changes.filter(({ isBusy }) => isBusy).length;
    context.note(`${count} people each get two calls within a minute and a half, one in three put down within five seconds; each call that lasts costs a question whether Teams knows the person (the first time; who waits for it is asked for together with others), a word at its beginning and one at its end, ${requestMs} ms each. Virtual time. Superseded: calls that were over, or too short, before there was room to tell them. The lag is from what a phone did last to the dot that says so, the five seconds of settling in it. In the end every dot is right.`);
    const row = (metric: string, unit: string, ours: number, runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
    return [
      row('requests', '', requests.length), row(`most requests within 30 s (Graph grants ${granted})`, '', most), row('calls', '', calls), row('calls superseded, never told', '', calls - told),
      row('phone to dot, p50', 's', percentile(right, 0.5) / second, right.length), row('phone to dot, longest', 's', percentile(right, 1) / second, right.length),
    ];
  } finally {
    clock.stop();
    await close();
  }
}

/** The most instants (ascending) that lie within one stretch of so many ms. */
function mostWithin(instants: readonly number[], ms: number): number {
  let first = 0;
  let most = 0;
  instants.forEach((at, index) => {
    while ((instants[first] ?? at) <= at - ms) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

export const figures: readonly Figure[] = [{ id: 'call-storm', title: 'A storm of calls: dots within the budget of Graph', isLong: true, run }];
