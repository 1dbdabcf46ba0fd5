import { request } from 'node:https';
import { createLabClock } from '../../lab/clock.ts';
import type { TurnableClock } from '../../lab/clock.ts';
import { createEntra, newSigningKey } from '../../lab/entra/index.ts';
import type { AppRegistration, Entra, SigningKey } from '../../lab/entra/index.ts';
import { createExchange } from '../../lab/exchange/index.ts';
import type { Exchange, PersonInput } from '../../lab/exchange/index.ts';
import { createGraph } from '../../lab/graph/index.ts';
import type { GraphOptions, GraphStandIn } from '../../lab/graph/index.ts';
import { listenHttps } from '../../lab/http.ts';
import type { Handler, Listener } from '../../lab/http.ts';
import type { Certificate } from './certificate.ts';
import { localCertificate } from './certificate.ts';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const clientId = '22222222-2222-4222-8222-222222222222';
export const clientSecret = 'lab-secret';
export const ada = 'ada@contoso.test';
export const bob = 'bob@contoso.test';

const people: PersonInput[] = [
  { name: 'Ada Berger', address: ada, timeZone: 'Europe/Berlin' },
  { name: 'Bob Hill', address: bob, timeZone: 'Europe/London' },
  { name: 'Room 1', address: 'room1@contoso.test', timeZone: 'Europe/Berlin', userPurpose: 'room' },
];

export const app: AppRegistration = {
  clientId,
  name: 'Tieline',
  secret: clientSecret,
  roles: ['Calendars.ReadWrite', 'User.Read.All', 'MailboxSettings.ReadWrite', 'Mail.ReadWrite', 'Mail.Send'],
  scopes: ['User.Read', 'Calendars.ReadWrite'],
  exposes: { uri: `api://localhost/${clientId}`, scopes: ['access_as_user'] },
  redirectUris: ['https://localhost/signed-in'],
};

export interface WireReply { status: number; headers: Record<string, string>; text: string; json: unknown }

/** The members of a JSON answer. Throws when it is no object. */
export function members({ json, text }: WireReply): Record<string, unknown> {
  if (typeof json !== 'object' || json === null) throw new Error(`No JSON object: ${text.slice(0, 200)}`);
  return Object.fromEntries(Object.entries(json));
}

/** Mailboxes, directory and Graph on one loopback listener, with a clock that stands still until it is turned. */
export interface LabMail {
  clock: TurnableClock;
  exchange: Exchange;
  entra: Entra;
  graph: GraphStandIn;
  origin: string;
  certificate: Certificate;
  /** A request with an app-only token; `path` behind `/v1.0`, or a whole address. Headers are laid over. */
  call: (method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }) => Promise<WireReply>;
  /** A listener of the test's own, with the same certificate. */
  listen(handler: Handler): Promise<Listener>;
  close(): Promise<void>;
}

/** One request over TLS that trusts the test's certificate. */
export function wire(url: string, { method, body, headers, ca }: { method: string; body: string | undefined; headers: Record<string, string>; ca: string }): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ca }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        const json: unknown = type.includes('json') && text !== '' ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])), text, json });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

let signingKey: Promise<SigningKey> | undefined;

/** Starts the mail side of the lab. `startAt` is an ISO instant. */
export async function startLabMail({ startAt = '2026-03-20T08:00:00Z', graph: graphOptions = {}, apps = [app] }: { startAt?: string; graph?: Partial<GraphOptions>; apps?: AppRegistration[] } = {}): Promise<LabMail> {
  signingKey ??= newSigningKey();
  const [certificate, key] = await Promise.all([localCertificate(), signingKey]);
  const clock = createLabClock({ startAt: Date.parse(startAt), paused: true });
  const exchange = createExchange({ clock, domain: 'contoso.test', people });
  let origin = '';
  const entra = await createEntra({ clock, tenantId, people: () => exchange.people, apps, origin: () => origin, key });
  const graph = createGraph({ clock, exchange, entra, ca: certificate.cert, ...graphOptions });
  const listeners: Listener[] = [await listenHttps([graph.handle, entra.handle], certificate)];
  origin = listeners[0]?.origin ?? '';
  return {
    clock,
    exchange,
    entra,
    graph,
    origin,
    certificate,
    async call(method, path, { body, headers = {} } = {}) {
      const token = await entra.issueToken({ audience: 'https://graph.microsoft.com', roles: app.roles ?? [], clientId, version: 1 });
      const text = body === undefined ? undefined : JSON.stringify(body);
      const own = { authorization: `Bearer ${token}`, ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
      return wire(path.startsWith('https://') ? path : `${origin}/v1.0${path}`, { method, body: text, headers: own, ca: certificate.cert });
    },
    async listen(handler) {
      const listener = await listenHttps([handler], certificate);
      listeners.push(listener);
      return listener;
    },
    async close() {
      clock.stop();
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}
