import { generateKeyPairSync } from 'node:crypto';
import { createLabClock } from '../../lab/clock.ts';
import { createJitsi as createStandIn, type Jitsi } from '../../lab/jitsi/index.ts';
import { createJitsi, jitsiConfig, type JitsiConfigInput } from '../../server/connectors/jitsi/index.ts';
import type { Admission } from '../../server/ports/admission.ts';
import type { Connector } from '../../server/ports/connector.ts';
import { silent } from '../../server/ports/log.ts';
import { onlyAdmission } from '../support/admission.ts';
import { serveDoors } from '../support/door-server.ts';
import type { BridgeWorld } from './conference-bridge.ts';

export const domain = 'meet.example.com';
export const secrets = { app: 'a-secret-that-is-long-enough-for-hmac', reservations: 'the word that Prosody shows', key: generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey };
const hour = 60 * 60_000;

export interface JitsiWorld extends BridgeWorld {
  jitsi: Jitsi;
  connector: Connector;
  clock: ReturnType<typeof createLabClock>;
  /** Where the doors are. */
  doors: string;
  /** The token of a link. */
  tokenOf(link: string): string;
}

/** The token that a link carries after # or ?. */
export function tokenOf(link: string): string {
  const { hash, searchParams } = new URL(link);
  const fragment = new URLSearchParams(hash.slice(1)).get('jwt');
  return fragment === null ? (searchParams.get('jwt') ?? '') : String(JSON.parse(fragment));
}

/** The real connector with the stand-in over real sockets: people open links, Prosody asks whether their room may be. The clock runs fast where somebody waits. */
export async function jitsiWorld({ admission = everybody(), config = {}, clock = createLabClock() }: {
  admission?: (clock: ReturnType<typeof createLabClock>) => Admission;
  config?: Partial<JitsiConfigInput>;
  clock?: ReturnType<typeof createLabClock>;
} = {}): Promise<JitsiWorld> {
  const server = await serveDoors(() => connector.doors);
  const jitsi = await createStandIn({
    clock, domain, appId: 'tieline', secret: secrets.app, reservations: { prefix: () => server.url, secret: secrets.reservations }, keysUrl: () => `${server.url}/keys`,
  });
  const connector = createJitsi({
    config: jitsiConfig.parse({
      type: 'jitsi', instance: 'meet', url: `https://${domain}`, appId: 'tieline', secretEnv: 'APP_SECRET', reservationSecretEnv: 'WORD', lookEverySeconds: 5,
      prosody: { url: jitsi.prosodyUrl, keyEnv: 'KEY' }, ...config,
    }),
    clock, log: silent, admission: admission(clock), env: { APP_SECRET: secrets.app, WORD: secrets.reservations, KEY: secrets.key },
  });
  const bridge = connector.conferenceBridge;
  if (!bridge) throw new Error('no bridge');
  const roomOf = new Map<string, string>();

  async function until(what: string, holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 4_000; turn++) {
      if (holds()) return;
      clock.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error(`never happened: ${what}; the wire said:\n${jitsi.log.lines.slice(-20).map((line) => `${line.direction} ${line.text}`).join('\n')}`);
  }

  async function through<T>(outcome: Promise<T>): Promise<T> {
    let isSettled = false;
    void outcome.then(() => (isSettled = true), () => (isSettled = true));
    await until('an outcome', () => isSettled);
    return outcome;
  }

  await connector.start();
  await until('the connector is ready', () => connector.status().state !== 'starting');

  return {
    bridge, jitsi, connector, clock, doors: server.url, tokenOf, through, until,
    async enter(room, guest) {
      const now = clock.now();
      const link = await bridge.joinLink({ room, role: guest.isHost ? 'host' : 'guest', name: guest.name, language: 'en', from: now, until: now + hour, asksToBeLetIn: false });
      const joined = await through(jitsi.join(new URL(link).pathname.slice(1), tokenOf(link)));
      if (joined.endpoint !== null) roomOf.set(joined.endpoint, room);
      return joined.endpoint;
    },
    async leave(leg) {
      jitsi.rooms.leave(roomOf.get(leg) ?? '', leg);
    },
    async cut() {
      const mend = await jitsi.faults.down();
      await until('it is noticed', () => connector.status().state === 'down');
      return mend;
    },
    async stop() {
      await connector.stop();
      await jitsi.close();
      await server.close();
      clock.stop();
    },
  };
}

/** Every room may be. */
function everybody(): (clock: ReturnType<typeof createLabClock>) => Admission {
  return (clock) => onlyAdmission({
    decideForRoom: async () => ({ open: true, conferenceId: 'a'.repeat(26), host: 'anna@example.com', until: clock.now() + hour, maxMembers: 25, isInUse: false }),
    roomEnded: async () => undefined,
  });
}
