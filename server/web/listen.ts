import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { RequestListener } from 'node:http';
import { UserError } from '../domain/errors.ts';

export interface Listener {
  /** The port that was taken. */
  port: number;
  /** Takes no new requests, lets the running ones finish for a moment, then cuts. */
  close(): Promise<void>;
}

/** Certificate and key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** A request must have been sent completely within this; slower ones are attacks or broken. */
const requestMs = 30_000;
const headersMs = 10_000;

/** Listens with http, or https when there is a certificate. Throws UserError when the port cannot be had. */
export async function listen(handler: RequestListener, { host, port, certificate }: { host: string; port: number; certificate: Certificate | undefined }): Promise<Listener> {
  const server: Server = certificate ? createSecureServer({ ...certificate, minVersion: 'TLSv1.2' }, handler) : createServer(handler);
  server.requestTimeout = requestMs;
  server.headersTimeout = headersMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const problem = { code: 'cannot-listen', message: `cannot listen on ${host}:${port}: ${cause.message}`, remedy: 'Stop the program that has the port, or choose another one (listen.port; PORT with npm start).', field: 'listen.port' };
      reject(new UserError(500, problem, cause));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Whatever is still running belongs to clients that will ask again.
        setImmediate(() => server.closeAllConnections());
      }),
  };
}
