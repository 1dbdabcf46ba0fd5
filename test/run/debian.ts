import { spawn } from 'node:child_process';
import { chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const postgresql = '/usr/lib/postgresql/15/bin';

/** What `test:real` runs against, where Debian 12 puts it, and the package that brings it. Dovecot is for the mail connectors; a machine for these tests has it from the start. */
export const programs: readonly { path: string; title: string; debianPackage: string }[] = [
  { path: `${postgresql}/initdb`, title: 'PostgreSQL 15 (initdb)', debianPackage: 'postgresql-15' },
  { path: `${postgresql}/postgres`, title: 'PostgreSQL 15 (postgres)', debianPackage: 'postgresql-15' },
  { path: '/usr/sbin/dovecot', title: 'Dovecot', debianPackage: 'dovecot-imapd' },
];

/** One sentence per program that is missing, with the remedy. */
export async function findMissingPrograms(): Promise<string[]> {
  const missing = await Promise.all(
    programs.map(async ({ path, title, debianPackage }) => ((await stat(path).catch(() => null)) ? [] : [`${title} is missing: no ${path}. Remedy: apt-get install ${debianPackage}`])),
  );
  return missing.flat();
}

/** A cluster of our own, in a temporary folder. */
export interface Cluster {
  /** A superuser's address: suites make their own databases there. */
  databaseUrl: string;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; `nobody` owns nothing else of ours. */
const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
/** LC_ALL and TZ decide how it sorts and prints: the same everywhere. */
const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

/** Makes and starts a private PostgreSQL 15 on 127.0.0.1. Nothing of it outlives `stop`. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'tieline-postgresql-'));
  if (account.uid !== undefined) await chown(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  await finish(`${postgresql}/initdb`, ['--pgdata', data, '--username=tieline', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions']);
  const port = await freePort();
  const server = spawn(
    `${postgresql}/postgres`,
    // Durable against a crash of the server, not of the machine: nobody pulls its plug during a test.
    ['-D', data, '-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`, '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200'],
    { ...account, env: environment, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await said(server.stderr, 'ready to accept connections', ended);
  return {
    databaseUrl: `postgres://tieline@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program to its end; throws what it said when it failed. */
function finish(program: string, argv: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { ...account, env: environment, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (words += piece));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${words}`))));
  });
}

/** Resolves when the stream has said `text`; rejects with what it did say when the program ended before. */
function said(stream: NodeJS.ReadableStream, text: string, ended: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    stream.setEncoding('utf8').on('data', (piece: string) => {
      words = `${words}${piece}`.slice(-8192);
      if (words.includes(text)) resolve();
    });
    void ended.then(() => reject(new Error(`PostgreSQL 15 did not start: ${words}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
