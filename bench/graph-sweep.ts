import { Client, AuthenticationHandler, RetryHandler, RetryHandlerOptions, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { Agent, fetch } from 'undici';
import { createEntra, newSigningKey, type AppRegistration } from '../lab/entra/index.ts';
import { createExchange } from '../lab/exchange/index.ts';
import { createGraph as createStandIn, type GraphStandIn } from '../lab/graph/index.ts';
import { createLabClock } from '../lab/clock.ts';
import { listenHttps } from '../lab/http.ts';
import { createGraph, graphConfig } from '../server/connectors/graph/index.ts';
import { systemClock } from '../server/ports/clock.ts';
import { silent } from '../server/ports/log.ts';
import { localCertificate } from '../test/support/certificate.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { randomNumbers } from './frame/random.ts';
import { cpuSeconds, median } from './frame/statistics.ts';

/** What each call of the stand-in takes, ms, and the share of calls that it refuses for no reason (anchors.md B6). */
const callMs = 40;
const faultShare = 0.02;
/** Calendars that we work on at a time, whatever the budget: as many as the requests that may be under way can carry (16 of 20). One that waits for its Retry-After takes no place from the others. */
const workers = 320;
const day = 24 * 60 * 60_000;
const app: AppRegistration = { clientId: '22222222-2222-4222-8222-222222222222', name: 'Tieline', secret: 'bench', roles: ['Calendars.ReadWrite', 'User.Read.All'], scopes: [], exposes: { uri: 'api://bench', scopes: [] }, redirectUris: [] };
const tenantId = '11111111-1111-4111-8111-111111111111';

interface Bench { graph: GraphStandIn; origin: string; ca: string; mailboxes: string[]; window: { from: number; to: number }; token: () => Promise<string>; close: () => Promise<void> }

/** The lab's Graph with so many calendars of three meetings each; `appConcurrent`: how many calls it works on for one app, whatever the mailbox. */
async function openGraph(count: number, appConcurrent: number | undefined): Promise<Bench> {
  const clock = createLabClock({ startAt: Date.parse('2026-11-24T08:00:00Z') });
  const certificate = await localCertificate();
  const exchange = createExchange({ clock, domain: 'contoso.test', people: Array.from({ length: count }, (_, n) => ({ name: `Person ${n}`, address: `p${n}@contoso.test`, timeZone: 'Europe/Berlin' })) });
  let origin = '';
  const entra = await createEntra({ clock, tenantId, people: () => exchange.people, apps: [app], origin: () => origin, key: await newSigningKey() });
  const graph = createStandIn({ clock, exchange, entra, ca: certificate.cert, ...(appConcurrent === undefined ? {} : { appConcurrent }) });
  for (const { address } of exchange.people) {
    for (let n = 0; n < 3; n++) exchange.send(address, { subject: 'Weekly', start: clock.now() + (n + 1) * 3_600_000, end: clock.now() + (n + 2) * 3_600_000, body: { type: 'html', content: '<p>Agenda</p>' } });
  }
  const listener = await listenHttps([graph.handle, entra.handle], certificate);
  origin = listener.origin;
  graph.faults.slow(callMs);
  const now = clock.now();
  return {
    graph, origin, ca: certificate.cert, mailboxes: exchange.people.map(({ id }) => id), window: { from: now - day, to: now + 14 * day },
    token: () => entra.issueToken({ audience: 'https://graph.microsoft.com', roles: app.roles ?? [], clientId: app.clientId, version: 1 }),
    async close() {
      clock.stop();
      await listener.close();
    },
  };
}

/** What a strategy brought home: mailboxes without their events are lost. */
interface Sweep { lost: number; wallSeconds: number; cpuSeconds: number; refused: number; requests: number }

async function measured(bench: Bench, run: () => Promise<number>): Promise<Sweep> {
  bench.graph.faults.sometimes(faultShare, [429, 503], randomNumbers(6));
  bench.graph.log.clear();
  const [wall, cpu] = [performance.now(), cpuSeconds()];
  const found = await run();
  const [wallSeconds, used] = [(performance.now() - wall) / 1_000, cpuSeconds() - cpu];
  const { counts } = bench.graph.log;
  const requests = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const throttled = [...counts].filter(([key]) => key.endsWith(' 429')).reduce((sum, [, each]) => sum + each, 0);
  const sweep = { lost: bench.mailboxes.length - found, wallSeconds, cpuSeconds: used, requests, refused: throttled - bench.graph.faults.injected(429) };
  bench.graph.faults.sometimes(0, [], randomNumbers(6));
  return sweep;
}

/** Our connector: changes of every calendar, as the reconciler's second net asks for them. */
async function ours({ origin, ca, mailboxes, window }: Bench, overallConcurrent: number): Promise<number> {
  const graph = createGraph({
    config: graphConfig.parse({ type: 'graph', instance: 'm365', tenantId, clientId: app.clientId, clientSecretEnv: 'SECRET', baseUrl: origin, authority: origin, notifications: false, budgets: { overallConcurrent }, deadlines: { overallMs: 600_000 } }),
    clock: systemClock({ keepsAlive: true }), log: silent, publicUrl: 'https://tieline.test', ca, env: { SECRET: 'bench' }, wake: { mark: async () => undefined },
  });
  try {
    const left = [...mailboxes];
    let found = 0;
    async function worker(): Promise<void> {
      for (let id = left.pop(); id !== undefined; id = left.pop()) {
        const page = await graph.calendarSource.changes({ instance: 'm365', id }, null, window);
        if (page.events.length === 3) found += 1;
      }
    }
    await Promise.all(Array.from({ length: workers }, worker));
    return found;
  } finally {
    await graph.stop();
  }
}

class Wire implements Middleware {
  readonly #agent: Agent;

  constructor(ca: string) {
    this.#agent = new Agent({ connect: { ca } });
  }

  async execute(context: Context): Promise<void> {
    const { body, headers, method = 'GET' } = context.options ?? {};
    const url = typeof context.request === 'string' ? context.request : context.request.url;
    const reply = await fetch(url, { method, headers: Object.fromEntries(new Headers(headers).entries()), body: typeof body === 'string' ? body : null, dispatcher: this.#agent });
    context.response = new Response(await reply.arrayBuffer(), { status: reply.status, headers: [...reply.headers] });
  }
}

/** Microsoft's own client, with its own retry (three times) where the strategy has it. */
function sdk({ origin, ca, token }: Bench, retries: number): Client {
  const authentication = new AuthenticationHandler({ getAccessToken: token });
  const retry = new RetryHandler(new RetryHandlerOptions(3, retries));
  authentication.setNext(retry);
  retry.setNext(new Wire(ca));
  return Client.initWithMiddleware({ middleware: authentication, baseUrl: origin, customHosts: new Set([new URL(origin).hostname]) });
}

const view = (id: string, { from, to }: Bench['window']): string => `/users/${id}/calendarView?startDateTime=${new Date(from).toISOString()}&endDateTime=${new Date(to).toISOString()}&$top=20`;
const isWhole = (answer: { value?: unknown[] } | undefined): boolean => answer?.value?.length === 3;

async function oneByOne(bench: Bench): Promise<number> {
  const client = sdk(bench, 3);
  let found = 0;
  for (const id of bench.mailboxes) if (isWhole(await client.api(view(id, bench.window)).get().catch(() => undefined) as { value?: unknown[] } | undefined)) found += 1;
  return found;
}

async function allAtOnce(bench: Bench): Promise<number> {
  const client = sdk(bench, 3);
  const answers = await Promise.all(bench.mailboxes.map((id) => client.api(view(id, bench.window)).get().catch(() => undefined) as Promise<{ value?: unknown[] } | undefined>));
  return answers.filter(isWhole).length;
}

/** Twenty to a batch, one batch after the other, a single try for each: the rule of mattermost-plugin-mscalendar, replayed. */
async function serialBatches(bench: Bench): Promise<number> {
  const client = sdk(bench, 0);
  let found = 0;
  for (let from = 0; from < bench.mailboxes.length; from += 20) {
    const requests = bench.mailboxes.slice(from, from + 20).map((id, n) => ({ id: String(n), method: 'GET', url: view(id, bench.window) }));
    const answer = (await client.api('/$batch').post({ requests }).catch(() => undefined)) as { responses?: { body?: { value?: unknown[] } }[] } | undefined;
    found += (answer?.responses ?? []).filter(({ body }) => isWhole(body)).length;
  }
  return found;
}

async function run(context: BenchContext): Promise<Result[]> {
  const [count, runs] = context.isFull ? [1_000, 3] : [100, 1];
  const results: Result[] = [];
  for (const [budget, appConcurrent, overall] of [['4 per mailbox', undefined, 64], ['4 per app', 4, 4]] as const) {
    const bench = await openGraph(count, appConcurrent);
    const sweeps: Record<'ours' | 'for await' | 'Promise.all' | '$batch', Sweep[]> = { ours: [], 'for await': [], 'Promise.all': [], $batch: [] };
    try {
      for (let n = 0; n < runs; n++) {
        sweeps.ours.push(await measured(bench, () => ours(bench, overall)));
        sweeps.$batch.push(await measured(bench, () => serialBatches(bench)));
        if (n === 0) sweeps['Promise.all'].push(await measured(bench, () => allAtOnce(bench)));
        // One call at a time: a narrower budget changes nothing for it, so it is measured once.
        if (n === 0 && appConcurrent === undefined) sweeps['for await'].push(await measured(bench, () => oneByOne(bench)));
      }
    } finally {
      await bench.close();
    }
    const own = sweeps.ours;
    if (own.some(({ lost }) => lost > 0)) throw new Error(`${own.map(({ lost }) => lost).join(', ')} calendars were lost`);
    if (own.some(({ refused }) => refused > 0)) throw new Error('our own budget was overrun');
    const of = (list: Sweep[], what: keyof Sweep): number => median(list.map((sweep) => sweep[what]));
    for (const [name, list] of Object.entries(sweeps)) {
      if (name === 'ours' || list.length === 0) continue;
      const peerName = name === '$batch' ? 'serial $batch of 20, one try (replayed rule of mscalendar)' : `${name} over graph-client 3.0.7`;
      const row = (metric: string, unit: string, what: keyof Sweep): Result => ({ metric: `${budget}: ${metric}`, unit, ours: of(own, what), peer: of(list, what), peerName, better: 'lower', runs });
      results.push(row('sweep', 's', 'wallSeconds'), row('sweep', 'CPU s, with the stand-in', 'cpuSeconds'), row('calendars lost', '', 'lost'), row('429s besides the injected', '', 'refused'), row('requests, inner ones counted', '', 'requests'));
    }
  }
  context.note(`${count} calendars of three meetings in the lab's Graph: ${callMs} ms a call, and ${faultShare * 100} % of all calls refused at random with 429 (Retry-After 1) or 503, the same ones for everybody. "4 per mailbox": 4 calls at a time for app and mailbox (throttling-limits, text of 2026-09); "4 per app": the stricter text of 2023, with overallConcurrent: 4. Ours reads changes (a delta with bodies, which also gives the cursor for the next time), the others a calendarView of 20. ${workers} calendars are worked on at a time; a server of ours has 20 places for sweeps, because its database has to keep up as well. Under "4 per app" nobody can be faster than ${count} × ${callMs} ms / 4: there, serial $batch is at the limit, too. It does not try again: what it lost is in the table, and a caller has to come back for it. With few calendars the shortest Retry-After (1 s) is most of our time. Client and stand-in share one processor: on a busy machine the CPU seconds, most of which are the stand-in's, decide the wall time.`);
  return results;
}

export const figures: readonly Figure[] = [{ id: 'graph-sweep', title: 'A sweep of all calendars under Graph\'s budgets', run }];
