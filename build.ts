/**
 * `npm run build`: the add-in by webpack, the server by esbuild, into dist/. What is up to date is left alone, so that a second start is quick;
 * `dist/` and `npm ci --omit=dev` are all that a production machine needs.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { webpack, type Configuration } from 'webpack';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

interface Product {
  name: string;
  /** Files and folders that it is made from. */
  from: readonly string[];
  make(): Promise<void>;
}

const products: readonly Product[] = [
  { name: 'addin', from: ['addin', 'contract', 'invitation', 'words', 'manifest.xml', 'webpack.config.js', 'package-lock.json'], make: makeAddin },
  { name: 'server', from: ['server', 'contract', 'invitation', 'words', 'package-lock.json'], make: makeServer },
];

/** Makes what is out of date. `everything` makes all of it anew. Rejects with the tool's own words when something does not build. */
export async function build({ log = () => undefined, everything = false }: { log?: (line: string) => void; everything?: boolean } = {}): Promise<void> {
  await mkdir(dist, { recursive: true });
  for (const { name, from, make } of products) {
    const stamp = join(dist, `.${name}`);
    const wanted = await fingerprint(from);
    const found = await readFile(stamp, 'utf8').catch(() => '');
    if (!everything && found === wanted) continue;
    log(`Building the ${name}…`);
    await make();
    await writeFile(stamp, wanted);
  }
}

/** Changes when any file changes: names, sizes and contents. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) for (const file of await filesIn(join(root, path))) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).toSorted();
  return (await Promise.all(names.map((name) => filesIn(join(path, name))))).flat();
}

async function makeAddin(): Promise<void> {
  const { default: config } = (await import(new URL('webpack.config.js', import.meta.url).href)) as { default: Configuration };
  await new Promise<void>((done, failed) => {
    webpack(config, (error, stats) => {
      if (error) return failed(error);
      if (stats?.hasErrors()) return failed(new Error(stats.toString({ preset: 'errors-only', colors: false })));
      done();
    });
  });
}

/** One file for the command line; packages stay where npm put them. */
async function makeServer(): Promise<void> {
  await esbuild({
    stdin: { contents: "import { fileURLToPath } from 'node:url';\nimport { run } from './server/main.ts';\nawait run(fileURLToPath(new URL('..', import.meta.url)));\n", resolveDir: root, loader: 'ts' },
    outfile: join(dist, 'server', 'tieline.js'), bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'silent',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build({ log: (line) => console.log(line), everything: process.argv.includes('--everything') }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
