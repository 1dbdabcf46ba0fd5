import type { LabClock } from '../clock.ts';
import type { ActionFamily } from './ami/action.ts';
import { soundRoutes } from './ari/sounds.ts';
import { createActions } from './ami/actions/index.ts';
import { createAmiServer } from './ami/server.ts';
import { recordingRoutes, type SpoolLayout } from './ari/recordings.ts';
import { createAriServer, infoRoute } from './ari/server.ts';
import type { AriUser } from './ari/users.ts';
import { type AmiUser, bootedHeaders } from './ami/session.ts';
import { type Channel, channelStates } from './calls/channel.ts';
import { createExchange, type Exchange, type ExchangeOptions } from './exchange.ts';
import { createFaults, type Faults, noTrouble } from './faults.ts';
import type { WireLog } from './log.ts';
import type { PhoneView } from './phones/handset.ts';
import type { Phone } from './phones/phones.ts';
import { createWaits } from './phones/waits.ts';

/** What the stand-in is made with. Everything but clock, users, AGI address and phones has a default. */
export type AsteriskOptions = { clock: LabClock; users: readonly AmiUser[] } & Pick<ExchangeOptions, 'agiUrl' | 'phones'> & Partial<ExchangeOptions> & {
  /** Default 127.0.0.1. */
  host?: string;
  /** 0 = any free one, which is the default. */
  amiPort?: number;
  /** Actions that this Asterisk does not know, as an older one or one without a module. */
  unknownActions?: readonly string[];
  /** Users of ari.conf. Without any, ARI is off. */
  ariUsers?: readonly AriUser[];
  /** 0 = any free one, which is the default. */
  ariPort?: number;
  /** Where the voicemail spool lies. Default inside the folder of recordings. */
  spoolLayout?: SpoolLayout;
  /** How long a client may refuse to read, ms. Default 100, as in Asterisk. */
  writeTimeoutMs?: number;
  /** Further AMI actions. */
  actions?: readonly ActionFamily[];
};

/** A room for the lab page: what people would say of it. Instants epoch ms, UTC. */
export interface RoomView {
  name: string;
  startedAt: number;
  locked: boolean;
  members: { channel: string; phone: string; name: string; admin: boolean; muted: boolean; waiting: boolean; joined: boolean; kicked: boolean }[];
}

/** A leg for the lab page. */
export interface ChannelView {
  name: string;
  uniqueId: string;
  phone: string;
  state: string;
  application: string;
  data: string;
  createdAt: number;
}

/** An Asterisk 22 that speaks AMI and FastAGI over real sockets. It knows messages only. */
export interface Asterisk {
  readonly amiPort: number;
  /** 0 without ARI. */
  readonly ariPort: number;
  /** The administrator moves the voicemail spool. */
  setSpoolLayout(layout: SpoolLayout): void;
  readonly faults: Faults;
  readonly log: WireLog;
  /** Its inside, for further parts of the lab and for tests that look closely. */
  readonly exchange: Exchange;
  /** The keys of a phone. Throws for an extension that has none. */
  phone(extension: string): Phone;
  phones(): PhoneView[];
  rooms(): RoomView[];
  channels(): ChannelView[];
  sessions(): { user: string | null }[];
  /** Calls `fn` after every change of calls, rooms, states, faults or the log. Returns a function that stops it. */
  onChange(fn: () => void): () => void;
  /** Resolves with the first value of `look` that is not undefined. Rejects with the signal's reason. */
  until<T>(look: () => T | undefined, signal?: AbortSignal): Promise<T>;
  /** Ends all calls and connections and frees the port. */
  close(): Promise<void>;
}

/** From a kill -9 until something listens again, until the modules are there, and until the phones have registered, ms (tried). */
const startMs = 1700;
const loadMs = 400;
const registerMs = 2000;

function viewChannel(channel: Channel): ChannelView {
  return {
    name: channel.name, uniqueId: channel.uniqueId, phone: channel.phone, state: channelStates[channel.state], application: channel.application, data: channel.data,
    createdAt: channel.createdAt,
  };
}

/** Makes the stand-in and lets it listen. Rejects when the port is taken. */
export async function createAsterisk(options: AsteriskOptions): Promise<Asterisk> {
  const { clock, users, host = '127.0.0.1', amiPort = 0, ariPort = 0, ariUsers = [], writeTimeoutMs = 100 } = options;
  let layout = options.spoolLayout ?? 'inside';
  const exchange = createExchange({
    dialIn: '8000', timeZone: 'UTC', promptMs: 20, digitMs: 60, firstJoinMs: 3000, kickedMs: 2400, sounds: {}, soundsFolder: null, profiles: {}, ...options,
  });
  const { boot, bus, channels, log, phones, rooms } = exchange;
  const trouble = noTrouble();
  const server = createAmiServer({ exchange, actions: createActions(options.actions, options.unknownActions), users, trouble, writeTimeoutMs }, { host, port: amiPort });
  const ari = createAriServer({ exchange, users: ariUsers, routes: [infoRoute, recordingRoutes(() => layout), soundRoutes], trouble }, { host, port: ariPort });
  const waits = createWaits(bus);
  let closed = false;
  let stoppedAt = clock.now();

  function phone(extension: string): Phone {
    const found = phones.get(extension);
    if (!found) throw new Error(`The lab has no phone ${extension}.`);
    return found;
  }

  async function listen(): Promise<void> {
    await server.listen();
    if (ariUsers.length > 0) await ari.listen();
  }

  async function bootUp(): Promise<void> {
    if (closed) return;
    boot.set('loading');
    await listen();
    await clock.sleep(loadMs);
    if (closed) return;
    boot.set('up');
    bus.publish(['system'], 'FullyBooted', bootedHeaders(0));
    clock.at(clock.now() + registerMs, () => {
      phones.registered();
      exchange.voicemail.waiting.registered();
    });
  }

  const faults = createFaults({
    trouble, boot: bootUp,
    async stop() {
      stoppedAt = clock.now();
      boot.set('down');
      // Sockets first: nobody is told anything.
      const refused = Promise.all([server.refuse(), ari.refuse()]);
      exchange.crash();
      await refused;
    },
    untilStarted: () => clock.sleep(Math.max(0, stoppedAt + startMs - clock.now())),
    resetDead: () => server.resetDead(),
    plug: (extension, plugged) => phone(extension).plug(plugged),
    setBusy: (extension, busy) => phone(extension).setBusy(busy),
    setMissing: (name, isMissing) => exchange.variables.setMissing(name, isMissing),
    changed: () => bus.changed(),
  });

  await listen();
  return {
    get amiPort() {
      return server.port;
    },
    get ariPort() {
      return ari.port;
    },
    setSpoolLayout: (next) => void (layout = next),
    faults, log, exchange, phone,
    phones: () => phones.list().map((each) => each.view()),
    rooms: () => rooms.list().map((room) => ({
      name: room.name, startedAt: room.startedAt, locked: room.locked,
      members: room.members.map(({ channel, options: { admin }, muted, waiting, joined, kicked }) => ({
        channel: channel.name, phone: channel.phone, name: channel.caller.name, admin, muted, waiting, joined, kicked,
      })),
    })),
    channels: () => channels.list().map(viewChannel),
    until: (look, signal) => waits.until(look, signal),
    sessions: () => server.sessions(),
    onChange: (fn) => bus.onChange(fn),
    async close() {
      closed = true;
      exchange.crash();
      await Promise.all([server.refuse(), ari.refuse()]);
    },
  };
}
