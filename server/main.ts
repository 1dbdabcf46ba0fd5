/** The only file that knows all of server/: makes the parts, hands them to each other, starts and stops them in order. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { createDeeds } from './accounts/deeds/deeds.ts';
import { createGroups } from './accounts/groups/groups.ts';
import { createAccounts } from './accounts/people.ts';
import { createSettings } from './accounts/settings/settings.ts';
import { loadConfig, type Environment } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { createConnector } from './connectors/registry.ts';
import { OurError, TheirError, UserError } from './domain/errors.ts';
import { createLogKeeper } from './features/operations/index.ts';
import type { Admission } from './ports/admission.ts';
import type { Greetings } from './ports/greeting-store.ts';
import type { Connector, ConnectorStatus } from './ports/connector.ts';
import { systemClock, type Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { openStore } from './store/connect.ts';
import { startEmbedded, type EmbeddedDatabase } from './store/embedded.ts';
import { createWake } from './store/wake.ts';
import { createBatchWorker } from './store/batch-worker.ts';
import { createWorker, type WorkHandlers, type WorkObserver } from './store/worker.ts';
import { createApp, type WebApp } from './web/app.ts';
import { listen, type Certificate } from './web/listen.ts';
import { createLog } from './web/log.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import type { KnownPerson, WebSettings } from './web/settings.ts';
import { bookingKeyword } from './wiring/keyword.ts';
import { accountsFeature } from './wiring/accounts.ts';
import { availabilityFeature } from './wiring/availability.ts';
import { createAway } from './wiring/away.ts';
import { callsFeature } from './wiring/calls.ts';
import { calendarsFeature, makeCalendars } from './wiring/calendars.ts';
import { connectedKinds, createConnections, elsewhere, type Connections } from './wiring/connections.ts';
import { bearerVerifier, exchangeSignIn } from './wiring/exchange-sign-in.ts';
import { webSignIn } from './wiring/web-sign-in.ts';
import { conferenceFeature } from './wiring/conference.ts';
import { deedsFeature, recorded } from './wiring/deeds.ts';
import { lanesOf } from './wiring/lanes.ts';
import { linesFeature, makeLines } from './wiring/lines.ts';
import { peopleFeature } from './wiring/people.ts';
import { templatesFeature } from './wiring/templates.ts';
import { operationsFeature } from './wiring/operations.ts';
import type { Feature, World } from './wiring/feature.ts';
import { voicemailFeature } from './wiring/voicemail.ts';
import { voicemailPagesFeature } from './wiring/voicemail-pages.ts';

export interface ServerOptions {
  config: Config;
  clock: Clock;
  log?: Log;
  /** Where secrets are looked up by the names in the configuration. */
  env?: Environment;
  /** Folder with what the build made (`addin/`). */
  dist: string;
  /** Instead of listen.tls. */
  certificate?: Certificate;
}

export interface Server {
  /** Resolves when requests are answered. Throws UserError or TheirError, with all that was begun ended again. */
  start(): Promise<void>;
  /** Ends everything in the reverse order; what is being done is done to the end. */
  stop(): Promise<void>;
  /** Where it listens: `http://127.0.0.1:3000`. Only after start. */
  readonly address: string;
  readonly connectors: readonly Connector[];
}

