import type { Dispatcher } from 'undici';
import type { TheirError } from '../../domain/errors.ts';
import { keepStatus } from '../../outbound/connector-status.ts';
import type { CalendarSource } from '../../ports/calendar-source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailStore } from '../../ports/mail-store.ts';
import type { Connector, ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import type { Wake } from '../../ports/wake.ts';
import { createCallDots } from './people/call-dots.ts';
import { createAbsenceSource } from './calendar/absence-source.ts';
import { createCalendarSource } from './calendar/calendar-source.ts';
import { createWorkloads } from './client/budgets.ts';
import { createGraphClient } from './client/client.ts';
import { createCredentialSource } from './client/credential.ts';
import { createEntra } from './client/entra.ts';
import { createPersonTokens } from './client/person-tokens.ts';
import { createTokens } from './client/tokens.ts';
import { createTransport } from './client/transport.ts';
import { createClientStates } from './client-state.ts';
import { addressesOf } from './config.ts';
import type { GraphConfig } from './config.ts';
import { createDirectory } from './people/directory.ts';
import { createDirectorySource } from './people/directory-source.ts';
import { createDoors } from './doors.ts';
import { createEdit } from './calendar/edit.ts';
import { createEvents } from './calendar/events.ts';
import { health, isLost } from './health.ts';
import { createMailChanges } from './mail/changes.ts';
import { createMailFacts } from './mail/folders.ts';
import { createMailHomes } from './mail/homes.ts';
import { createMailNotifier } from './mail/mail-notifier.ts';
import { createMailStore, mailCapabilities } from './mail/mail-store.ts';
import { createMailWatches } from './mail/watch.ts';
import { createWriters, peoplesRights } from './on-behalf.ts';
import { createPresenceReader } from './people/presence-reader.ts';
import { createProbe } from './probe.ts';
import { createRightsLedger } from './rights.ts';
import { createSubscriptions } from './calendar/subscriptions.ts';

export { graphConfig } from './config.ts';
export type { GraphConfig, GraphConfigInput } from './config.ts';

export interface GraphConnector extends Connector {
  readonly calendarSource: CalendarSource;
  readonly mailStore: MailStore;
}

export interface GraphOptions {
  config: GraphConfig;
  clock: Clock;
  log: Log;
  wake: Wake;
  /** Where the outside reaches us, without a slash at the end. */
  publicUrl: string;
  /** The booking keyword; null when nobody books by one. */
  keyword?: string | null;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca?: string | undefined;
  /** Where the secret is looked up by the name in the configuration. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Gives [0, 1); spreads repetitions. */
  random?: () => number;
  /** Instead of our own connections, for tests; it is left open by `stop`. */
  dispatcher?: Dispatcher;
}

/** One Microsoft 365 tenant: one Graph client with its budgets, whatever the number of features, and the ports that it fills. */
export function createGraph({ config, clock, log: parentLog, wake, publicUrl, keyword = null, ca, env = process.env, random = Math.random, dispatcher }: GraphOptions): GraphConnector {
  const { instance, tenantId, clientId, deadlines } = config;
  const log = parentLog.child({ connector: instance });
  const addresses = addressesOf(config);
  const doorsUrl = config.notificationUrl ?? `${publicUrl}/hooks/${instance}`;
  let contact: null | 'reached' | TheirError = null;
  let doorTrouble: TheirError | null = null;

  const rights = createRightsLedger(() => kept.refresh());
  const credentials = createCredentialSource(config, env);
  const transport = createTransport({ connector: instance, clock, attemptMs: deadlines.attemptMs, ca, caFile: config.caFile, dispatcher });
  const budgets = createWorkloads({ config, clock });
  const entra = createEntra({ connector: instance, clientId, tenantId, authority: addresses.authority, credential: credentials.credential, transport, clock, random });
  const shared = { connector: instance, base: addresses.base, overallMs: deadlines.overallMs, transport, budgets, clock, log, random };
  const client = createGraphClient({ ...shared, scope: addresses.scope, tokens: createTokens(entra, clock), rights });
  const states = createClientStates(instance, credentials.keyMaterial);
  const joinBase = config.joinBase ?? `${publicUrl}/j`;
  const events = createEvents({ client, instance, joinBase, keyword, pageSize: config.pageSize, clock, log });
  const subscriptions = createSubscriptions({
    client, instance, doors: doorsUrl, states, minutes: config.subscriptionMinutes, clock,
    onReached(trouble) {
      doorTrouble = trouble;
      kept.refresh();
    },
  });

  const mayNotify = config.notifications && doorsUrl.startsWith('https://');
  const directory = createDirectory(client, instance);
  const mayApp = (): boolean => config.write && !isLost(rights.seen('Calendars.ReadWrite'));
  const writers = createWriters({
    instance, tenantId, app: client, mayApp,
    people: config.onBehalfOf ? createPersonTokens({ entra, clock, tenantId, scope: addresses.ownCalendar, overallMs: deadlines.overallMs }) : null,
    clientOf: (tokens) => createGraphClient({ ...shared, scope: addresses.ownCalendar, tokens, rights: peoplesRights }),
  });
  const calendarSource = createCalendarSource({
    instance, client, directory, events, subscriptions, writers, edit: createEdit({ client, instance, joinBase, keyword }),
    capabilities: () => ({ notifications: mayNotify, changes: true, write: mayApp(), create: mayApp() }),
  });

  const homes = createMailHomes({ client, instance, log });
  const facts = createMailFacts(client, homes, directory.findMailbox);
  const mailStore = createMailStore({
    instance, client, transport, directory, facts, homes, log,
    changes: createMailChanges({ client, instance, pageSize: config.pageSize, homes, clock, log }),
    watches: createMailWatches({ client, instance, doors: doorsUrl, states, homes, minutes: config.subscriptionMinutes, clock }),
    capabilities: () => mailCapabilities(mayNotify),
  });

  const probe = createProbe({
    client, testMailbox: config.testMailbox, clock, log, random,
    onContact(trouble) {
      contact = trouble ?? 'reached';
      kept.refresh();
    },
    async onFirstContact() {
      if (!mayNotify) return;
      // The public address or the secret was changed while we were away: these mailboxes are silent until they are asked for anew.
      const outdated = await subscriptions.outdated();
      if (outdated.length > 0) await wake.mark(outdated.map((id) => ({ kind: 'calendar.subscription', key: `${instance}/${id}` })));
    },
  });

  function notificationsGap(): Gap | null {
    if (!config.notifications) return null;
    if (doorTrouble) return { capability: 'notifications', reason: doorTrouble.message, remedy: doorTrouble.remedy ?? '' };
    if (mayNotify) return null;
    return { capability: 'notifications', reason: 'Graph sends notices to https addresses only, and publicUrl is none.', remedy: 'Set publicUrl to the https address at which Microsoft 365 reaches this server, or set notificationUrl.' };
  }

  function look(since: number): ConnectorStatus {
    const seen = health({
      contact,
      rights: { 'Calendars.Read': rights.seen('Calendars.Read'), 'User.Read.All': rights.seen('User.Read.All'), 'Calendars.ReadWrite': rights.seen('Calendars.ReadWrite'), 'Mail.ReadWrite': rights.seen('Mail.ReadWrite'), 'Mail.Send': rights.seen('Mail.Send'), 'MailboxSettings.Read': rights.seen('MailboxSettings.Read'), 'Presence.Read.All': rights.seen('Presence.Read.All'), 'Presence.ReadWrite.All': rights.seen('Presence.ReadWrite.All') },
      isReadOnly: !config.write,
      hasNotifications: mayNotify,
      notifications: notificationsGap(),
    });
    const own = config.onBehalfOf && seen.capabilities.includes('calendar') ? ['calendar.onBehalf'] : [];
    return { instance, type: config.type, since, ...seen, capabilities: [...seen.capabilities, ...own] };
  }

  const kept = keepStatus({ look, clock, log });

  return {
    instance,
    type: config.type,
    calendarSource,
    mailStore,
    ...(config.sendFrom === undefined ? {} : { mailNotifier: createMailNotifier({ instance, client, sendFrom: config.sendFrom }) }),
    absenceSource: createAbsenceSource({ client, instance }),
    presenceReader: createPresenceReader({ client, instance }),
    callDots: createCallDots({ client, instance, clientId }),
    directorySource: createDirectorySource({ client, instance, clock }),
    doors: createDoors({ instance, tenantId, states, wake, clock, log }),
    status: kept.status,
    onStatus: kept.onStatus,
    async start() {
      probe.start();
    },
    async stop() {
      await probe.stop();
      await transport.close();
    },
  };
}
