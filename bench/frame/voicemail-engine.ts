import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createMemoryVoicemail, type MemoryVoicemail } from '../../server/connectors/memory/index.ts';
import { composeMail, createJournal, createVoicemailFeature, defaultTimes, runEffect } from '../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import { systemClock, type Clock } from '../../server/ports/clock.ts';
import type { MailStore } from '../../server/ports/mail-store.ts';
import type { VoicemailStore } from '../../server/ports/voicemail-store.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import { silent } from '../../server/ports/log.ts';
import { openStore } from '../../server/store/connect.ts';
import { startEmbedded } from '../../server/store/embedded.ts';
import { createWake } from '../../server/store/wake.ts';
import { createWorker, type WorkObserver } from '../../server/store/worker.ts';
import { lanesOf } from '../../server/wiring/lanes.ts';
import { createLagKeeper } from '../../server/sync/lag.ts';
import type { MailWorld } from './mail-world.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './wait.ts';

const tenantId = 'default';

/** The engine as the server runs it, on a PostgreSQL of its own, between the reference phone system and one of our mail connectors. */
export interface Engine {
  pbx: MemoryVoicemail;
  boxOf(login: string): string;
  /** From now on every hundredth word of either system is lost, or none. */
  loseWords(isLossy: boolean): void;
  /** Words lost so far. */
  lost(): number;
  /** Rounds that failed and were tried again. */
  failures(): number;
  /** Resolves when nothing is being done and nothing is due. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** People and their mail system. */
export interface MailSide {
  /** Everybody's, where it can be turned. */
  clock?: Clock;
  logins: readonly string[];
  /** Id of a person's mailbox. */
  mailboxOf(login: string): string;
  /** Whose store it is in; 'mail' when not given. */
  instanceOf?(login: string): string;
  connect(onWake: (keys: WakeKey[]) => void): Promise<{ mailStores: readonly MailStore[]; isWatching(): boolean; stop(): Promise<void> }>;
}

/** A Dovecot and our IMAP connector. The mailboxes of `untold` are with a second one that has no standing connections: it is not told of changes, and looks. */
export function dovecotSide(world: MailWorld, untold: ReadonlySet<string> = new Set()): MailSide {
  return {
    logins: world.logins, mailboxOf: (login) => login, instanceOf: (login) => (untold.has(login) ? 'untold' : 'mail'),
    async connect(onWake) {
      const told = world.connector(onWake);
      const looking = world.connector(onWake, { instance: 'untold', connections: { standing: 0 } });
      return {
        mailStores: [told.mailStore, looking.mailStore],
        isWatching: () => told.watched().standing === world.logins.length - untold.size && looking.watched().polled === untold.size,
        stop: async () => void (await Promise.all([told.stop(), looking.stop()])),
      };
    },
  };
}

/** `fill` puts into the boxes what lies there already. Resolves when every box has had its first look and every mailbox is watched. */
export async function startEngine(world: MailSide, fill: (engine: Pick<Engine, 'pbx' | 'boxOf'>) => void = () => undefined): Promise<Engine> {
  const clock = world.clock ?? systemClock();
  const folder = await temporaryFolder();
  const database = await startEmbedded({ folder, log: silent });
  const store = await openStore({ databaseUrl: database.databaseUrl, log: silent, clock });
  const pbx = createMemoryVoicemail({ instance: 'pbx', clock });
  const boxOf = (login: string): string => `${login.split('@')[0]}@default`;
  const owners = new Map(world.logins.map((login) => [boxOf(login), login]));
  for (const login of world.logins) pbx.boxes.add(boxOf(login), { name: login, address: login });
  fill({ pbx, boxOf });
  const words = { count: 0, lost: 0, isLossy: false };
  function isHeard(): boolean {
    if (!words.isLossy || ++words.count % 100 !== 50) return true;
    words.lost += 1;
    return false;
  }
  const phones: VoicemailStore = { ...pbx.port, onEvent: (fn) => pbx.port.onEvent((event) => void (isHeard() && fn(event))) };
  const wake = createWake(store, tenantId, clock);
  const connector = await world.connect((keys) => void (isHeard() && wake.mark(keys)));
  const feature = createVoicemailFeature(
    {
      clock, log: silent, journal: createJournal(store, () => undefined), voicemails: [phones], mails: connector.mailStores, lag: createLagKeeper(), times: defaultTimes, messageDomain: 'tieline.test',
      newId: randomUUID, policyOf: async () => voicemailSettings.standard, mailboxOf: async (_tenant, personId) => ({ instance: world.instanceOf?.(personId) ?? 'mail', id: world.mailboxOf(personId) }), notifierOf: async () => null, colleague: async () => null,
      compose: (pair, policy, missing) => composeMail(pair, policy, { fromAddress: 'voicemail@contoso.test', pageBase: 'https://tieline.test/voicemail/' }, missing), effect: runEffect,
    },
    store,
    { ownersOf: async () => owners },
  );
  let failures = 0;
  const observe: WorkObserver = ({ outcome }) => void (failures += outcome === 'failed' ? 1 : 0);
  const workers = lanesOf(feature.workHandlers).map(({ handlers, concurrency }) => createWorker({ store, clock, log: silent, handlers, observe, ...(concurrency === undefined ? {} : { concurrency }) }));
  const forget = feature.listen(tenantId);
  await feature.resume(tenantId);
  for (const worker of workers) worker.start();
  await until('every mailbox is watched', async () => (connector.isWatching() ? true : undefined), { everyMs: 50, patienceMs: 600_000 });
  // First looks that are under way end.
  const idle = async (): Promise<void> => void (await Promise.all(workers.map((worker) => worker.idle())));
  await idle();
  await pause(500);
  return {
    pbx, boxOf, loseWords: (isLossy) => void (words.isLossy = isLossy), lost: () => words.lost, failures: () => failures, idle,
    async stop() {
      forget();
      await Promise.all(workers.map((worker) => worker.stop()));
      await connector.stop();
      await store.stop();
      await database.stop();
    },
  };
}