/** Makes a server from its configuration. Nothing happens before `start`. */
export function createServer({ config, clock, log: given, env = process.env, dist, certificate }: ServerOptions): Server {
  const keeper = createLogKeeper();
  const log = given ?? createLog({ level: config.log.level, clock, also: keeper });
  const tenantId = config.organisation.id;
  const works = config.roles.includes('work');
  /** What was begun, in order; ended from the back. */
  const begun: (() => void | Promise<void>)[] = [];
  let connectors: Connector[] = [];
  let connections: Connections | undefined;
  let address = '';

  async function begin(): Promise<void> {
    const ca = config.caFile === undefined ? undefined : await readText(config.caFile, 'caFile');
    const { databaseUrl, embedded } = await findDatabase({ config, env, log });
    if (embedded) begun.push(() => embedded.stop());
    const store = await openStore({ databaseUrl, log, clock, ...(embedded ? { revive: () => embedded.revive() } : {}) });
    begun.push(() => store.stop());
    begun.push(() => keeper.idle());

    const wake = createWake(store, tenantId, clock);
    // Connectors ask the features, and features ask the connectors: the question finds its answerer when it is asked.
    const late: { admission?: Admission; greetings?: Greetings } = {};
    const admission: Admission = {
      decideByCode: async (code, caller) => started(late.admission).decideByCode(code, caller),
      atDoor: async (room, knocker) => started(late.admission).atDoor(room, knocker),
      leftDoor: async (room, knocker) => started(late.admission).leftDoor(room, knocker),
      decideForPerson: async (conferenceId, visitor) => started(late.admission).decideForPerson(conferenceId, visitor),
      decideForRoom: async (instance, room) => started(late.admission).decideForRoom(instance, room),
      roomEnded: async (instance, room) => started(late.admission).roomEnded(instance, room),
      codeOfRoom: async (instance, room) => started(late.admission).codeOfRoom(instance, room),
    };
    const greetings: Greetings = { greetingFor: async (call) => started(late.greetings).greetingFor(call) };
    connectors = config.connectors.map((each) => createConnector(each, { clock, log, admission, greetings, wake, publicUrl: config.publicUrl, keyword: bookingKeyword(config), ca, env }));
    const accounts = createAccounts({ clock, store, calendars: connectors.flatMap((each) => each.calendarSource ?? []) });
    await accounts.ensureTenant(tenantId, config.organisation.name);

    const groups = createGroups({ clock, store });
    const settings = createSettings({ clock, store, live: store.live });
    const away = createAway({ clock, log, store, tenantId });
    const parts = { config, env, clock, log, store, accounts, groups, settings, deeds: createDeeds({ clock, store }), away, connectors, tenantId, version: manifest.version };
    const world: World = { ...parts, calendars: makeCalendars(parts), lines: makeLines(parts) };
    const templates = templatesFeature(world);
    const conference = conferenceFeature(world, templates.templates);
    late.admission = conference.admission;
    const availability = availabilityFeature(world);
    const voicemail = voicemailFeature(world, availability.feature);
    const calls = callsFeature(world, voicemail.messageFor);
    late.greetings = availability.greetings;
    const others: readonly Feature[] = [
      deedsFeature(world),
      operationsFeature(world, { keeper, statuses: () => statuses() }),
      linesFeature(world),
      templates,
      calendarsFeature(world),
      calls,
      availability,
      peopleFeature(world, availability.feature),
      conference,
      voicemail,
      voicemailPagesFeature(voicemail, calls),
    ];
    const features: readonly Feature[] = [accountsFeature(world, others.flatMap((each) => each.settings ?? [])), ...others];

    const metrics = createMetrics(() => statuses(), () => features.flatMap((each) => each.lags?.() ?? []));
    const signIn = webSignIn(world);
    const exchange = exchangeSignIn(world);
    const web = createApp(
      {
        settings: { ...webSettings(config, dist), ...signIn.settings, ca }, clock, log,
        endpoints: recorded([...features.flatMap((each) => each.endpoints), ...exchange.endpoints], world.deeds),
        bytes: features.flatMap((each) => each.bytes ?? []),
        pages: features.flatMap((each) => each.pages ?? []),
        doors: connectors.flatMap((each) => each.doors.map((door) => ({ instance: each.instance, door }))),
        verifyToken: bearerVerifier(config, ca, clock),
        exchangePersonFor: exchange.personFor,
        personFor: async (identity) => {
          const { personId } = await accounts.personFor(tenantId, identity);
          await groups.heard(tenantId, personId, identity.groups);
          return { tenantId, personId };
        },
        webPersonFor: signIn.personFor,
        sessions: signIn.sessions,
        verifyTicket: (value) => conference.verifyTicket(value),
        snapshot: (person, topic) => snapshotOf(features, person, topic),
        onAnnouncement: (fn) => store.live.onAnnouncement(fn),
        pingStore: () => store.ping(),
        connectors: () => statuses(),
      },
      metrics,
    );
    await startListening(web);
    if (works) await startWork(world, features, metrics);
    log.info({ address, roles: config.roles, connectors: connectors.map((each) => each.instance), version: manifest.version }, 'server started');
  }

  /** What is known here of each connector: without the role `work` none is started, so that only the process that has it can tell how the other system does. */
  function statuses(): ConnectorStatus[] {
    return connectors.map((each) => connections?.statusOf(each) ?? elsewhere(each.status()));
  }

  async function startListening(web: WebApp): Promise<void> {
    const own = certificate ?? (await readCertificate(config));
    const { host, port } = config.listen;
    const listener = await listen(web.app, { host, port, certificate: own });
    address = `${own ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
    begun.push(async () => {
      web.stop();
      await listener.close();
    });
  }

  async function startWork(world: World, features: readonly Feature[], metrics: Metrics): Promise<void> {
    for (const feature of features) if (feature.listen) begun.push(feature.listen());
    const own = createConnections({ world, kinds: connectedKinds(features), onChange: () => workers.forEach((worker) => worker.look()) });
    const shared = { store: world.store, clock, log, mayDo: (kind: string) => own.mayDo(kind), observe: (attempt: Parameters<WorkObserver>[0]) => metrics.work(attempt) };
    const workers = [
      ...lanesOf(joinHandlers(features)).map(({ handlers, concurrency }) => createWorker({ ...shared, handlers, ...(concurrency === undefined ? {} : { concurrency }) })),
      ...features.flatMap(({ workBatches, straightWork = {} }) => (workBatches ? [createBatchWorker({ ...shared, batches: workBatches, straight: straightWork })] : [])),
    ];
    connections = own;
    begun.push(() => own.stop());
    begun.push(world.away.keep(world.connectors, (connector) => own.statusOf(connector)));
    await own.start();
    for (const worker of workers) begun.push(() => worker.stop());
    for (const feature of features) await feature.resume?.();
    for (const worker of workers) worker.start();
  }

  async function stop(): Promise<void> {
    for (let end = begun.pop(); end; end = begun.pop()) {
      try {
        await end();
      } catch (error) {
        log.error({ err: error }, 'a part could not be stopped cleanly');
      }
    }
  }

  return {
    async start() {
      try {
        await begin();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    get address() {
      return address;
    },
    get connectors() {
      return connectors;
    },
  };
}

function started<T>(answerer: T | undefined): T {
  if (!answerer) throw new UserError(503, { code: 'starting', message: 'The server is still starting.' });
  return answerer;
}

/** Of the first feature that knows the topic. */
async function snapshotOf(features: readonly Feature[], person: KnownPerson, topic: string): Promise<unknown> {
  for (const feature of features) {
    const state = await feature.snapshot?.(person, topic);
    if (state !== undefined) return state;
  }
  return undefined;
}

function joinHandlers(features: readonly Feature[]): WorkHandlers {
  const all = features.flatMap((each) => Object.entries(each.workHandlers ?? {}));
  const kinds = [...all.map(([kind]) => kind), ...features.flatMap((each) => Object.keys(each.workBatches ?? {}))];
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) throw new OurError(`two features do the work "${twice}"`);
  return Object.fromEntries(all);
}

async function findDatabase({ config, env, log }: { config: Config; env: Environment; log: Log }): Promise<{ databaseUrl: string; embedded?: EmbeddedDatabase }> {
  const databaseUrl = env[config.database.urlEnv];
  if (databaseUrl) return { databaseUrl };
  const embedded = await startEmbedded({ folder: resolve(config.data), log });
  return { databaseUrl: embedded.databaseUrl, embedded };
}

function webSettings(config: Config, dist: string): Omit<WebSettings, 'providers' | 'ca'> {
  return {
    publicUrl: config.publicUrl.replace(/\/$/, ''),
    organisation: config.organisation.name,
    serves: { people: config.roles.includes('web'), hooks: config.roles.includes('hooks') },
    proxies: config.listen.proxies,
    insiders: config.limits.insiders,
    addin: {
      folder: join(dist, 'addin'),
      origin: config.addin.origin,
      officeHosts: config.addin.officeHosts,
      authorities: [...new Set(config.signIn.tenants.map((tenant) => new URL(tenant.authority).origin))],
      clientId: config.signIn.tenants[0]?.audience ?? null,
    },
    requestsPerMinute: config.limits.requestsPerMinute,
    version: manifest.version,
  };
}

async function readCertificate({ listen: { tls } }: Config): Promise<Certificate | undefined> {
  if (!tls) return undefined;
  return { cert: await readText(tls.certFile, 'listen.tls.certFile'), key: await readText(tls.keyFile, 'listen.tls.keyFile') };
}

async function readText(path: string, field: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UserError(500, { code: 'config.no-file', field, message: `${field}: the file ${path} cannot be read`, remedy: 'Correct the path, or give the server\'s user the right to read it.' }, cause);
  });
}

/** A configured server from the command line: runs until it is told to stop. `dist` is the folder with what the build made. */
export async function run(dist: string): Promise<void> {
  try {
    const server = createServer({ config: await loadConfig(), clock: systemClock(), dist });
    const finish = (): void => {
      void server.stop().then(() => process.exit(0));
    };
    process.once('SIGINT', finish).once('SIGTERM', finish);
    await server.start();
  } catch (error) {
    console.error(lastWords(error));
    process.exit(1);
  }
}

/** What somebody needs who tries to start us: what is wrong, and what to do. */
export function lastWords(error: unknown): unknown {
  if (error instanceof UserError) return [error.problem.message, error.problem.remedy].filter(Boolean).join('\n');
  if (error instanceof TheirError) return [error.message, error.remedy].filter(Boolean).join('\n');
  return error;
}
