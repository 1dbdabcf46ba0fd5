import { createHash } from 'node:crypto';
import { errors } from 'jose';
import type { AppRegistration, DirectoryPerson, EntraOptions, TokenClaims } from './types.ts';
import { EntraError } from './types.ts';
import type { Mint } from './tokens.ts';
import { tokenLifeSeconds } from './tokens.ts';
import { graphAudience, grantedScopes, readScopes } from './scopes.ts';
import type { Sessions } from './sessions.ts';

/** What the grants share. */
export interface GrantContext { options: EntraOptions; mint: Mint; sessions: Sessions; stepUp: ReadonlySet<string> }

type Answer = Record<string, unknown>;

function personOf({ options }: GrantContext, id: string): DirectoryPerson {
  const person = options.people().find((each) => each.id === id);
  if (!person) throw new EntraError('invalid_grant', 50034, 'The user account does not exist in the directory.');
  return person;
}

async function clientCredentials({ options, mint }: GrantContext, client: AppRegistration, form: URLSearchParams): Promise<Answer> {
  const resource = readScopes(form.get('scope') ?? '', options.apps);
  if (!resource || !resource.scopes.includes('.default') || resource.scopes.length > 1) {
    throw new EntraError('invalid_scope', 1002012, `The provided value for scope ${form.get('scope') ?? ''} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`);
  }
  const roles = resource.audience === graphAudience ? (client.roles ?? []) : [];
  const token = await mint.issue({ audience: resource.audience, roles, clientId: client.clientId, version: resource.audience === graphAudience ? 1 : 2 });
  return { token_type: 'Bearer', expires_in: tokenLifeSeconds, ext_expires_in: tokenLifeSeconds, access_token: token };
}

/** Tokens for a person: access token, id_token when `openid` was asked, refresh token when `offline_access` was. */
export async function delegated(context: GrantContext, client: AppRegistration, personId: string, scope: string, nonce: string | null): Promise<Answer> {
  const { options, mint, sessions } = context;
  const person = personOf(context, personId);
  const resource = readScopes(scope, options.apps) ?? { audience: graphAudience, app: null, scopes: [] };
  const scopes = grantedScopes(client, resource);
  const wanted = scope.split(' ');
  const version = resource.audience === graphAudience ? 1 : 2;
  const prefix = resource.app ? `${resource.app.exposes?.uri ?? resource.audience}/` : '';
  return {
    token_type: 'Bearer',
    scope: [...scopes.map((each) => prefix + each), ...wanted.filter((each) => ['openid', 'profile', 'email'].includes(each))].join(' '),
    expires_in: tokenLifeSeconds,
    ext_expires_in: tokenLifeSeconds,
    access_token: await mint.issue({ person: person.id, audience: resource.audience, scopes, clientId: client.clientId, version }),
    ...(wanted.includes('openid') ? { id_token: await mint.identity(person, client.clientId, nonce) } : {}),
    ...(wanted.includes('offline_access') ? { refresh_token: sessions.newRefreshToken({ clientId: client.clientId, personId: person.id, scope }) } : {}),
    client_info: Buffer.from(JSON.stringify({ uid: person.id, utid: options.tenantId })).toString('base64url'),
  };
}

async function onBehalfOf(context: GrantContext, client: AppRegistration, form: URLSearchParams): Promise<Answer> {
  if (form.get('requested_token_use') !== 'on_behalf_of') throw new EntraError('invalid_request', 900144, "The request body must contain the following parameter: 'requested_token_use'.");
  const own = [client.clientId, `api://${client.clientId}`, ...(client.exposes ? [client.exposes.uri] : [])];
  const claims: TokenClaims = await context.mint.verify(form.get('assertion') ?? '', own).catch((cause: unknown) => {
    throw assertionRefused(cause, own);
  });
  if (claims.scp === null) throw new EntraError('invalid_grant', 50027, 'The assertion is not a token of a user.');
  // No window can open here: the app is told what to ask of the person, and has to carry it to them.
  if (context.stepUp.has(claims.oid)) {
    const wanted = JSON.stringify({ access_token: { capolids: { essential: true, values: ['66666666-6666-4666-8666-666666666666'] } } });
    throw new EntraError('interaction_required', 50076, 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.', 400, { suberror: 'basic_action', claims: wanted });
  }
  return delegated(context, client, claims.oid, form.get('scope') ?? '', null);
}

/** Entra tells the reasons apart: for another app, over, or not from here. */
function assertionRefused(cause: unknown, own: readonly string[]): EntraError {
  const claim = cause instanceof errors.JWTExpired ? 'exp' : cause instanceof errors.JWTClaimValidationFailed ? cause.claim : '';
  if (claim === 'aud') return new EntraError('invalid_grant', 500131, `Assertion audience does not match the Client app presenting the assertion. The expected audience is '${own.join("' or '")}'.`);
  if (claim === 'exp' || claim === 'nbf') return new EntraError('invalid_grant', 500133, 'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.');
  return new EntraError('invalid_grant', 50013, `Assertion failed signature validation. [Reason - ${String(cause)}]`);
}

function checkVerifier(challenge: string | null, form: URLSearchParams): void {
  if (challenge === null) return;
  const verifier = form.get('code_verifier') ?? '';
  if (createHash('sha256').update(verifier).digest('base64url') !== challenge) throw new EntraError('invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
}

async function authorizationCode(context: GrantContext, client: AppRegistration, form: URLSearchParams): Promise<Answer> {
  const code = context.sessions.redeem(form.get('code') ?? '');
  if (!code || code.clientId !== client.clientId) throw new EntraError('invalid_grant', 70008, 'The provided authorization code or refresh token has expired or was redeemed before.');
  if (code.redirectUri !== form.get('redirect_uri')) throw new EntraError('invalid_grant', 500112, "The reply address does not match the reply address provided when requesting the authorization code.");
  const isPublic = client.spaRedirectUris?.includes(code.redirectUri) === true || (client.secret === undefined && !client.certificates?.length);
  if (code.challenge === null && isPublic) throw new EntraError('invalid_request', 9002325, 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.');
  checkVerifier(code.challenge, form);
  return delegated(context, client, code.personId, form.get('scope') ?? code.scope, code.nonce);
}

async function refreshToken(context: GrantContext, client: AppRegistration, form: URLSearchParams): Promise<Answer> {
  const session = context.sessions.refresh(form.get('refresh_token') ?? '');
  if (!session || session.clientId !== client.clientId) throw new EntraError('invalid_grant', 70000, 'The provided grant has expired, was revoked or is malformed.');
  return delegated(context, client, session.personId, form.get('scope') ?? session.scope, null);
}

/** The token endpoint's grants, by `grant_type`. */
export const grants: Record<string, (context: GrantContext, client: AppRegistration, form: URLSearchParams) => Promise<Answer>> = {
  client_credentials: clientCredentials,
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': onBehalfOf,
};
