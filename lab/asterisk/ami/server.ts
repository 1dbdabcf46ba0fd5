import { createServer, type Server } from 'node:net';

import { type Session, type SessionParts, startSession } from './session.ts';

export interface AmiServer {
  readonly port: number;
  /** Listens, on the port of the last time if there was one. */
  listen(): Promise<void>;
  /** Cuts every connection and listens no more: the next one is refused. */
  refuse(): Promise<void>;
  /** Resets the connections that a half-open line has cut. */
  resetDead(): void;
  sessions(): { user: string | null }[];
}

/** AMI over TCP, on loopback unless told otherwise. */
export function createAmiServer(parts: SessionParts, { host, port }: { host: string; port: number }): AmiServer {
  const sessions = new Set<Session>();
  let server: Server | null = null;
  let bound = port;

  return {
    get port() {
      return bound;
    },
    async listen() {
      if (server) return;
      const next = createServer((socket) => {
        const session = startSession(socket, parts);
        sessions.add(session);
        socket.once('close', () => {
          sessions.delete(session);
          parts.exchange.bus.changed();
        });
      });
      server = next;
      await new Promise<void>((resolve, reject) => {
        next.once('error', reject);
        next.listen(bound, host, () => {
          next.off('error', reject);
          resolve();
        });
      });
      const address = next.address();
      if (address && typeof address === 'object') bound = address.port;
    },
    async refuse() {
      const last = server;
      server = null;
      const closed = last && new Promise<void>((resolve) => last.close(() => resolve()));
      for (const session of sessions) session.destroy();
      await closed;
    },
    resetDead() {
      for (const session of sessions) if (session.dead()) session.destroy();
    },
    sessions: () => [...sessions].map((session) => ({ user: session.user() })),
  };
}
