import { ianaZone } from '../../domain/zones.ts';
import { keepStatus } from '../../outbound/connector-status.ts';
import type { Admission } from '../../ports/admission.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connector, ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import { createAgiServer } from './client/agi/server.ts';
import { createConferenceBridge } from './conference-bridge.ts';
import type { ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { AsteriskConfig } from './config.ts';
import { createDialIn } from './dial-in.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { health } from './health.ts';
import { createGreetingConversation } from './greetings/conversation.ts';
import { greetingDoor } from './greetings/door.ts';
import { createGreetingStore } from './greetings/store.ts';
import { createHub } from './hub.ts';
import { createPresenceTarget } from './presence-target.ts';
import { cannotListen, missingSecret, missingSound } from './remedies.ts';
import { createSilenceWatch } from './silence.ts';
import { createCallControl } from './call-control.ts';
import { createVoicemailStore } from './voicemail-store.ts';
import type { Greetings } from '../../ports/greeting-store.ts';
import type { CallControl } from '../../ports/call-control.ts';
import type { VoicemailStore } from '../../ports/voicemail-store.ts';

export { asteriskConfig } from './config.ts';
export type { AsteriskConfig, AsteriskConfigInput } from './config.ts';

export interface AsteriskConnector extends Connector {
  readonly conferenceBridge: ConferenceBridge;
  /** Where `voicemail` is configured. */
  readonly voicemailStore?: VoicemailStore;
  /** Where `callControl` is configured. */
  readonly callControl?: CallControl;
  /** The port on which the dialplan asks us, null while we do not listen. Of use where the configuration says 0. */
  agiPort(): number | null;
}

export interface AsteriskOptions {
  config: AsteriskConfig;
  clock: Clock;
  log: Log;
  admission: Admission;
  /** Which greeting plays; needed where `greetings` is configured. */
  greetings?: Greetings;
  /** Gives [0, 1); spreads reconnections. */
  random?: () => number;
  /** Where the secret is looked up by the name in the configuration. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** One Asterisk: a hub of two manager connections, the dial-in's listener, and the ports that both fill. */
export function createAsterisk({ config, clock, log: parentLog, admission, greetings = { greetingFor: async () => null }, random = Math.random, env = process.env }: AsteriskOptions): AsteriskConnector {
  const { instance, ami, agi } = config;
  const log = parentLog.child({ connector: instance });
  const secret = env[ami.secretEnv] ?? '';
  const ariPassword = (config.ari && env[config.ari.passwordEnv]) ?? '';
  const ariAddress = config.ari && { connector: instance, clock, url: config.ari.url, username: config.ari.username, password: ariPassword, caFile: config.ari.caFile };
  const missingSounds = new Set<string>();
  let isStarted = false;

  const hub = createHub({ config, secret, clock, log, random });
  const doorkeeper = createDoorkeeper(clock);
  const silence = createSilenceWatch({ clock, username: ami.username, onChange: () => kept.refresh() });
  const dialIn = createDialIn({
    config,
    clock,
    log,
    admission,
    doorkeeper,
    answered: (uniqueId) => conferenceBridge.answered(uniqueId),
    onMissingSound(sound) {
      missingSounds.add(sound);
      kept.refresh();
    },
  });
  const greetingStore = config.greetings && createGreetingStore({ instance, clock, config: config.greetings, ari: ariAddress, onChange: () => kept.refresh() });
  const greet = createGreetingConversation({ instance, clock, log, greetings, answerMs: config.greetings?.answerMs ?? 0, stepMs: config.deadlines.stepMs });
  const agiServer = createAgiServer({ connector: instance, host: agi.host, port: agi.port, allow: agi.allow, clock, log, scripts: { conference: dialIn, ...(greetingStore ? { greeting: greet } : {}) }, onChange: () => kept.refresh() });

  function dialInGap(): Gap | null {
    const trouble = agiServer.trouble();
    return trouble === null ? null : cannotListen(agi.host, agi.port, trouble);
  }

  const conferenceBridge = createConferenceBridge({ config, clock, hub, doorkeeper, silence, dialInGap });

  const voicemail = config.voicemail && createVoicemailStore({
    config, voicemail: config.voicemail, password: ariPassword, clock, log, hub, onChange: () => kept.refresh(),
  });
  const presenceTarget = createPresenceTarget({ instance, timeZone: ianaZone(config.timeZone) ?? undefined, clock, hub });

  const callControl = config.callControl && createCallControl({ instance, config: config.callControl, clock, log, hub, voicemail: voicemail?.port ?? null, username: ami.username, onChange: () => kept.refresh() });

  function look(since: number): ConnectorStatus {
    const seen = health({
      hub: hub.facts(),
      secretGap: secret === '' ? missingSecret(ami.secretEnv) : null,
      dialInGap: isStarted ? dialInGap() : null,
      silenceGap: silence.gap(),
      soundGaps: [...[...missingSounds].map(missingSound), ...(greetingStore?.gaps() ?? [])],
      features: [voicemail, callControl].flatMap((each) => (each ? [{ works: each.works(), gaps: each.gaps() }] : [])),
    });
    return { instance, type: config.type, since, ...seen };
  }

  const kept = keepStatus({ look, clock, log });
  hub.onFacts(kept.refresh);

  return {
    instance,
    type: config.type,
    holdsConnection: true,
    conferenceBridge,
    ...(voicemail ? { voicemailStore: voicemail.port } : {}),
    presenceTarget,
    ...(callControl ? { callControl: callControl.port } : {}),
    ...(greetingStore ? { greetingStore } : {}),
    doors: greetingStore && config.greetings?.mediaUrl !== undefined ? [greetingDoor(greetingStore)] : [],
    agiPort: () => agiServer.port(),
    status: kept.status,
    onStatus: kept.onStatus,
    async start() {
      if (isStarted) return;
      isStarted = true;
      await agiServer.start();
      // Without a secret every login would be refused, and counted against us.
      if (secret !== '') hub.start();
      kept.refresh();
    },
    async stop() {
      isStarted = false;
      voicemail?.stop();
      callControl?.stop();
      await Promise.all([agiServer.stop(), hub.stop()]);
    },
  };
}
