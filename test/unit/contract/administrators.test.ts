import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Route } from '../../../contract/endpoint.ts';

const root = new URL('../../../contract/', import.meta.url);

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'who' in value;
}

/** Every route of the contract, from every file that holds some. */
async function allRoutes(): Promise<Route[]> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('-routes.ts'));
  const tables: unknown[] = [];
  for (const file of files) tables.push(...Object.values((await import(new URL(file, root).href)) as Record<string, unknown>));
  return tables.flatMap((table) => (typeof table === 'object' && table !== null ? Object.values(table).filter(isRoute) : []));
}

/** What the administrator's page asks: of the organisation, of groups, of lines, of other people. */
const administration = /^\/api\/v1\/(?:organisation|groups|lines|exchange-links)(?:\/|$)|^\/api\/v1\/people\/:person\/settings/;
/** Whoever only looks changes nothing, and whoever runs the machines does not see people. */
const mayRead: readonly string[] = ['administrator', 'auditor', 'operator'];

describe('what only administrators may', () => {
  it('is open to no user and to no newcomer, and only an administrator changes it, but that an operator forces a system now', async () => {
    const asked = (await allRoutes()).filter(({ path }) => administration.test(path));
    assert.ok(asked.length > 35, `${asked.length} routes were found`);
    const open = asked.filter(({ method, who }) => who.some((role) => !(method === 'GET' ? mayRead : ['administrator']).includes(role)));
    assert.deepEqual(open.map(({ method, path }) => `${method} ${path}`), ['POST /api/v1/organisation/status/:instance/force']);
  });
});
