import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { DirectoryPerson, EntraOptions, TokenClaims, TokenRequest } from './types.ts';
import { newSigningKey } from './keys.ts';
import type { SigningKey } from './keys.ts';

/** Entra's access tokens live 60 to 90 minutes; this one 60 (`expires_in` 3599, as it says). */
export const tokenLifeSeconds = 3599;

export interface Mint {
  issue: (request: TokenRequest) => Promise<string>;
  /** An OpenID Connect id_token for a sign-in. */
  identity(person: DirectoryPerson, clientId: string, nonce: string | null): Promise<string>;
  /** Claims of a token signed by our keys, in time, meant for one of `audiences`. Throws when it is not. */
  verify: (token: string, audiences: string[]) => Promise<TokenClaims>;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The object id of an app's service principal: derived from its client id. */
function servicePrincipalId(clientId: string): string {
  return createHash('sha256').update(`sp ${clientId}`).digest('hex').slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

function personClaims(person: DirectoryPerson): Record<string, unknown> {
  return { oid: person.id, name: person.name, preferred_username: person.address, upn: person.address, sub: createHash('sha256').update(person.id).digest('base64url') };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readClaims({ aud, iss, exp = 0, ...rest }: JWTPayload): TokenClaims {
  const roles = Array.isArray(rest['roles']) ? rest['roles'].map(String) : [];
  return {
    aud: String(aud), iss: iss ?? '', exp, tid: text(rest['tid']) ?? '', oid: text(rest['oid']) ?? '', roles,
    scp: text(rest['scp']) ?? null, clientId: text(rest['appid']) ?? text(rest['azp']) ?? '', isApp: rest['idtyp'] === 'app',
  };
}

export function createMint({ clock, tenantId, people, origin }: EntraOptions, key: SigningKey): Mint {
  let foreignKey: Promise<SigningKey> | undefined;

  function find(idOrAddress: string): DirectoryPerson | undefined {
    return people().find(({ id, address }) => id === idOrAddress || address.toLowerCase() === idOrAddress.toLowerCase());
  }

  function issuer(tid: string, version: 1 | 2): string {
    return version === 1 ? `https://sts.windows.net/${tid}/` : `${origin()}/${tid}/v2.0`;
  }

  /** A foreign signature names our key and is made with another one, so that only the signature tells. */
  async function sign(claims: Record<string, unknown>, isForeign: boolean): Promise<string> {
    if (isForeign) foreignKey ??= newSigningKey();
    const signer = isForeign && foreignKey ? await foreignKey : key;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid }).sign(signer.privateKey);
  }

  function issue(request: TokenRequest): Promise<string> {
    const { audience, scopes, roles, clientId = '', version = 2 } = request;
    const tid = request.tenantId ?? tenantId;
    const issuedAt = request.issuedAt ?? clock.now();
    const person = request.person === undefined ? undefined : find(request.person);
    if (request.person !== undefined && !person) throw new Error(`No such person: ${request.person}`);
    const servicePrincipal = servicePrincipalId(clientId);
    const claims = {
      aud: audience, iss: request.issuer ?? issuer(tid, version), tid, iat: seconds(issuedAt), nbf: seconds(issuedAt),
      exp: seconds(request.expiresAt ?? issuedAt + tokenLifeSeconds * 1000), ver: `${version}.0`, uti: randomUUID(),
      ...(version === 1 ? { appid: clientId } : { azp: clientId }),
      ...(person ? personClaims(person) : { oid: servicePrincipal, sub: servicePrincipal, idtyp: 'app' }),
      ...(scopes ? { scp: scopes.join(' ') } : {}),
      // An app without application permissions gets a token without the claim (Exchange RBAC for Applications does not show in tokens).
      ...(roles && roles.length > 0 ? { roles } : {}),
      ...request.claims,
    };
    return sign(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)), request.foreignKey ?? false);
  }

  function identity(person: DirectoryPerson, clientId: string, nonce: string | null): Promise<string> {
    const now = seconds(clock.now());
    const claims = { aud: clientId, iss: issuer(tenantId, 2), tid: tenantId, iat: now, nbf: now, exp: now + tokenLifeSeconds, ver: '2.0', ...personClaims(person) };
    return sign(nonce === null ? claims : { ...claims, nonce }, false);
  }

  async function verify(token: string, audiences: string[]): Promise<TokenClaims> {
    const { payload } = await jwtVerify(token, key.publicKey, { algorithms: ['RS256'], audience: audiences, currentDate: new Date(clock.now()) });
    if (payload['tid'] !== tenantId) throw new Error('The token is of another tenant.');
    if (payload.iss !== issuer(tenantId, 1) && payload.iss !== issuer(tenantId, 2)) throw new Error('The token is of another issuer.');
    return readClaims(payload);
  }

  return { issue, identity, verify };
}
