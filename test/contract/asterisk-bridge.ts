import { createAsterisk as createStandIn } from '../../lab/asterisk/index.ts';
import type { Asterisk } from '../../lab/asterisk/index.ts';
import { createLabClock } from '../../lab/clock.ts';
import { asteriskConfig, createAsterisk } from '../../server/connectors/asterisk/index.ts';
import type { AsteriskConnector } from '../../server/connectors/asterisk/index.ts';
import type { Admission } from '../../server/ports/admission.ts';
import { silent } from '../../server/ports/log.ts';
import { onlyAdmission } from '../support/admission.ts';
import { createRunningClock, lastLines } from '../support/running-clock.ts';
import type { BridgeWorld, Guest } from './conference-bridge.ts';

const secret = 'open sesame';
const extensions = ['1001', '1002', '1003', '1004'];

export interface AsteriskWorld extends BridgeWorld {
  pbx: Asterisk;
  connector: AsteriskConnector;
  /** Somebody dials in and types a code; resolves with what they heard then, and how they stand when they are in. */
  dial(code: string): Promise<{ member: { isHost: boolean; waits: boolean } | null; heard: string[]; hangUp: () => void; decided: () => Promise<{ isIn: boolean; heard: string[] }> }>;
  /** The extensions from which `dial` calls, the first free one in front. */
  extensions: readonly string[];
  /** Lets so many milliseconds of the clock pass. */
  later(ms: number): Promise<void>;
}

/** The real connector with the stand-in over real sockets. People dial in, type a code and are admitted; the clock runs fast where somebody waits. */
export async function asteriskWorld({ clock = createLabClock(), admission: given }: { clock?: ReturnType<typeof createLabClock>; admission?: Admission } = {}): Promise<AsteriskWorld> {
  const admitted = new Map<string, { room: string; guest: Guest }>();
  const phoneOf = new Map<string, string>();
  let codes = 100_000;

  const admission = given ?? onlyAdmission({
    async decideByCode(code) {
      const entry = admitted.get(code);
      if (!entry) return { admit: false, refusal: 'unknown-code', language: 'en', mayRetry: false };
      const role = entry.guest.isHost ? 'host' : 'guest';
      return { admit: true, conferenceId: 'a'.repeat(26), role, room: entry.room, waitsForHost: false, asksToBeLetIn: false, until: Number.MAX_SAFE_INTEGER, endsWithHost: false, maxMembers: 25, language: 'en' };
    },
  });

  const pbx = await createStandIn({
    clock,
    users: [{ name: 'tieline', secret, read: ['call', 'system'], write: ['call', 'reporting', 'originate'] }],
    phones: extensions.map((extension) => ({ extension, name: `Phone ${extension}` })),
    agiUrl: () => `agi://127.0.0.1:${connector.agiPort() ?? 0}/conference`,
    digitMs: 0,
  });
  const connector = createAsterisk({
    config: asteriskConfig.parse({
      type: 'asterisk',
      instance: 'pbx',
      ami: { host: '127.0.0.1', port: pbx.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' },
      agi: { port: 0 },
      dialOut: { routes: [{ numbers: '100X', channel: 'PJSIP/{number}' }] },
    }),
    clock,
    log: silent,
    admission,
    random: () => 0.5,
    env: { AMI_SECRET: secret },
  });

  const { until, through } = createRunningClock(clock, () => lastLines(pbx.log));

  function memberOf(extension: string): string | undefined {
    return pbx.rooms().flatMap((room) => room.members).find((member) => member.phone === extension && member.joined)?.channel;
  }

  async function enter(room: string, guest: Guest): Promise<string | null> {
    const extension = extensions.find((each) => pbx.phone(each).view().call === null);
    if (extension === undefined) throw new Error('all phones are busy');
    const phone = pbx.phone(extension);
    const code = String(++codes);
    admitted.set(code, { room, guest });
    phone.dial('8000');
    const channel = pbx.exchange.channels.list().find((each) => each.phone === extension);
    if (channel) channel.caller = { number: extension, name: guest.name };
    await through(phone.enter(`${code}#`));
    await until('they are in, or out', () => memberOf(extension) !== undefined || phone.view().call === null);
    const leg = memberOf(extension) ?? null;
    if (leg !== null) phoneOf.set(leg, extension);
    return leg;
  }

  await connector.start();
  await until('the connector is ready', () => connector.status().state === 'ready');

  return {
    bridge: connector.conferenceBridge,
    extensions,
    pbx,
    connector,
    enter,
    async leave(leg) {
      pbx.phone(phoneOf.get(leg) ?? '').hangUp();
    },
    number: '1004',
    async takeUp(number, takesUp) {
      await until('it rings', () => pbx.phone(number).view().call?.phase === 'ringing');
      if (takesUp) pbx.phone(number).answer();
      await until('they are in, or it rings no more', () => memberOf(number) !== undefined || pbx.phone(number).view().call === null);
      return memberOf(number) ?? null;
    },
    async cut() {
      const mend = await pbx.faults.down();
      await until('it is noticed', () => connector.status().state === 'down');
      return () => through(mend());
    },
    async dial(code) {
      const extension = extensions.find((each) => pbx.phone(each).view().call === null);
      if (extension === undefined) throw new Error('all phones are busy');
      const phone = pbx.phone(extension);
      phone.dial('8000');
      await until('a code is asked for', () => phone.view().askedForDigits);
      const before = phone.view().hears.length;
      await through(phone.enter(`${code}#`));
      const isRefused = (): boolean => phone.view().hears.length > before + 1 && phone.view().askedForDigits;
      const isAtDoor = (): boolean => phone.view().hears.slice(before).some(({ sound }) => sound === 'pls-wait-connect-call');
      await until('they are in, at the door, asked again, or out', () => memberOf(extension) !== undefined || phone.view().call === null || isRefused() || isAtDoor());
      const heard = phone.view().hears.slice(before).flatMap((each) => each.sound ?? []);
      const member = pbx.rooms().flatMap((room) => room.members).find((each) => each.phone === extension && each.joined);
      return {
        member: member ? { isHost: member.admin, waits: member.waiting } : null, heard, hangUp: () => phone.hangUp(),
        /** Resolves when they are in the room, or have been sent away. */
        async decided() {
          await until('they are let in, or sent away', () => memberOf(extension) !== undefined || phone.view().call === null);
          return { isIn: memberOf(extension) !== undefined, heard: phone.view().hears.slice(before).flatMap((each) => each.sound ?? []) };
        },
      };
    },
    later: (ms) => through(clock.sleep(ms)),
    through,
    until,
    async stop() {
      await connector.stop();
      await pbx.close();
      clock.stop();
    },
  };
}
