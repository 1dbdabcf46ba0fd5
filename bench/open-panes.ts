import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { availabilityApi, availabilitySettings } from '../contract/availability/availability.ts';
import type { Caller } from '../contract/endpoint.ts';
import { createLines } from '../server/accounts/lines/lines.ts';
import { createAccounts } from '../server/accounts/people.ts';
import { createSettings } from '../server/accounts/settings/settings.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { createAvailabilityFeature } from '../server/features/availability/index.ts';
import { systemClock } from '../server/ports/clock.ts';
import { silent } from '../server/ports/log.ts';
import { openWeb } from '../test/support/web.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { percentile } from './frame/statistics.ts';
import { openBenchStore } from './frame/store.ts';

const tenant = 'default';
const colleagues = 500;
/** Recipients that each pane shows. */
const shown = 20;
/** A person may have so many windows (server/web/live.ts). */
const windowsEach = 12;

interface Arrival { topic: string; at: number }

/** 2,000 panes in a process of their own, so that what the server needs is the server's alone. */
function openPanes(origin: string, panes: readonly { token: string; topics: string[] }[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('frame/pane-clients.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify({ origin, panes })}\n`);
  async function next(): Promise<string> {
    const { value, done } = await lines.next();
    if (done) throw new Error('the panes have ended');
    return value;
  }
  return {
    ready: next,
    async arrivals(topic: string, count: number): Promise<Arrival[]> {
      child.stdin.write(`${JSON.stringify({ topic, count })}\n`);
      return JSON.parse(await next()) as Arrival[];
    },
    close: () => child.kill(),
  };
}

const now = (): number => performance.timeOrigin + performance.now();

async function run(context: BenchContext): Promise<Result[]> {
  const paneCount = context.isFull ? 2_000 : 200;
  const changes = context.isFull ? 60 : 10;
  const clock = systemClock();
  const { store, close } = await openBenchStore(clock);
  const accounts = createAccounts({ clock, store, calendars: [] });
  const lines = createLines({ clock, store, pbxs: ['pbx'], personByAddress: async () => null, templates: { number: null, address: null } });
  const settings = createSettings({ clock, store, live: store.live });
  const ids = Array.from({ length: colleagues }, (_, n) => `p${n}`);
  const at = new Date(clock.now());
  await store.db.insertInto('person').values(ids.map((id) => ({ tenant_id: tenant, person_id: id, name: id, address: `${id}@example.com`, created_at: at, last_seen_at: at }))).execute();
  await store.db.insertInto('identity').values(ids.map((id) => ({ tenant_id: tenant, kind: 'address' as const, value: `${id}@example.com`, person_id: id, source: 'directory', created_at: at }))).execute();
  const calendars = createCalendars({ clock, log: silent, store, sources: [], gatherMs: 0, sweepMs: 3_600_000, effect: (_name, work) => work() });
  const feature = createAvailabilityFeature({
    clock, log: silent, store, live: store.live, calendars, absences: [], targets: [], dots: [], presences: [], greetings: [],
    people: {
      nameOf: async (_tenant, id) => id, mailboxOf: async () => null, ownerOfMailbox: async () => null, knownByAddress: (of, address) => accounts.knownByAddress(of, address), linesOf: (of, id) => lines.ownedBy(of, id),
      ownerOfDevice: async () => null, ownerOfExtension: async () => null, withLines: async () => [],
    },
    crowd: {
      async of(tenantId, personIds) {
        const [people, owned] = await Promise.all([accounts.many(tenantId, personIds), lines.ownedByAny(tenantId, personIds)]);
        return people.map(({ personId, name, hasMailbox }) => ({ personId, name, hasMailbox, lines: owned.filter((line) => line.owner?.personId === personId) }));
      },
      byAddress: (tenantId, addresses) => accounts.knownByAddresses(tenantId, addresses),
      followed: async (tenantId, personIds) => new Set((await settings.valuesOfMany(availabilitySettings, tenantId, personIds)).keys()),
      policies: (tenantId, personIds) => settings.valuesOfMany(availabilitySettings, tenantId, personIds),
      mailboxes: (tenantId, personIds) => accounts.linkedMailboxes(tenantId, personIds),
      lines: async () => new Map(),
      domains: async () => new Set(['example.com']),
    },
    policyOf: (tenantId, personId) => settings.valuesOf(availabilitySettings, tenantId, personId),
    effect: (_name, work) => work(),
  });
  const web = await openWeb({ settings: { requestsPerMinute: 1_000_000 }, parts: { snapshot: (person, topic) => feature.snapshot(tenant, person.personId, topic), onAnnouncement: (fn) => store.live.onAnnouncement(fn) } });
  try {
    const viewers = Math.ceil(paneCount / windowsEach);
    const tokens: string[] = [];
    for (let n = 0; n < viewers; n++) tokens.push(await web.authority.token({ oid: `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}` }));
    // Everybody shows p0, whom all the company writes to, and neighbours of their own.
    const panes = Array.from({ length: paneCount }, (_, n) => ({ token: tokens[n % viewers] ?? '', topics: ['p0', ...Array.from({ length: shown - 1 }, (_unused, k) => `p${1 + ((n * 7 + k) % (colleagues - 1))}`)].map((id) => `availability:${id}`) }));
    const before = process.memoryUsage().rss;
    const opening = now();
    const clients = openPanes(web.origin, panes);
    if ((await clients.ready()) !== 'ready') throw new Error('the panes did not open');
    const opened = now() - opening;
    const memory = (process.memoryUsage().rss - before) / 1024 / paneCount;
    const all: number[] = [];
    const last: number[] = [];
    for (let n = 0; n < changes; n++) {
      const heard = clients.arrivals('availability:p0', paneCount);
      const from = now();
      const caller: Caller = { tenantId: tenant, personId: 'p0', name: 'p0', address: '', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'bench' };
      await feature.handlers.choose({ params: {}, query: {}, body: availabilityApi.choose.body.parse({ face: n % 2 === 0 ? 'doNotDisturb' : 'available' }) }, caller);
      const lags = (await heard).map((arrival) => arrival.at - from);
      if (lags.length !== paneCount) throw new Error(`${lags.length} of ${paneCount} panes heard of a change`);
      all.push(...lags);
      last.push(Math.max(...lags));
    }
    clients.close();
    const dots: number[] = [];
    for (let n = 0; n < (context.isFull ? 200 : 40); n++) {
      const from = now();
      const addresses = Array.from({ length: 100 }, (_, k) => `p${(n + k * 5) % colleagues}@example.com`);
      const { people } = await feature.handlers.people({ params: {}, query: {}, body: { addresses } }, { tenantId: tenant, personId: 'p1', name: 'p1', address: '', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'bench' });
      if (people.filter((each) => each.availability !== null).length !== 100) throw new Error('a recipient has no state');
      dots.push(now() - from);
    }
    context.note(`${paneCount} live streams of ${shown} people each, over loopback, in a process of their own; ${changes} changes of one person whom all of them show: chosen, evaluated, written, announced, read and sent. Memory is what the server's process grew by. Drawing a dot in a browser is not in it.`);
    const row = (metric: string, unit: string, ours: number, runs: number): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
    return [
      row('change to stream, p50', 'ms', percentile(all, 0.5), all.length), row('change to stream, p99', 'ms', percentile(all, 0.99), all.length), row('change to the last pane, p50', 'ms', percentile(last, 0.5), last.length),
      row('memory of the server per open pane', 'KB', memory, paneCount), row('all panes opened', 's', opened / 1_000, 1), row('states of 100 recipients, p50', 'ms', percentile(dots, 0.5), dots.length), row('states of 100 recipients, p99', 'ms', percentile(dots, 0.99), dots.length),
    ];
  } finally {
    await web.close();
    await close();
  }
}

export const figures: readonly Figure[] = [{ id: 'open-panes', title: 'Open panes: a change on every screen, and the states of a mail’s recipients', run }];
