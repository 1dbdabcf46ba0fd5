import type { AppRegistration } from './types.ts';
import { EntraError } from './types.ts';

/** The audience of Microsoft Graph's tokens. */
export const graphAudience = 'https://graph.microsoft.com';

const oidcScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** A requested scope, read: which API, and which of its scopes. */
export interface Resource { audience: string; app: AppRegistration | null; scopes: string[] }

function split(scope: string): { audience: string; name: string } {
  const at = scope.lastIndexOf('/');
  return at === -1 ? { audience: graphAudience, name: scope } : { audience: scope.slice(0, at).replace(/\/$/, ''), name: scope.slice(at + 1) };
}

/** Which API a `scope` parameter means. Throws EntraError for several APIs or an unknown one. */
export function readScopes(scope: string, apps: AppRegistration[]): Resource | null {
  const wanted = scope.split(' ').filter((each) => each !== '' && !oidcScopes.has(each)).map(split);
  const first = wanted[0];
  if (!first) return null;
  if (wanted.some(({ audience }) => audience !== first.audience)) throw new EntraError('invalid_request', 28000, 'Provided value for the input parameter scope is not valid because it contains more than one resource.');
  const scopes = wanted.map(({ name }) => name);
  if (first.audience === graphAudience) return { audience: graphAudience, app: null, scopes };
  const app = apps.find(({ clientId, exposes }) => first.audience === clientId || first.audience === `api://${clientId}` || first.audience === exposes?.uri);
  if (!app) throw new EntraError('invalid_resource', 500011, `The resource principal named ${first.audience} was not found in the tenant.`);
  return { audience: app.clientId, app, scopes };
}

/** Scopes that `client` gets of the resource: `.default` means all that were consented. Throws EntraError when one was not. */
export function grantedScopes(client: AppRegistration, { app, scopes }: Resource): string[] {
  const consented = app ? (app.exposes?.scopes ?? []) : (client.scopes ?? []);
  if (scopes.includes('.default')) return consented;
  const missing = scopes.find((each) => !consented.includes(each));
  if (missing !== undefined) throw new EntraError('invalid_grant', 65001, `The user or administrator has not consented to use the application with ID '${client.clientId}' named '${client.name}'. Send an interactive authorization request for this user and resource.`, 400, { suberror: 'consent_required' });
  return scopes;
}
