import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { asteriskVersion, type Exchange } from '../exchange.ts';
import type { Trouble } from '../faults.ts';
import { type AriAnswer, type AriRoute, message } from './route.ts';
import { type AriUser, findUser } from './users.ts';

export interface AriServer {
  /** 0 until it listens. */
  readonly port: number;
  listen(): Promise<void>;
  /** Cuts every connection and listens no more. */
  refuse(): Promise<void>;
}

/** What Asterisk says about itself. */
export const infoRoute: AriRoute = ({ method, parts, query }) => {
  if (method !== 'GET' || parts.join('/') !== 'asterisk/info') return null;
  const system = { version: asteriskVersion, entity_id: '02:00:00:00:00:01' };
  return { status: 200, json: query.get('only') === 'system' ? { system } : { system, build: {}, config: {}, status: {} } };
};

/** Asterisk's HTTP server with ARI below /ari, on loopback. Bodies, headers and refusals as 22.10.1 gave them. */
export function createAriServer({ exchange, users, routes, trouble }: { exchange: Exchange; users: readonly AriUser[]; routes: readonly AriRoute[]; trouble: Trouble }, { host, port }: { host: string; port: number }): AriServer {
  let server: Server | null = null;
  let bound = port;

  async function decide(request: IncomingMessage): Promise<AriAnswer> {
    const url = new URL(request.url ?? '/', 'http://lab');
    const user = findUser(users, request.headers.authorization, url.searchParams);
    if (!user || trouble.permissionRefused) return message(401, 'Authentication required');
    const method = request.method ?? 'GET';
    if (user.readOnly && method !== 'GET') return message(403, 'Write access denied');
    if (!url.pathname.startsWith('/ari/') || !exchange.boot.loaded()) return message(404, 'Resource not found');
    const parts = url.pathname.slice('/ari/'.length).split('/').map(decodeURIComponent);
    for (const route of routes) {
      const answer = await route({ method, parts, query: url.searchParams, exchange });
      if (answer) return answer;
    }
    return message(404, 'Resource not found');
  }

  function send(response: ServerResponse, answer: AriAnswer): void {
    const common = { server: `Asterisk/${asteriskVersion}`, 'cache-control': 'no-cache, no-store' };
    if (!('json' in answer) && !('bytes' in answer)) {
      response.writeHead(204, common);
      response.end();
      return;
    }
    const body = 'json' in answer ? Buffer.from(JSON.stringify(answer.json), 'utf8') : answer.bytes;
    const refused = answer.status === 401 ? { 'www-authenticate': 'Basic realm="Asterisk REST Interface"' } : {};
    response.writeHead(answer.status, { ...common, ...refused, 'content-type': 'json' in answer ? 'application/json' : answer.contentType, 'content-length': body.length });
    response.end(body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Half open: it takes connections and never answers.
    if (trouble.halfOpen) return;
    if (trouble.slowMs > 0) await exchange.clock.sleep(trouble.slowMs);
    send(response, await decide(request));
  }

  return {
    get port() {
      return server ? bound : 0;
    },
    async listen() {
      if (server) return;
      const next = createServer((request, response) => void handle(request, response));
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
      if (!last) return;
      const closed = new Promise<void>((resolve) => last.close(() => resolve()));
      last.closeAllConnections();
      await closed;
    },
  };
}
