import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from '../build.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { median } from './frame/statistics.ts';
import { temporaryFolder } from './frame/temporary-folder.ts';
import { until } from './frame/wait.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A start that takes longer has failed, ms: the promise is 60 s on two cores. */
const patienceMs = 120_000;

/** `npm start` until its line "Tieline is ready": in an empty data folder, and again in the same one. */
async function run(context: BenchContext): Promise<Result[]> {
  await build({ log: (line) => console.error(line), only: ['addin', 'rehearsal'] });
  const runs = context.isFull ? 5 : 3;
  const first: number[] = [];
  const second: number[] = [];
  let left = 0;
  for (let index = 0; index < runs; index++) {
    const data = await temporaryFolder();
    try {
      for (const times of [first, second]) {
        const { seconds, wasLeft } = await startOnce(data);
        times.push(seconds);
        if (wasLeft) left += 1;
      }
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  }
  context.note(`Wall time from spawning \`npm start\` to the line "Tieline is ready"; dist/ was built before and the packages were installed. Median of ${runs}. The first start makes certificates and the database, the second finds them. After every start the page was opened and Ctrl-C sent.`);
  if (left > 0) context.note(`After ${left} of ${runs * 2} starts Ctrl-C left PostgreSQL running; it was ended by its id, so the start after it began from a database that was shut down.`);
  const row = (metric: string, values: number[]): Result => ({ metric, unit: 's', ours: median(values), peer: null, peerName: null, better: 'lower', runs });
  return [row('first start, empty folder', first), row('second start, same folder', second)];
}

/** Starts, opens the page, ends it by Ctrl-C. Seconds until it was ready, and whether PostgreSQL outlived the Ctrl-C. */
async function startOnce(data: string): Promise<{ seconds: number; wasLeft: boolean }> {
  const port = await freePort();
  const { DATABASE_URL: _other, ...env } = process.env;
  const startedAt = performance.now();
  // A process group of its own, so that Ctrl-C reaches npm and everything below it, as in a terminal.
  const child = spawn('npm', ['start'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, PORT: String(port), TIELINE_DATA: data } });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const interrupt = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
  };
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = setTimeout(() => interrupt('SIGKILL'), patienceMs);
  let seconds = 0;
  let wasLeft = false;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      said += `${line}\n`;
      if (!line.startsWith('Tieline is ready')) continue;
      seconds = (performance.now() - startedAt) / 1000;
      break;
    }
    if (seconds === 0) throw new Error(`it did not start: ${said.trim().slice(-500)}`);
    if (said.includes('building ')) throw new Error('the sources changed meanwhile, and it built anew: measure again');
    await mustOpen(`https://localhost:${port}/`, await readFile(join(data, 'certs', 'ca.pem'), 'utf8'));
  } finally {
    interrupt('SIGINT');
    await gone;
    clearTimeout(deadline);
    // npm and tsx may go before those they have started.
    await until('Ctrl-C ends everything', async () => (isAlive(-(child.pid ?? 0)) ? undefined : true), { everyMs: 50 });
    wasLeft = await endPostgres(join(data, 'postgres', 'data', 'postmaster.pid'));
  }
  return { seconds, wasLeft };
}

/** The page that a visitor opens comes, where the address leads. */
function mustOpen(address: string, ca: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(address, { ca }, (response) => {
      response.resume();
      const { location } = response.headers;
      if (response.statusCode === 200) resolve();
      else if (location === undefined) reject(new Error(`the page answers ${response.statusCode}`));
      else mustOpen(new URL(location, address).href, ca).then(resolve, reject);
    }).once('error', reject);
  });
}

/** Whether a process of this id lives, or for a negative one anybody in this group. */
function isAlive(id: number): boolean {
  try {
    return id !== 0 && process.kill(id, 0);
  } catch {
    return false;
  }
}

/** Ends what its lock file says is still there: we leave nothing behind. False when nothing was. */
async function endPostgres(lock: string): Promise<boolean> {
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || !isAlive(pid)) return false;
  process.kill(pid, 'SIGINT');
  await until('PostgreSQL ends', async () => (isAlive(pid) ? undefined : true), { everyMs: 50 });
  return true;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export const figures: readonly Figure[] = [{ id: 'start-up', title: 'npm start until it is ready', run }];
