/**
 * The lab's one origin: everything that a visitor's browser sees comes from `https://localhost:PORT`, so one certificate warning is all there is (outlook-host.md §1).
 * The lab's own pages are answered here, the rest goes to Tieline's server, in whose pages only the address of office.js is rewritten.
 */
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { LabClock } from './clock.ts';

/** Answers a request and says true, or says false. */
export type Route = (req: IncomingMessage, res: ServerResponse) => boolean;

export interface GatewayOptions {
  clock: LabClock;
  port: number;
  tls: { key: string; cert: string };
  /** Asked in this order before the server is. */
  routes: readonly Route[];
  /** Where Tieline's server listens, `http://127.0.0.1:PORT`; null while it is down. */
  upstream(): string | null;
  /** Rewrites the server's HTML pages and its manifest on the way out. */
  rewrite(path: string, text: string): string;
}

/** What can go wrong between the add-in and the server. */
export interface GatewayFaults {
  /** The add-in reaches nobody, and what it has open is cut. */
  offline: boolean;
  /** Every answer takes this much longer, ms. */
  slowMs: number;
  /** The send handler's request is taken and never answered. */
  sendHangs: boolean;
}

export interface Gateway {
  origin: string;
  faults: GatewayFaults;
  close(): Promise<void>;
}

/** Opens the gateway on 127.0.0.1. Port 0 takes a free one. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const open = new Set<ServerResponse>();
  let isOffline = false;
  const faults: GatewayFaults = {
    get offline() {
      return isOffline;
    },
    set offline(on) {
      isOffline = on;
      if (on) for (const each of open) each.destroy();
    },
    slowMs: 0, sendHangs: false,
  };
  const server = createServer(options.tls, (req, res) => {
    // A page of another name must not talk to the lab, even when that name points to this machine.
    if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(req.headers.host ?? '')) return void res.writeHead(421).end('The lab answers to localhost only.\n');
    if (options.routes.some((route) => route(req, res))) return;
    void forward(req, res, options, { faults, open });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** `open`: answers to the add-in that have not ended. */
async function forward(req: IncomingMessage, res: ServerResponse, options: GatewayOptions, { faults, open }: { faults: GatewayFaults; open: Set<ServerResponse> }): Promise<void> {
  const path = (req.url ?? '/').split('?')[0] ?? '/';
  const isAddins = isFromAddin(req, path);
  if (isAddins && faults.offline) return void req.socket.destroy();
  if (isAddins) {
    open.add(res);
    res.on('close', () => open.delete(res));
  }
  if (isAddins && faults.slowMs > 0) await options.clock.sleep(faults.slowMs);
  if (res.destroyed) return;
  if (isAddins && faults.sendHangs && req.method === 'PUT') return void req.resume();
  const upstream = options.upstream();
  if (upstream === null) return away(res);
  const to = new URL(upstream);
  const headers = { ...req.headers, 'accept-encoding': 'identity', 'x-forwarded-for': req.socket.remoteAddress ?? '', 'x-forwarded-proto': 'https' };
  const passed = request({ host: to.hostname, port: to.port, method: req.method, path: req.url, headers }, (answer) => {
    const type = answer.headers['content-type'] ?? '';
    if (/html|xml/.test(type)) return void rewritten(answer, res, (text) => options.rewrite(path, text));
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  passed.on('error', () => away(res));
  res.on('close', () => passed.destroy());
  req.pipe(passed);
}

/** Requests of panes, commands and launch events; the lab's own page looks on from outside and is not cut off by its own faults. The add-in's pages may be told to name themselves to nobody, the lab's do. */
function isFromAddin(req: IncomingMessage, path: string): boolean {
  return path.startsWith('/api/') && !/^https:\/\/[^/]+\/(?:\?|$|lab\b)/.test(req.headers.referer ?? '');
}

async function rewritten(answer: IncomingMessage, res: ServerResponse, rewrite: (text: string) => string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = rewrite(Buffer.concat(chunks).toString());
  const { 'content-length': _length, 'transfer-encoding': _encoding, etag: _etag, ...headers } = answer.headers;
  res.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(text) });
  res.end(text);
}

function away(res: ServerResponse): void {
  if (res.headersSent) return void res.destroy();
  res.writeHead(503, { 'content-type': 'application/problem+json' });
  res.end(JSON.stringify({ type: 'about:blank', title: 'The server is down', status: 503, code: 'server-down', remedy: 'Wait a moment: the lab starts it again.', correlationId: '' }));
}
