import { execFile, spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive, type Account, type Place } from './embedded-place.ts';
import type { Binaries } from './embedded-binaries.ts';

const run = promisify(execFile);

/** PostgreSQL must not read our environment: PGDATA, PGPORT and locales of a user would change what it does. */
const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...(platform() === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? '' } : {}) };

/** Our superuser in the embedded database. */
export const databaseUser = 'tieline';

/** Makes an empty cluster in `data`. `passwordFile` must be readable by the account. */
export async function initialise(binaries: Binaries, data: string, passwordFile: string, account: Account | undefined): Promise<void> {
  await run(
    binaries.initdb,
    ['--pgdata', data, '--username', databaseUser, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    { env: environment, cwd: '/', timeout: 120_000, ...account },
  );
}

/**
 * Starts PostgreSQL so that it outlives us: in a session of its own, its words in a file. Resolves with a promise of its end.
 * Only 127.0.0.1 and only with the password; no socket files.
 */
export async function launch(binaries: Binaries, { home, account }: Place, port: number, settings: readonly string[]): Promise<{ pid: number | undefined; ended: Promise<void> }> {
  const words = await open(join(home, 'start.log'), 'w', 0o600);
  const options = [
    `port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'password_encryption=scram-sha-256', 'max_connections=100',
    'logging_collector=on', 'log_directory=log', 'log_filename=postgresql-%a.log', 'log_rotation_age=1d', 'log_truncate_on_rotation=on',
    ...settings,
  ];
  const child = spawn(binaries.postgres, ['-D', join(home, 'data'), ...options.flatMap((option) => ['-c', option])], {
    env: environment,
    cwd: '/',
    detached: true,
    stdio: ['ignore', words.fd, words.fd],
    ...account,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await words.close();
  child.unref();
  return { pid: child.pid, ended };
}

/** What PostgreSQL said at its last start, the end of it. */
export async function lastWords(home: string): Promise<string> {
  return (await readFile(join(home, 'start.log'), 'utf8').catch(() => '')).trim().slice(-600);
}

export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

/** The running PostgreSQL of this place as its lock file tells it (PostgreSQL source, miscinit.h: pid, folder, start, port, socket, address, key, status); null when there is none. */
export async function findPostmaster(home: string): Promise<Postmaster | null> {
  const file = join(home, 'data', 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Math.abs(Number(lines[0]));
  if (!pid || !isAlive(pid)) return null;
  if (!(await isPostgres(pid))) {
    // PostgreSQL itself would refuse to start while a process of this number exists.
    await rm(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** False when we can see that this process is another program (the number was used again), or dead and only not buried yet (containers). Only Linux shows it. */
async function isPostgres(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name, state] = /^\d+ \((.*)\) (\S)/.exec(stat) ?? [];
  return name === undefined || (name.startsWith('postgres') && state !== 'Z');
}

/** Ends PostgreSQL at once but orderly ("fast": sessions are cut, everything is written). */
export async function endFast(binaries: Binaries, { home }: Place, pid: number): Promise<void> {
  if (platform() !== 'win32') process.kill(pid, 'SIGINT');
  else await run(binaries.pgCtl, ['stop', '-D', join(home, 'data'), '-m', 'fast', '-W'], { env: environment, timeout: 30_000 });
}

/** A port that is free at this moment; `wished` when that one is. */
export async function freePort(wished: number): Promise<number> {
  const got = await tryPort(wished);
  return got === null ? ((await tryPort(0)) ?? wished) : got;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}
