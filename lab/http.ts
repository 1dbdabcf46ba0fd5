/** What the lab's HTTPS stand-ins share: a listener on loopback, reading a body, writing an answer. */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request; false when the path is not its own, so that several stand-ins can share one listener. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface Listener { origin: string; port: number; close(): Promise<void> }

/** Certificate and key in PEM, for `host`. */
export interface TlsOptions { cert: string; key: string }

/**
 * Listens on 127.0.0.1 with TLS; `port` 0 takes a free one. `host` is the name in the origin (it has to resolve to loopback and stand in the certificate).
 * Handlers are asked in order; with none willing the answer is 404.
 */
export async function listenHttps(handlers: Handler[], { cert, key, port = 0, host = 'localhost' }: TlsOptions & { port?: number; host?: string }): Promise<Listener> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const handler of handlers) if (await handler(request, response)) return;
      sendJson(response, 404, { error: { code: 'NotFound', message: 'Nothing stands here.' } });
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { code: 'generalException', message: String(error) } });
    }
  }
  const server = createServer({ cert, key, keepAlive: true }, (request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    port: taken,
    origin: `https://${host}:${taken}`,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** Longest body that a stand-in reads: Graph refuses requests above 4 MB. */
const longestBody = 4 * 1024 * 1024;

/** The body; null when it is longer than `most`, and then the rest is not read. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as text. Throws when it is longer than 4 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const bytes = await readBytes(request, longestBody);
  if (!bytes) throw new Error('The request body is longer than 4 MB.');
  return bytes.toString('utf8');
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(html);
}

/** The text made safe for an HTML page or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
