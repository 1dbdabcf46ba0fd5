import { where, type Rule } from '../finding.ts';
import type { Manifest } from '../manifest.ts';
import { child } from '../xml.ts';
import { guid } from './values.ts';

/** Who the add-in is for Entra. `Office.auth` gives no token when this does not fit the registration. */
export const identityRules: readonly Rule[] = [
  { name: 'app-id', from: '16', check: appId },
  { name: 'app-resource', from: '16', check: appResource },
  { name: 'app-scopes', from: '16', check: appScopes },
];

type Found = ReturnType<Rule['check']>;

function appId({ overrides }: Manifest): Found {
  const id = child(child(overrides, 'WebApplicationInfo'), 'Id');
  if (!id || guid.test(id.text)) return [];
  return [{ where: where(id), problem: `"${id.text}" is no GUID`, remedy: 'Write the application (client) ID of the registration.' }];
}

function appResource({ overrides, origin }: Manifest): Found {
  const info = child(overrides, 'WebApplicationInfo');
  const [id, resource] = [child(info, 'Id'), child(info, 'Resource')];
  if (!id || !resource || origin === '') return [];
  const wanted = `api://${new URL(origin).host}/${id.text}`;
  if (resource.text === wanted) return [];
  return [{ where: where(resource), problem: `"${resource.text}" does not fit the add-in's host and Id`, remedy: `Write ${wanted}, here and as Application ID URI of the registration.` }];
}

/** Microsoft's SSO asks for `openid` and `profile`; `access_as_user` is our own scope (docs/connect-microsoft-365.md). */
const scopes = ['openid', 'profile', 'access_as_user'];

function appScopes({ overrides }: Manifest): Found {
  const list = child(child(overrides, 'WebApplicationInfo'), 'Scopes');
  const named = (list?.children ?? []).map((each) => each.text);
  if (!list || (named.length === scopes.length && scopes.every((scope) => named.includes(scope)))) return [];
  return [{ where: where(list), problem: `asks for ${named.join(', ')}`, remedy: `Ask for ${scopes.join(', ')}, no more: every further scope needs consent.` }];
}
