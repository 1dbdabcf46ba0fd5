import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { TheirError, UserError } from '../../domain/errors.ts';
import { plainName } from '../../domain/plain-text.ts';
import type { Clock } from '../../ports/clock.ts';
import { trustingFetch } from './trusting-fetch.ts';

/** One Entra tenant whose tokens are taken. */
export interface SignInTenant {
  id: string;
  audience: string;
  issuer: string;
  jwksUri: string;
}

export interface SignInSettings {
  tenants: readonly SignInTenant[];
  /** Scope that a token must carry. */
  scope: string;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca: string | undefined;
}

/** What a checked token says about its person. */
export interface Identity {
  entraTenant: string;
  objectId: string;
  name: string;
  /** As the token says it: shown, never a key. */
  address: string;
  roles: string[];
  /** Groups of its person; null when there are too many to stand in a token. */
  groups: string[] | null;
  /** End of the token, epoch ms, UTC. */
  expiresAt: number;
}

/** Machines' clocks differ; Microsoft's own libraries allow five minutes, one is enough for machines with NTP. */
const clockTolerance = 60;
const keysMs = 5_000;
/** Entra rolls its keys about every six weeks, and publishes new ones before it signs with them. */
const keyCacheMs = 60 * 60_000;

/** Makes the check of access tokens: signature, algorithm, issuer, audience, tenant, times, scope. */
export function createTokenVerifier({ tenants, scope, ca }: SignInSettings, clock: Clock): (token: string) => Promise<Identity> {
  const keys = new Map<string, JWTVerifyGetKey>(tenants.map((tenant) => [tenant.id, keySet(tenant, ca)]));

  return async (token) => {
    const tenant = tenants.find((each) => each.id === claimedTenant(token));
    const getKey = tenant && keys.get(tenant.id);
    if (!tenant || !getKey) throw refused('The account belongs to an organisation that may not sign in here.', 'Choose your work account, or ask an administrator to list your organisation.');
    const payload = await verify(token, getKey, tenant, clock);
    if (payload['tid'] !== tenant.id) throw refused('The token is of another organisation.');
    const scopes = text(payload['scp']).split(' ');
    if (!scopes.includes(scope)) throw refused('The token is not meant for what Tieline does.', `The app registration must expose the scope ${scope}, and the add-in must ask for it.`);
    const objectId = text(payload['oid']);
    if (objectId === '') throw refused('The token names no person.');
    return {
      entraTenant: tenant.id,
      objectId,
      name: plainName(text(payload['name'])),
      address: text(payload['preferred_username']) || text(payload['upn']) || text(payload['email']),
      roles: Array.isArray(payload['roles']) ? payload['roles'].map(String) : [],
      groups: groupsOf(payload),
      expiresAt: (payload.exp ?? 0) * 1000,
    };
  };
}

async function verify(token: string, getKey: JWTVerifyGetKey, tenant: SignInTenant, clock: Clock): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, getKey, {
      algorithms: ['RS256'],
      issuer: tenant.issuer,
      audience: tenant.audience,
      currentDate: new Date(clock.now()),
      clockTolerance,
      requiredClaims: ['exp', 'tid', 'oid'],
    });
    return payload;
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return refused('The sign-in has expired.', 'Sign in again.', error);
  if (error instanceof errors.JWTClaimValidationFailed) return refused(`The token was made for something else (${error.claim}).`, undefined, error);
  const isTheirs = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
  if (isTheirs) return new TheirError('entra', 'no-answer', 'the keys of the sign-in cannot be had', { cause: error, remedy: 'Check that this server reaches signIn.tenants[].jwksUri.' });
  return refused('The token is not valid.', undefined, error);
}

/** Entra names at most 200 groups; of somebody with more it says only that there are (`_claim_names`, `hasgroups`). */
function groupsOf(payload: JWTPayload): string[] | null {
  const names = payload['_claim_names'];
  if (payload['hasgroups'] === true || (typeof names === 'object' && names !== null && 'groups' in names)) return null;
  return Array.isArray(payload['groups']) ? payload['groups'].map(String) : [];
}

function refused(message: string, remedy = 'Sign in again.', cause?: unknown): UserError {
  return new UserError(401, { code: 'sign-in-refused', message, remedy }, cause);
}

/** Not checked yet: only says whose keys to check with. */
function claimedTenant(token: string): string {
  try {
    return text(decodeJwt(token)['tid']);
  } catch (error) {
    throw refused('The token cannot be read.', undefined, error);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function keySet(tenant: SignInTenant, ca: string | undefined): JWTVerifyGetKey {
  const ask = trustingFetch(ca);
  return createRemoteJWKSet(new URL(tenant.jwksUri), {
    timeoutDuration: keysMs,
    cacheMaxAge: keyCacheMs,
    [customFetch]: async (url, { headers, method, redirect, signal }) => ask(url, { headers, method, redirect, signal }),
  });
}
