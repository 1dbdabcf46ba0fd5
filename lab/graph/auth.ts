import type { Person } from '../exchange/index.ts';
import type { Entra, TokenClaims } from '../entra/index.ts';
import { graphAudience } from '../entra/index.ts';
import { GraphError, denied } from './errors.ts';
import type { GraphOptions, Permission } from './types.ts';

/** Audiences of Graph: its address and its well-known application id. */
const audiences = [graphAudience, `${graphAudience}/`, '00000003-0000-0000-c000-000000000000'];

function invalidToken(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, { headers: { 'www-authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="invalid_token"' } });
}

/** The caller by the bearer token. Throws GraphError 401. */
export async function authenticate(entra: Entra, authorization: string | undefined): Promise<TokenClaims> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw invalidToken('Access token is empty.');
  return entra.verify(token, audiences).catch((cause: unknown) => {
    const text = String(cause);
    if (text.includes('"exp"')) throw invalidToken('Lifetime validation failed, the token is expired.');
    if (text.includes('"aud"')) throw invalidToken('Access token validation failure. Invalid audience.');
    throw invalidToken('Access token validation failure.');
  });
}

/** Permissions that include the one that is needed. */
function including(permission: Permission): string[] {
  const [area = '', verb = ''] = permission.split('.');
  const verbs = verb === 'Read' ? ['Read', 'ReadWrite'] : [verb];
  const wider = permission === 'User.Read' ? ['User.ReadBasic', 'Directory.Read'] : permission === 'Calendars.Read' ? ['Calendars.ReadBasic'] : permission === 'Mail.Read' ? ['Mail.ReadBasic'] : [];
  return [...verbs.map((each) => `${area}.${each}`), ...wider].flatMap((each) => [each, `${each}.All`]);
}

function appRoles({ roles, clientId }: TokenClaims, person: Person | null, exchangeRoles: GraphOptions['exchangeRoles']): string[] {
  const given = exchangeRoles?.[clientId];
  const isInScope = given?.mailboxes === undefined || (person !== null && given.mailboxes.some((each) => each.toLowerCase() === person.address.toLowerCase() || each === person.id));
  return given && isInScope ? [...roles, ...given.roles] : roles;
}

/**
 * Throws GraphError unless the caller may: an app by its roles (of the token, or by Exchange RBAC, which no token shows), a user by scopes and in the own mailbox
 * only. Directory reads by users are free.
 */
export function authorize(caller: TokenClaims, permission: Permission, person: Person | null, exchangeRoles: GraphOptions['exchangeRoles']): void {
  if (permission === 'none') return;
  const enough = including(permission);
  const isDirectory = permission === 'User.Read';
  const held = caller.isApp ? appRoles(caller, person, exchangeRoles) : (caller.scp ?? '').split(' ');
  if (!held.some((each) => enough.includes(each))) {
    throw isDirectory ? new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.') : denied();
  }
  if (!caller.isApp && !isDirectory && person?.id !== caller.oid) throw denied();
}
