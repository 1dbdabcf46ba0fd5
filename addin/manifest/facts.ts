import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Facts } from './finding.ts';

/** Where the server, or whoever else hosts the add-in, serves its files (server/web/files.ts). */
const base = '/addin/';

const root = new URL('../../', import.meta.url);

/** What this checkout's add-in has: read from its sources, so that it needs no build and no server. */
export async function readFacts(): Promise<Facts> {
  const [commands, events, others, icons, files] = await Promise.all([
    readCode('addin/commands/'), readCode('addin/launchevent/'), readCode('addin/invite/', 'addin/office/'), readIcons(), readDoors(),
  ]);
  return {
    functions: { commands: associated(commands), events: associated(events) },
    files, icons,
    appendsOnSend: /\b(?:appendOnSendAsync|prependOnSendAsync)\b/.test(withoutComments([commands, events, others].join('\n'))),
  };
}

/** All code below some folders. */
async function readCode(...folders: string[]): Promise<string> {
  const texts = await Promise.all(folders.map(async (folder) => {
    const names = await readdir(new URL(folder, root), { recursive: true });
    return Promise.all(names.filter((name) => /\.tsx?$/.test(name)).map((name) => readFile(new URL(`${folder}${name}`, root), 'utf8')));
  }));
  return texts.flat().join('\n');
}

/** Code without its comments: one that names a function makes none. An address in quotes is no comment. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[^]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
}

/** Names that code gives to `Office.actions.associate`, through `associate` of addin/office/events.ts. */
export function associated(code: string): string[] {
  return [...withoutComments(code).matchAll(/\bassociate\(\s*(['"`])([^'"`]+)\1/g)].map((match) => match[2] ?? '');
}

async function readIcons(): Promise<Map<string, Uint8Array>> {
  const folder = new URL('addin/icons/', root);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png'));
  return new Map(await Promise.all(names.map(async (name) => [`${base}icons/${name}`, await readFile(new URL(name, folder))] as const)));
}

/** One configuration of webpack, as far as its doors go. */
interface Doors {
  entry?: Record<string, unknown>;
  output?: { filename?: unknown };
  plugins?: readonly { userOptions?: { filename?: unknown } }[];
}

/** Paths of the pages and of the scripts whose names never change, as webpack.config.js makes them. */
async function readDoors(): Promise<string[]> {
  const config: { default: (env: object, argv: object) => Doors[] } = await import(new URL('../../webpack.config.js', import.meta.url).href);
  return config.default({}, {}).flatMap(({ entry = {}, output = {}, plugins = [] }) => {
    const pages = plugins.map((plugin) => plugin.userOptions?.filename).filter((name) => typeof name === 'string');
    const scripts = output.filename === '[name].js' ? Object.keys(entry).map((name) => `${name}.js`) : [];
    return [...pages, ...scripts].filter((name) => /\.(?:html|js)$/.test(name)).map((name) => `${base}${name}`);
  });
}

/** The manifest of this checkout. */
export const ownManifest = fileURLToPath(new URL('manifest.xml', root));

/** Where `npm run build` lays the add-in. */
export const builtFolder = fileURLToPath(new URL('dist/addin', root));
