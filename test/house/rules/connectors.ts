import type { SourceFile, Violation } from './source-tree.ts';

const folder = 'server/connectors';

/** The reference for the ports: no system, so no wire protocol and nothing to configure. */
const reference = 'memory';

/** Every connector is built alike, so that a new one is a copy of a neighbour, and is known to the registry. */
export function findOddConnectors(files: readonly SourceFile[]): Violation[] {
  const paths = files.map((file) => file.path);
  const registry = files.find((file) => file.path === `${folder}/registry.ts`)?.text ?? '';
  const names = new Set(paths.filter((path) => path.startsWith(`${folder}/`) && path.split('/').length > 3).map((path) => path.split('/')[2] ?? ''));
  return [...names].toSorted().flatMap((name) => {
    const own = `${folder}/${name}`;
    const missing = required(name).filter((part) => !paths.some((path) => path === `${own}/${part}` || (part.endsWith('/') && path.startsWith(`${own}/${part}`))));
    const found = missing.map((part) => ({ path: own, line: 0, message: `has no ${part}` }));
    if (name !== reference && !registry.includes(`'./${name}/`)) found.push({ path: own, line: 0, message: 'is not in registry.ts' });
    return found;
  });
}

function required(name: string): string[] {
  return name === reference ? ['index.ts', 'README.md'] : ['index.ts', 'config.ts', 'README.md', 'client/'];
}
