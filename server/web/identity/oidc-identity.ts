import { UserError } from '../../domain/errors.ts';
import { plainName } from '../../domain/plain-text.ts';

/** Somebody whom an OpenID provider has vouched for in a browser. */
export interface WebIdentity {
  /** Id of the provider in the configuration. */
  provider: string;
  issuer: string;
  subject: string;
  /** Set for Entra: the same person as in Outlook, known there by these two. */
  entra: { tenantId: string; objectId: string } | null;
  name: string;
  /** Shown, never a key: whoever runs a provider can write anything there. */
  address: string;
  roles: string[];
  /** Ids of Entra groups that it named; null when it said nothing of them, for which an ID token often has no claim. */
  groups: string[] | null;
}

/** Gives a role to whoever carries this value in this claim; to everybody of the provider when there is no claim. */
export interface RoleRule {
  role: string;
  claim?: string | undefined;
  value?: string | undefined;
}

export interface IdentityRules {
  provider: string;
  roles: readonly RoleRule[];
  /** Entra tenants whose people may sign in, with the issuer of their tokens. */
  tenants: readonly { id: string; issuer: string }[];
}

/** Roles that Entra's app roles may give, as with access tokens. */
const appRoles = ['operator', 'administrator', 'auditor'];

/**
 * Who a checked ID token names, and what they may do here. Deny by default: whoever gets no role is nobody.
 * @throws UserError 403
 */
export function identityFrom(claims: Readonly<Record<string, unknown>>, { provider, roles, tenants }: IdentityRules): WebIdentity {
  const issuer = text(claims['iss']);
  const tenantId = text(claims['tid']);
  const tenant = tenants.find((each) => each.issuer === issuer && each.id === tenantId);
  if (tenantId !== '' && !tenant) throw notHere('The account belongs to an organisation that may not sign in here.');
  const objectId = text(claims['oid']);
  if (tenant && objectId === '') throw notHere('The sign-in names no person.');
  const given = roles.filter((rule) => fits(rule, claims)).map((rule) => rule.role);
  if (tenant) given.push('user', ...list(claims['roles']).filter((role) => appRoles.includes(role)));
  if (given.length === 0) throw notHere('You are known there, but nobody has given you a role here.');
  return {
    provider, issuer, subject: text(claims['sub']),
    entra: tenant ? { tenantId: tenant.id, objectId } : null,
    name: plainName(text(claims['name'])) || text(claims['preferred_username']) || text(claims['email']),
    address: text(claims['email']) || (tenant ? text(claims['preferred_username']) : ''),
    roles: [...new Set(given)],
    groups: tenant && Array.isArray(claims['groups']) ? list(claims['groups']) : null,
  };
}

function fits({ claim, value }: RoleRule, claims: Readonly<Record<string, unknown>>): boolean {
  if (claim === undefined) return true;
  // Claims may carry dots in their names (URLs), and may lie inside others (Keycloak's realm_access.roles): the whole name first.
  const found = claim in claims ? claims[claim] : claim.split('.').reduce<unknown>(inside, claims);
  return list(found).includes(value ?? 'true');
}

function inside(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
}

function list(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return typeof value === 'string' || typeof value === 'boolean' ? [String(value)] : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function notHere(message: string): UserError {
  return new UserError(403, { code: 'sign-in-refused', message, remedy: 'Choose another account, or ask an administrator to let you in (signIn.providers[].roles).' });
}
