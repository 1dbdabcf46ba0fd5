import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { addinRooms, packageRooms, type Place, placeOf, pureRooms } from './import-table.ts';
import { readImports } from './read-imports.ts';
import { isCode, type SourceFile, type Violation } from './source-tree.ts';

/** One import that was found, and where it leads: to a file of ours, or to a package. */
export interface Edge {
  from: string;
  line: number;
  isType: boolean;
  /** Path below the root; set for relative imports. */
  file?: string;
  /** Name without subpath; `node:` is kept. */
  package?: string;
  specifier: string;
}

const builtins = new Set(builtinModules);

/** Computed imports are read as edges too, with an empty specifier: rules that cannot see where they lead refuse them. */
export function readEdges(files: readonly SourceFile[]): Edge[] {
  const edges: Edge[] = [];
  for (const file of files.filter(isCode)) {
    for (const found of readImports(file.text)) {
      const edge: Edge = { from: file.path, line: found.line, isType: found.isType, specifier: found.specifier ?? '' };
      if (found.specifier?.startsWith('.')) edge.file = posix.join(posix.dirname(file.path), found.specifier).replace(/\?.*$/, '');
      else if (found.specifier) edge.package = packageName(found.specifier);
      edges.push(edge);
    }
  }
  return edges;
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  return builtins.has(name) ? `node:${specifier}` : name;
}

/** Every code file lies in a room that the table names. */
export function findHomeless(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && placeOf(file.path) === undefined)
    .map((file) => ({ path: file.path, line: 0, message: 'lies in a folder that the import table does not name' }));
}

/** Every import between our files is one that the table allows. */
export function findForbiddenImports(edges: readonly Edge[]): Violation[] {
  const found: Violation[] = [];
  for (const edge of edges) {
    const from = placeOf(edge.from);
    if (!from) continue;
    if (edge.specifier === '' && from.room.mayImport !== 'what it needs') {
      found.push({ path: edge.from, line: edge.line, message: 'imports something computed: no test can know what' });
    }
    if (edge.file === undefined) continue;
    const to = placeOf(edge.file);
    if (!to || mayImport(from, to, edge)) continue;
    found.push({ path: edge.from, line: edge.line, message: `${name(from)} may not import ${name(to)} (${edge.file})` });
  }
  return found;
}

function name({ room, which }: Place): string {
  return which === '' ? room.name : `${room.name} ${which}`;
}

function mayImport(from: Place, to: Place, edge: Edge): boolean {
  if (from.room === to.room && from.which === to.which) return from.room.name !== 'addin' || mayImportInAddin(edge);
  if (from.room.name === to.room.name) return false;
  if (from.room.mayImport === 'what it needs') return true;
  if (!from.room.mayImport.includes(to.room.name)) return false;
  return from.room.name !== 'addin' || mayTakeFromContract(to, edge);
}

function mayImportInAddin(edge: Edge): boolean {
  const from = addinRoom(edge.from);
  const to = addinRoom(edge.file ?? '');
  if (from === undefined || to === undefined) return false;
  return from === to || (addinRooms[from] ?? []).includes(to);
}

function addinRoom(path: string): string | undefined {
  const room = path.split('/')[1] ?? '';
  return room in addinRooms ? room : undefined;
}

/** What Outlook starts by itself takes types only from contract/, and the routes, which are plain data. */
function mayTakeFromContract(to: Place, edge: Edge): boolean {
  const isSmall = ['commands', 'launchevent', 'office'].includes(addinRoom(edge.from) ?? '');
  if (to.room.name !== 'contract' || !isSmall) return true;
  return edge.isType || (edge.file ?? '').endsWith('-routes.ts');
}

/** Packages of npm stay in the rooms that own them, and the server runs on `dependencies` alone. */
export function findForbiddenPackages(edges: readonly Edge[], manifest: { dependencies: object; devDependencies: object }): Violation[] {
  const found: Violation[] = [];
  for (const edge of edges) {
    const place = placeOf(edge.from);
    if (!place || edge.package === undefined) continue;
    const why = refusePackage(edge, place, manifest);
    if (why) found.push({ path: edge.from, line: edge.line, message: `may not import ${edge.package}: ${why}` });
  }
  return found;
}

function refusePackage(edge: Edge, place: Place, manifest: { dependencies: object; devDependencies: object }): string | undefined {
  const { package: wanted = '', from, isType } = edge;
  const room = place.room.name;
  if (room === 'test' || room === 'bench') return undefined;
  if (wanted.startsWith('node:')) return runsInBrowser(from) ? 'this code runs in a browser' : undefined;
  if (room in pureRooms && !pureRooms[room]?.includes(wanted)) return `${room} is pure`;
  const rule = packageRooms.find((one) => one.packages.test(wanted));
  if (rule && !rule.only.some((folder) => folder.test(from))) return rule.why;
  if (wanted in manifest.dependencies || isType) return undefined;
  if (!(wanted in manifest.devDependencies)) return 'package.json does not have it';
  const isServed = from.startsWith('server/') || from.startsWith('contract/');
  return isServed ? 'it is a devDependency, and a deployed server has none' : undefined;
}

function runsInBrowser(path: string): boolean {
  return /^(?:addin\/(?!(?:icons|manifest)\/)|(?:invitation|words|contract)\/)/.test(path) || /^lab\/(?:.*\/)?browser\//.test(path);
}
