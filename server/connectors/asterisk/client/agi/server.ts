import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Clock } from '../../../../ports/clock.ts';
import type { Log } from '../../../../ports/log.ts';
import { allowList } from './allow-list.ts';
import { openSession } from './session.ts';
import type { AgiSession } from './session.ts';

export interface AgiServer {
  /** Resolves after the first try to listen; keeps trying when that failed. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The port we listen on, null while we do not. */
  port(): number | null;
  /** The system's code for why we cannot listen ("EADDRINUSE"), null when we do. */
  trouble(): string | null;
}

export interface AgiServerOptions {
  connector: string;
  host: string;
  port: number;
  allow: readonly string[];
  /** The scripts that we serve, by their names. */
  scripts: Readonly<Record<string, (session: AgiSession) => Promise<void>>>;
  clock: Clock;
  log: Log;
  onChange: () => void;
}

/** Asterisk sends the environment at once, in one piece. */
const environmentMs = 5_000;

/** Connections that have not said who they are; Asterisk's do so within milliseconds. Ours. */
const mostUnnamed = 64;

/** Each caller in a conference holds one connection. Ours: ten times the callers of a large bridge. */
const mostCalls = 5_000;

/** Between two tries to listen. */
const listenAgainMs = 5_000;

/** Listens for the dialplan's questions. Refuses strangers without a word, and every script but ours. */
export function createAgiServer(options: AgiServerOptions): AgiServer {
  const { connector, host, clock, log } = options;
  const isAllowed = allowList(options.allow);
  const sockets = new Set<Socket>();
  let unnamed = 0;
  let server: Server | undefined;
  let trouble: string | null = 'not started';
  let isStopped = true;
  let cancelRetry: (() => void) | undefined;

  async function serve(socket: Socket): Promise<void> {
    const address = socket.remoteAddress;
    if (!isAllowed(address)) {
      log.warn({ address }, 'dial-in: connection from an address that is not allowed');
      return void socket.destroy();
    }
    if (unnamed >= mostUnnamed || sockets.size >= mostCalls) {
      log.warn({ unnamed, calls: sockets.size }, 'dial-in: too many connections');
      return void socket.destroy();
    }
    sockets.add(socket);
    unnamed++;
    socket.once('close', () => sockets.delete(socket));
    const session = await openSession({ connector, clock, socket, environmentMs }).finally(() => unnamed--);
    if (!session) return log.warn({ address }, 'dial-in: connection that is no call');
    try {
      const { script } = session.environment;
      const converse = Object.hasOwn(options.scripts, script) ? options.scripts[script] : undefined;
      if (converse) await converse(session);
      else log.warn({ script: script.slice(0, 80) }, 'dial-in: unknown script refused');
    } finally {
      session.end();
    }
  }

  function set(next: string | null): void {
    trouble = next;
    options.onChange();
  }

  function listen(): Promise<void> {
    return new Promise((resolve) => {
      const made = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        serve(socket).catch((error: unknown) => log.error({ err: error }, 'dial-in: a call failed'));
      });
      server = made;
      made.once('error', (error: NodeJS.ErrnoException) => {
        log.error({ host, port: options.port, code: error.code }, 'dial-in: cannot listen');
        set(error.code ?? 'unknown');
        if (!isStopped) cancelRetry = clock.at(clock.now() + listenAgainMs, () => void listen());
        resolve();
      });
      made.listen(options.port, host, () => {
        set(null);
        resolve();
      });
    });
  }

  function port(): number | null {
    const address = trouble === null ? server?.address() : null;
    return typeof address === 'object' && address ? address.port : null;
  }

  return {
    async start() {
      if (!isStopped) return;
      isStopped = false;
      await listen();
    },
    async stop() {
      isStopped = true;
      cancelRetry?.();
      for (const socket of sockets) socket.destroy();
      const listening = port() === null ? undefined : server;
      trouble = 'not started';
      if (listening) await new Promise((resolve) => listening.close(resolve));
    },
    port,
    trouble: () => trouble,
  };
}
