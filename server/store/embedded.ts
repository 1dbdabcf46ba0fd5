/**
 * PostgreSQL out of npm packages, in the data folder. It runs as a process of its own that outlives a crash of ours: the next start adopts it.
 * Several servers on one data folder share one PostgreSQL; the last to stop ends it. For one machine: several machines share a PostgreSQL by DATABASE_URL.
 */
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { TheirError, UserError } from '../domain/errors.ts';
import { systemClock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { findBinaries, type Binaries } from './embedded-binaries.ts';
import { findPlace, isAlive, removeDrafts, type Place } from './embedded-place.ts';
import { databaseUser, endFast, findPostmaster, freePort, initialise, lastWords, launch } from './embedded-process.ts';

export interface EmbeddedDatabase {
  /** With the password in it: never to be logged. */
  readonly databaseUrl: string;
  /** Starts PostgreSQL again when it is gone. Safe to call at any time. */
  revive(): Promise<void>;
  /** Leaves; the last one ends PostgreSQL. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder; ours lies in `postgres` below it. */
  folder: string;
  log: Log;
  /** More of PostgreSQL's settings, `name=value`; for tests. */
  settings?: readonly string[];
}

const database = 'tieline';
/** How every server that shares this PostgreSQL shows that it is there. */
const memberName = 'tieline member';
/** Recovery after a crash of a large database takes its time; 0.1 s is usual. */
const startMs = 60_000;
const stopMs = 20_000;
const probeMs = 30;

/** Starts or adopts the database of a data folder. Throws UserError when that folder cannot hold one, TheirError `database` when PostgreSQL does not start. */
export async function startEmbedded({ folder, log, settings = [] }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const clock = systemClock({ keepsAlive: true });
  const place = await findPlace(folder);
  const binaries = await findBinaries(place.account);
  await setUp(place, binaries, log);
  const password = await readSecret(place);
  let port = 0;
  /** Once we are in, the address is given away and stays. */
  let isSettled = false;
  let member: Client | undefined;

  function url(name: string): string {
    return `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${name}`;
  }

  /** Waits until somebody's PostgreSQL answers, and starts it where nobody does. */
  async function join(): Promise<void> {
    const giveUpAt = clock.now() + startMs;
    for (let failures = 0; clock.now() < giveUpAt; ) {
      const running = await findPostmaster(place.home);
      if (!running) {
        if (!isSettled) port = await freePort(await knownPort(place));
        await writeFile(portFile(place), String(port), { mode: 0o600 });
        const child = await launch(binaries, place, port, settings);
        if (!child.pid || !(await Promise.race([child.ended.then(() => false), ready(child.pid)]))) failures += 1;
        if (failures > 5) break;
      } else if (running.isReady) {
        if (!isSettled) port = running.port;
        member = await enter().catch(() => undefined);
        isSettled ||= member !== undefined;
        if (member) return;
      }
      await clock.sleep(probeMs);
    }
    const remedy = `Look into ${place.home} (start.log, data/log), or set DATABASE_URL.`;
    throw new TheirError('database', 'unavailable', `the embedded PostgreSQL does not start: ${await lastWords(place.home)}`, { remedy });
  }

  async function ready(pid: number): Promise<boolean> {
    while (isAlive(pid)) {
      const running = await findPostmaster(place.home);
      if (running?.isReady) return true;
      await clock.sleep(probeMs);
    }
    return false;
  }

  /** One connection for as long as we live: by it the others know that PostgreSQL is needed. Makes the database at the first time. */
  async function enter(): Promise<Client> {
    const client = new Client({ connectionString: url('postgres'), application_name: memberName, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    client.once('end', () => {
      if (member === client) member = undefined;
    });
    await client.connect();
    await client.query(`create database ${database}`).catch((error: unknown) => {
      // It exists; or somebody makes it at this very moment.
      const isThere = error instanceof DatabaseError && (error.code === '42P04' || error.code === '23505');
      if (!isThere) throw error;
    });
    return client;
  }

  async function leave(): Promise<void> {
    const client = member;
    member = undefined;
    if (!client) return;
    const others = await client
      .query<{ n: string }>('select count(*) as n from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()', [memberName])
      .catch(() => ({ rows: [] }));
    await client.end().catch(() => undefined);
    const running = await findPostmaster(place.home);
    if (!running || Number(others.rows[0]?.n ?? 1) > 0) return;
    await endFast(binaries, place, running.pid);
    const giveUpAt = clock.now() + stopMs;
    while ((await findPostmaster(place.home)) && clock.now() < giveUpAt) await clock.sleep(probeMs);
  }

  await join();
  let reviving: Promise<void> | undefined;
  return {
    databaseUrl: url(database),
    revive() {
      if (member) return Promise.resolve();
      reviving ??= join().finally(() => (reviving = undefined));
      return reviving;
    },
    stop: leave,
  };
}

/** Makes the cluster, as a draft that gets its name only when it is whole: a crash leaves nothing half made, and of two that try, one wins. */
async function setUp({ home, account }: Place, binaries: Binaries, log: Log): Promise<void> {
  await removeDrafts(home);
  if (await stat(home).catch(() => undefined)) return;
  const draft = join(dirname(home), `postgres.draft-${process.pid}-${randomBytes(4).toString('hex')}`);
  const data = join(draft, 'data');
  const password = join(draft, 'password');
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account) {
    await chmod(draft, 0o711);
    await chown(data, account.uid, account.gid);
    await chown(password, account.uid, account.gid);
  }
  await initialise(binaries, data, password, account);
  if (account) await chown(password, 0, 0);
  await rename(draft, home).catch(async () => rm(draft, { recursive: true, force: true }));
  log.info({}, 'embedded database made');
}

async function readSecret({ home }: Place): Promise<string> {
  try {
    return await readFile(join(home, 'password'), 'utf8');
  } catch (cause) {
    const problem = {
      code: 'database.not-ours',
      message: `the database in ${home} belongs to another user, or is damaged`,
      remedy: 'Start Tieline as the user who started it first, or choose another data folder (TIELINE_DATA).',
      field: 'data',
    };
    throw new UserError(500, problem, cause);
  }
}

function portFile({ home }: Place): string {
  return join(home, 'port');
}

/** The port of the last start: kept, so that the address stays the same when PostgreSQL has to be started again under a running server. */
async function knownPort(place: Place): Promise<number> {
  return Number(await readFile(portFile(place), 'utf8').catch(() => '0')) || 0;
}
