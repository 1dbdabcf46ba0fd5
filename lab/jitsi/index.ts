/**
 * A stand-in of Jitsi Meet as one installs it oneself: Prosody with token authentication, reservations, lobby from the start, and the plugins that tell and
 * change who is in; and a page for browsers. It speaks HTTP as they do; what browsers and Prosody say to each other (XMPP, media) it has not.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabClock } from '../clock.ts';
import { sendJson, type Handler } from '../http.ts';
import { prosodyRoutes } from './prosody-http.ts';
import { createReservations } from './reservations.ts';
import { createRooms, type Rooms } from './rooms.ts';
import { checkToken } from './tokens.ts';
import { webRoutes, type Joined } from './web.ts';
import { createWireLog, type WireLog } from './wire-log.ts';

export interface JitsiOptions {
  clock: LabClock;
  /** Prosody's main virtual host. */
  domain: string;
  appId: string;
  /** Path in front of rooms in their address, such as `/jitsi`; empty by default. */
  base?: string;
  /** `app_secret`. */
  secret: string;
  /** `reservations_api_prefix` and the word in its header. */
  reservations: { prefix: () => string; secret: string };
  /** `prosody_password_public_key_repo_url`. */
  keysUrl: () => string;
  /** Fetches a public key; null when it is not there. Default: over HTTP. */
  fetchKey?: (url: string) => Promise<string | null>;
}

export interface Jitsi {
  /** `http://127.0.0.1:PORT`: Prosody's own HTTP. */
  readonly prosodyUrl: string;
  /** What browsers ask, for a listener that speaks https with them. */
  readonly web: Handler;
  readonly rooms: Rooms;
  readonly log: WireLog;
  /** Somebody opens a link. */
  join(room: string, token: string): Promise<Joined>;
  faults: {
    /** Prosody answers nobody: nothing listens. Returns what mends it; rooms are lost meanwhile. */
    down(): Promise<() => Promise<void>>;
    /** It answers so many milliseconds later. */
    slow(ms: number): () => void;
    /** Connections are taken and never answered. */
    halfOpen(): () => void;
    /** Rooms are lost without a word to anybody, as at a kill -9. */
    restart(): void;
  };
  onChange(fn: () => void): void;
  close(): Promise<void>;
}

/** How often Prosody looks for reservations whose time ran out, ms. */
const expiryCheckMs = 60_000;

export async function createJitsi(options: JitsiOptions): Promise<Jitsi> {
  const { clock, domain, appId, secret } = options;
  const watchers = new Set<() => void>();
  const trouble = { slowMs: 0, isHalfOpen: false };
  const log = createWireLog(clock);
  const reservations = createReservations({ clock, prefix: options.reservations.prefix, headers: { Authorization: `Bearer ${options.reservations.secret}` }, log });
  const rooms = createRooms({ clock, destroyed: ({ name }) => reservations.roomDestroyed(name), changed: () => watchers.forEach((fn) => fn()) });
  const fetchKey = options.fetchKey ?? (async (url) => fetch(url).then((answer) => (answer.ok ? answer.text() : null), () => null));
  const routes = prosodyRoutes({ clock, rooms, domain, appId, keysUrl: options.keysUrl, fetchKey });

  async function join(asked: string, token: string): Promise<Joined> {
    const name = asked.toLowerCase();
    const user = await checkToken(token, { appId, secret, clock });
    if (!user || (user.room !== '*' && user.room !== name)) return { endpoint: null, message: 'Sorry, you are not allowed to join this call.' };
    if (!rooms.find(name)) {
      const answer = await reservations.ask(name, `${user.name.toLowerCase().replaceAll(/[^a-z]/g, '') || 'guest'}@${domain}`);
      if (!answer.ok) return { endpoint: null, message: answer.text };
    }
    return rooms.enter(name, user);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (trouble.isHalfOpen) return;
    if (trouble.slowMs > 0) await clock.sleep(trouble.slowMs);
    if (!(await routes(request, response))) sendJson(response, 404, {});
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const listen = (port: number): Promise<void> => new Promise((done, failed) => void server.once('error', failed).listen(port, '127.0.0.1', done));
  const unlisten = (): Promise<void> => new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  let cancelCheck = (): void => undefined;
  function check(): void {
    for (const name of reservations.expired()) rooms.destroy(name);
    cancelCheck = clock.at(clock.now() + expiryCheckMs, check);
  }
  check();

  function crash(): void {
    reservations.crash();
    rooms.crash();
  }

  return {
    prosodyUrl: `http://127.0.0.1:${port}`,
    web: webRoutes({ rooms, join, base: options.base ?? '' }),
    rooms, log, join,
    faults: {
      async down() {
        crash();
        await unlisten();
        return () => listen(port);
      },
      slow(ms) {
        trouble.slowMs = ms;
        return () => void (trouble.slowMs = 0);
      },
      halfOpen() {
        trouble.isHalfOpen = true;
        return () => {
          trouble.isHalfOpen = false;
          // Whoever waited meanwhile waits for nothing.
          server.closeAllConnections();
        };
      },
      restart: crash,
    },
    onChange: (fn) => void watchers.add(fn),
    async close() {
      cancelCheck();
      if (server.listening) await unlisten();
    },
  };
}
