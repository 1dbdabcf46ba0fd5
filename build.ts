/**
 * `npm run build`: makes dist/, which together with `npm ci --omit=dev` is enough to run (`node dist/server/tieline.js`).
 * What is up to date is left alone, so that a second start takes a moment.
 * The rehearsal's server is made by `npm start` and the stories, and is no part of an installation.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

export type PartName = 'server' | 'addin' | 'rehearsal';

interface Part {
  name: PartName;
  /** Files and folders of the project that decide what comes out. */
  inputs: readonly string[];
  /** A file that must be there when it was made. */
  proof: string;
  make(): Promise<void>;
}

const parts: readonly Part[] = [
  { name: 'server', inputs: ['server', 'contract', 'invitation', 'words', 'package.json'], proof: 'server/tieline.js', make: bundleServer },
  {
    name: 'addin',
    inputs: ['addin', 'contract', 'invitation', 'words', 'manifest.xml', 'webpack.config.js', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.addin.json'],
    proof: 'addin/taskpane.html',
    make: () => run(process.execPath, [join(root, 'node_modules/webpack/bin/webpack.js'), '--mode', 'production', '--config', join(root, 'webpack.config.js')]),
  },
  { name: 'rehearsal', inputs: ['server', 'contract', 'invitation', 'words', 'package.json', 'rehearse.ts'], proof: 'rehearsal/server.js', make: bundleRehearsal },
];

/** Makes what is not up to date of these parts; of those of an installation when none are named. Throws with the tool's own words when something does not build. */
export async function build({ log, only = ['server', 'addin'] }: { log: (line: string) => void; only?: readonly PartName[] }): Promise<void> {
  const unlock = await lock(log);
  try {
    // One after the other: both at once take longer on two cores, and twice the memory.
    for (const part of parts.filter(({ name }) => only.includes(name))) {
      const digest = await digestOf(part.inputs);
      const stamp = join(dist, `.${part.name}.digest`);
      const isThere = await stat(join(dist, part.proof)).then(() => true, () => false);
      if (isThere && (await readFile(stamp, 'utf8').catch(() => '')) === digest) continue;
      log(`building ${part.name} …`);
      await rm(stamp, { force: true });
      await rm(join(dist, part.name), { recursive: true, force: true });
      await part.make();
      await writeFile(stamp, digest);
    }
  } finally {
    await unlock();
  }
}

function bundleServer(): Promise<void> {
  return bundle('server/tieline.js', 'server/main.ts', 'run');
}

function bundleRehearsal(): Promise<void> {
  return bundle('rehearsal/server.js', 'rehearse.ts', 'rehearse');
}

/** One file with our own code, which calls `start` of `source` with the folder dist/; packages stay in node_modules. */
async function bundle(outfile: string, source: string, start: string): Promise<void> {
  const esbuild = await import('esbuild');
  const entry = `import { fileURLToPath } from 'node:url';
import { ${start} } from './${source}';
await ${start}(fileURLToPath(new URL('..', import.meta.url)));`;
  await esbuild.build({
    stdin: { contents: entry, resolveDir: root, sourcefile: 'tieline.ts', loader: 'ts' },
    outfile: join(dist, outfile),
    bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'warning',
  });
}

/** Digest of names and contents, of the Node that builds, and of what webpack.config.js reads from the environment. */
async function digestOf(inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version).update(process.env['OFFICE_JS'] ?? '').update(await readFile(fileURLToPath(import.meta.url)));
  for (const input of inputs) {
    for (const file of await filesBelow(join(root, input))) hash.update(relative(root, file)).update('\0').update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).toSorted();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

/** Two starts side by side must not build into the same folder: the second waits for the first. */
async function lock(log: (line: string) => void): Promise<() => Promise<void>> {
  await mkdir(dist, { recursive: true });
  const file = join(dist, '.lock');
  for (let waits = 0; ; waits++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch {
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      // An empty file is one that is just being written; it is old when it is still empty a while later.
      const isLeft = holder > 0 ? !isAlive(holder) : waits > 25;
      if (isLeft) await rm(file, { force: true });
      if (waits === 10) log('another build is under way …');
      await pause(isLeft ? 0 : 200);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs a tool and shows what it says only when it fails. */
function run(command: string, argv: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    const hear = (chunk: Buffer): void => {
      words += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the add-in does not build:\n${words}`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build({ log: (line) => console.log(line) }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
