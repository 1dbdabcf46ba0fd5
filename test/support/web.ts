/** The server's web/ on loopback with everything behind it replaced by a few lines, and an Entra that signs what a test wants. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type GenerateKeyPairResult, type JWTPayload } from 'jose';
import { z } from 'zod';
import { endpoint, type Caller, type Handlers } from '../../contract/endpoint.ts';
import type { Door } from '../../server/ports/door.ts';
import { systemClock, type Clock } from '../../server/ports/clock.ts';
import { silent, type Log } from '../../server/ports/log.ts';
import { createApp } from '../../server/web/app.ts';
import { bind } from '../../server/web/endpoints.ts';
import { listen } from '../../server/web/listen.ts';
import { createMetrics } from '../../server/web/metrics.ts';
import type { WebSession, WebSessions } from '../../server/web/identity/session.ts';
import type { KnownPerson, WebParts, WebSettings } from '../../server/web/settings.ts';
import { createTokenVerifier } from '../../server/web/identity/entra-token.ts';

export const tenantId = '11111111-2222-4333-8444-555555555555';
export const audience = 'tieline-client';
export const anna = { oid: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Anna Berger', preferred_username: 'anna@example.com' };

/** Made once per process: it takes half a second. */
let pairs: Promise<[GenerateKeyPairResult, GenerateKeyPairResult]> | undefined;

/** A stand-in for the keys of a tenant, and tokens signed with them. */
export async function openAuthority(clock: Clock) {
  pairs ??= Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const [own, other] = await pairs;
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let isAway = false;
  const server = createServer((_request, response) => {
    if (isAway) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const issuer = `${origin}/${tenantId}/v2.0`;

  /** A good token of Anna's, but for what `change` says; undefined takes a claim away. */
  async function token(change: JWTPayload = {}, { key = own.privateKey, alg = 'RS256' } = {}): Promise<string> {
    const now = Math.floor(clock.now() / 1000);
    const claims = { aud: audience, iss: issuer, tid: tenantId, iat: now, nbf: now, exp: now + 3600, scp: 'access_as_user', ...anna, ...change };
    return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))).setProtectedHeader({ alg, kid: 'one' }).sign(key);
  }

  return {
    token,
    foreignKey: other.privateKey,
    tenant: { id: tenantId, audience, issuer, jwksUri: `${origin}/keys` },
    goAway: () => void (isAway = true),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A small contract with one endpoint of each sort. */
export const noteApi = {
  read: endpoint({
    route: { method: 'GET', path: '/api/v1/notes/:id', who: ['user', 'ticket'] }, summary: 'One note', kind: 'read',
    params: z.object({ id: z.string().max(8) }), query: z.object({ size: z.coerce.number().int().default(1) }), body: z.object({}),
    response: z.object({ id: z.string(), size: z.number(), person: z.string().nullable(), language: z.string() }),
  }),
  write: endpoint({
    route: { method: 'POST', path: '/api/v1/notes', who: ['user'] }, summary: 'A new note', kind: 'change',
    params: z.object({}), query: z.object({}), body: z.object({ text: z.string().min(1), place: z.object({ floor: z.number() }).optional() }),
    response: z.object({ id: z.string() }),
  }),
  audit: endpoint({
    route: { method: 'GET', path: '/api/v1/audit', who: ['auditor'] }, summary: 'For auditors', kind: 'read',
    params: z.object({}), query: z.object({}), body: z.object({}), response: z.object({ ok: z.boolean() }),
  }),
};

export type NoteHandlers = Handlers<typeof noteApi>;

export interface WebChanges {
  clock?: Clock;
  log?: Log;
  settings?: Partial<WebSettings>;
  handlers?: Partial<NoteHandlers>;
  doors?: { instance: string; door: Door }[];
  parts?: Partial<WebParts>;
}

/** Sessions in memory, ended only by hand or by time. */
export function memorySessions(clock: Clock, lifeMs = 12 * 3_600_000): WebSessions & { ids: string[] } {
  const kept = new Map<string, WebSession>();
  return {
    get ids() {
      return [...kept.keys()];
    },
    async begin(who) {
      const id = randomBytes(32).toString('base64url');
      kept.set(id, { ...who, endsAt: clock.now() + lifeMs });
      return id;
    },
    async find(id) {
      const session = kept.get(id);
      return session && session.endsAt > clock.now() ? session : null;
    },
    async end(id) {
      kept.delete(id);
    },
  };
}

/** Opens web/ with `change` laid over harmless defaults. */
export async function openWeb({ clock = systemClock(), log = silent, settings = {}, handlers = {}, doors = [], parts = {} }: WebChanges = {}) {
  const authority = await openAuthority(clock);
  const callers: Caller[] = [];
  const listeners = new Set<(announcement: { tenantId: string; topic: string | null }) => void>();
  const noted: NoteHandlers = {
    async read({ params, query }, caller) {
      callers.push(caller);
      return { id: params.id, size: query.size, person: caller.personId, language: caller.language };
    },
    async write() {
      return { id: 'new' };
    },
    async audit() {
      return { ok: true };
    },
    ...handlers,
  };
  const metrics = createMetrics(() => []);
  const web = createApp(
    {
      settings: {
        publicUrl: 'https://tieline.example.com', organisation: 'Test', providers: [], ca: undefined, serves: { people: true, hooks: true }, proxies: [], insiders: ['127.0.0.0/8'],
        addin: { folder: '/nowhere', origin: undefined, officeHosts: [], authorities: [], clientId: null }, requestsPerMinute: 1000, version: '0.0.0', ...settings,
      },
      clock, log, endpoints: bind(noteApi, noted), bytes: [], pages: [], doors,
      verifyToken: createTokenVerifier({ tenants: [authority.tenant], scope: 'access_as_user', ca: undefined }, clock),
      personFor: async (identity): Promise<KnownPerson> => ({ tenantId: 'default', personId: `person of ${identity.objectId}` }),
      exchangePersonFor: async ({ exchangeAccount }) => ({ tenantId: 'default', person: { personId: `person of ${exchangeAccount}`, name: '', address: '' } }),
      webPersonFor: async (identity): Promise<KnownPerson> => ({ tenantId: 'default', personId: `person of ${identity.subject}` }),
      sessions: memorySessions(clock),
      verifyTicket: async (value) => (value === 'good' ? { tenantId: 'default', conferenceId: 'n1', personId: 'p' } : null),
      snapshot: async () => undefined,
      onAnnouncement(fn) {
        listeners.add(fn);
        return () => listeners.delete(fn);
      },
      pingStore: async () => undefined, connectors: () => [], ...parts,
    },
    metrics,
  );
  const listener = await listen(web.app, { host: '127.0.0.1', port: 0, certificate: undefined });
  const origin = `http://127.0.0.1:${listener.port}`;
  return {
    origin, authority, callers,
    announce: (topic: string | null, tenant = 'default') => listeners.forEach((fn) => fn({ tenantId: tenant, topic })),
    async get(path: string, headers: Record<string, string> = {}) {
      return fetch(`${origin}${path}`, { headers });
    },
    async post(path: string, body: unknown, headers: Record<string, string> = {}) {
      return fetch(`${origin}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
    },
    /** Headers of somebody who is signed in. */
    as: async (change: JWTPayload = {}) => ({ authorization: `Bearer ${await authority.token(change)}` }),
    async close() {
      web.stop();
      await listener.close();
      await authority.close();
    },
  };
}

export type Web = Awaited<ReturnType<typeof openWeb>>;

/** An answer's body as the test expects it. */
export async function jsonOf<Body>(answer: Response): Promise<Body> {
  return (await answer.json()) as Body;
}
