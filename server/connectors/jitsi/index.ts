import { TheirError } from '../../domain/errors.ts';
import { keepStatus } from '../../outbound/connector-status.ts';
import type { Admission } from '../../ports/admission.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BridgeEvent, ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { Connector, ConnectorStatus } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import { createHttp } from './client/http.ts';
import { createProsody } from './client/prosody.ts';
import { createConferenceBridge } from './conference-bridge.ts';
import { domainOf, type JitsiConfig } from './config.ts';
import { keyDoor } from './doors/key.ts';
import { reservationDoors } from './doors/reservations.ts';
import { telephoneDoors } from './doors/telephone.ts';
import { health } from './health.ts';
import { createTokens, readKey } from './tokens.ts';

export { jitsiConfig } from './config.ts';
export type { JitsiConfig, JitsiConfigInput } from './config.ts';

export interface JitsiOptions {
  config: JitsiConfig;
  clock: Clock;
  log: Log;
  admission: Admission;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca?: string | undefined;
  /** Where secrets are looked up by the names in the configuration. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** One Jitsi Meet: links into it, the questions that it asks us, and what its Prosody tells. */
export function createJitsi({ config, clock, log: parentLog, admission, ca, env = process.env }: JitsiOptions): Connector & { readonly conferenceBridge: ConferenceBridge } {
  const { instance } = config;
  const log = parentLog.child({ connector: instance });
  const secret = env[config.secretEnv] ?? '';
  const reservationSecret = env[config.reservationSecretEnv] ?? '';
  const pem = config.prosody?.keyEnv === undefined ? undefined : env[config.prosody.keyEnv];
  const key = readKey(pem);
  const watchers = new Set<(event: BridgeEvent) => void>();
  const http = createHttp({ connector: instance, clock, deadlineMs: config.deadlineMs, ca });
  const tokens = createTokens({ config, clock, secret, key });
  const prosody = config.prosody ? createProsody({ connector: instance, http, url: config.prosody.url, domain: domainOf(config), systemToken: tokens.forSystem }) : null;
  const conferenceBridge = createConferenceBridge({ config, http, tokens, prosody, hasKey: key !== null, watchers });
  let looked: { trouble: TheirError | null } | null = null;
  let stopping: AbortController | null = null;

  function facts(since: number): ConnectorStatus {
    const state = health({ config, secret, reservationSecret, look: looked, key: key ? 'good' : config.prosody?.keyEnv === undefined ? 'none' : 'broken' });
    return { instance, type: config.type, since, ...state };
  }

  const kept = keepStatus({ look: facts, clock, log });

  /** Whether it answers, as often as configured; each time that it does again, everything is looked at anew. */
  async function keepLooking(signal: AbortSignal): Promise<void> {
    for (;;) {
      const wasUp = looked?.trouble === null;
      const trouble = await look();
      if (signal.aborted) return;
      looked = { trouble };
      kept.refresh();
      if (trouble === null && !wasUp) for (const fn of watchers) fn({ type: 'resync', at: clock.now() });
      await clock.sleep(config.lookEverySeconds * 1000, signal);
    }
  }

  async function look(): Promise<TheirError | null> {
    try {
      await conferenceBridge.ensure({ conferenceId: '', room: 'x', opensAt: 0, closesAt: 0, maxMembers: 0 });
      return null;
    } catch (error) {
      return error instanceof TheirError ? error : new TheirError(instance, 'unavailable', 'could not be looked at', { cause: error });
    }
  }

  return {
    instance,
    type: config.type,
    conferenceBridge,
    doors: [
      ...reservationDoors({ instance, clock, log, admission, secret: reservationSecret }),
      ...telephoneDoors({ config, log, admission, secret: reservationSecret }),
      ...keyDoor(tokens.publicKey()),
    ],
    status: kept.status,
    onStatus: kept.onStatus,
    async start() {
      if (stopping) return;
      stopping = new AbortController();
      const { signal } = stopping;
      keepLooking(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'the watch over Jitsi has ended');
      });
    },
    async stop() {
      stopping?.abort(new TheirError(instance, 'unavailable', 'was stopped'));
      stopping = null;
      await http.close();
    },
  };
}
