/**
 * A stand-in of Microsoft Entra ID for one tenant: discovery, keys, token endpoint, and a sign-in page that lists the lab's people. Keys are made at
 * start and never stored. It may share a listener with other stand-ins: it answers only `/common/…`, `/organizations/…` and `/<tenant>/…`.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EntraOptions, TokenClaims, TokenRequest } from './types.ts';
import { EntraError } from './types.ts';
import type { GrantContext } from './grants.ts';
import { delegated, grants } from './grants.ts';
import { authenticateClient } from './client-auth.ts';
import { authorize } from './authorize.ts';
import { newSigningKey } from './keys.ts';
import { createMint } from './tokens.ts';
import { createSessions } from './sessions.ts';
import { instanceDiscovery, openIdConfiguration } from './metadata.ts';
import { readBody, sendJson } from '../http.ts';
import type { Handler } from '../http.ts';

export type { AppRegistration, DirectoryPerson, EntraOptions, TokenClaims, TokenRequest } from './types.ts';
export type { SigningKey } from './keys.ts';
export { newSigningKey } from './keys.ts';
export { graphAudience } from './scopes.ts';

export interface Entra {
  readonly tenantId: string;
  /** Issuer of version 2 tokens. */
  readonly issuer: string;
  handle: Handler;
  /** A token without any sign-in: for the Outlook page's getAccessToken, and for tests that need a bad one. */
  issueToken(request: TokenRequest): Promise<string>;
  /**
   * What a broker that holds a person's session gets for an app in one of its pages (nested app authentication): answer of the token endpoint, without a request to it.
   * `origin` is the page's. Throws EntraError, whose `error` a broker tells its page.
   */
  broker(person: string, asked: { clientId: string; scope: string; origin: string }): Promise<BrokeredTokens>;
  /** Claims of a good token for one of `audiences`; throws on any other. */
  verify(token: string, audiences: string[]): Promise<TokenClaims>;
  /** Every answer of the token endpoint is 503 while this is true. */
  isDown: boolean;
  /** Every answer of the token endpoint is 429 with this Retry-After, seconds; null when it is not throttled. */
  throttledFor: number | null;
  /** Object ids of people for whom conditional access asks for a second step, which an app that acts for them cannot do. */
  readonly stepUp: Set<string>;
  /** How often the token endpoint was asked, by grant type. */
  readonly tokenRequests: ReadonlyMap<string, number>;
}

/** What a broker hands to a page: an answer of the token endpoint, and whose it is. */
export interface BrokeredTokens { token: Record<string, unknown>; account: { homeAccountId: string; environment: string; tenantId: string; localAccountId: string; username: string; name: string } }

/** A browser of any origin may read discovery and redeem codes, as with Entra's single-page apps. */
const openToAll = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': 'GET, POST, OPTIONS' };

export async function createEntra(options: EntraOptions): Promise<Entra> {
  const key = options.key ?? (await newSigningKey());
  const mint = createMint(options, key);
  const stepUp = new Set<string>();
  const context: GrantContext = { options, mint, sessions: createSessions(options.clock), stepUp };
  const tokenRequests = new Map<string, number>();
  const { tenantId, origin, clock } = options;

  function refuse(response: ServerResponse, { status, error, code, message, more }: EntraError, correlationId: string): void {
    const traceId = randomUUID();
    const timestamp = new Date(clock.now()).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
    const description = `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
    sendJson(response, status, { error, error_description: description, error_codes: [code], timestamp, trace_id: traceId, correlation_id: correlationId, error_uri: `${origin()}/error?code=${code}`, ...more }, openToAll);
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request));
    const correlationId = form.get('client-request-id') ?? randomUUID();
    const grantType = form.get('grant_type') ?? '';
    tokenRequests.set(grantType, (tokenRequests.get(grantType) ?? 0) + 1);
    if (entra.isDown) return sendJson(response, 503, { error: 'temporarily_unavailable', error_description: 'AADSTS90033: A transient error has occurred. Please try again.', error_codes: [90033] }, openToAll);
    if (entra.throttledFor !== null) return sendJson(response, 429, { error: 'temporarily_unavailable', error_description: 'AADSTS90055: There are too many incoming requests.', error_codes: [90055] }, { ...openToAll, 'retry-after': String(entra.throttledFor) });
    try {
      const grant = grants[grantType];
      if (!grant) throw new EntraError('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grantType}'.`);
      const client = await authenticateClient(options.apps, form, `${origin()}/${tenantId}/oauth2/v2.0/token`, clock.now(), request.headers.origin !== undefined);
      sendJson(response, 200, await grant(context, client, form), { ...openToAll, 'cache-control': 'no-store', pragma: 'no-cache' });
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      refuse(response, error, correlationId);
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://stand-in');
    const [, tenant = '', ...rest] = pathname.split('/');
    const path = rest.join('/').toLowerCase();
    const isShared = tenant === 'common' || tenant === 'organizations';
    const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant);
    if (!isShared && !isGuid) return false;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, openToAll);
      response.end();
    } else if (isGuid && tenant.toLowerCase() !== tenantId) refuse(response, new EntraError('invalid_tenant', 90002, `Tenant '${tenant}' not found.`), randomUUID());
    else if (path === 'discovery/instance') sendJson(response, 200, instanceDiscovery(origin(), tenantId), openToAll);
    else if (path === 'v2.0/.well-known/openid-configuration') sendJson(response, 200, openIdConfiguration(origin(), tenantId), openToAll);
    else if (path === 'discovery/v2.0/keys') sendJson(response, 200, { keys: [{ ...key.jwk, issuer: `${origin()}/${tenantId}/v2.0` }] }, openToAll);
    else if (path === 'oauth2/v2.0/authorize') authorize(context, request.method === 'POST' ? new URLSearchParams(await readBody(request)) : searchParams, response);
    else if (path === 'oauth2/v2.0/token' && request.method === 'POST') await token(request, response);
    else if (path === 'oauth2/v2.0/logout') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('You signed out of the lab.');
    } else return false;
    return true;
  }

  async function broker(address: string, { clientId, scope, origin: page }: { clientId: string; scope: string; origin: string }): Promise<BrokeredTokens> {
    const app = options.apps.find((each) => each.clientId === clientId);
    if (!app) throw new EntraError('unauthorized_client', 700016, `Application with identifier '${clientId}' was not found in the directory.`);
    // Trusted for nested app authentication are only origins whose broker address is registered.
    if (!app.spaRedirectUris?.includes(`brk-multihub://${new URL(page).host}`)) throw new EntraError('untrusted_origin', 700054, 'The origin is not valid for Nested App Auth.');
    const person = options.people().find((each) => each.address.toLowerCase() === address.toLowerCase());
    if (!person) throw new EntraError('invalid_grant', 50034, 'The user account does not exist in the directory.');
    if (stepUp.has(person.id)) throw new EntraError('interaction_required', 50076, 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.');
    const token = await delegated(context, app, person.id, `${scope} openid profile`, null);
    return { token, account: { homeAccountId: `${person.id}.${tenantId}`, environment: new URL(origin()).host, tenantId, localAccountId: person.id, username: person.address, name: person.name } };
  }

  const entra: Entra = {
    broker,
    tenantId,
    get issuer() {
      return `${origin()}/${tenantId}/v2.0`;
    },
    handle,
    issueToken: mint.issue,
    verify: mint.verify,
    isDown: false,
    throttledFor: null,
    stepUp,
    tokenRequests,
  };
  return entra;
}
