/**
 * A database for tests. One PostgreSQL is shared by all test processes of this checkout (the last one out ends it), or the one of DATABASE_URL is used;
 * one template is migrated, and every `testDatabase()` is a copy of it, or one that an earlier suite of this process has left as it should be (database-again.ts).
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import type { Clock } from '../../server/ports/clock.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent, type Log } from '../../server/ports/log.ts';
import { openStore, type Store } from '../../server/store/connect.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../server/store/embedded.ts';
import { describeSchema, emptyDatabase, isLeft } from './database-again.ts';

const folder = fileURLToPath(new URL('../../.tieline/test', import.meta.url));
const migrationFolder = new URL('../../server/store/migrations/', import.meta.url);

/** Nothing of a test need survive a power cut. */
const hasty = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'shared_buffers=48MB', 'autovacuum=off'];

let embedded: EmbeddedDatabase | undefined;
/** Databases in use by this process. */
let users = 0;
let prepared: Promise<{ serverUrl: string; template: string }> | undefined;
/** Databases of this process that nobody uses now. They lie there also while PostgreSQL does not run; who finds them after our end removes them. */
const free: string[] = [];
/** What every database of these migrations looks like. */
let untouched: string | undefined;

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of its own. */
export async function testDatabase(): Promise<TestDatabase> {
  users += 1;
  prepared ??= prepare();
  const { serverUrl, template } = await prepared;
  const name = (await takeFree(serverUrl)) ?? (await copyTemplate(serverUrl, template));
  return {
    url: inServer(serverUrl, name),
    async drop() {
      await within(serverUrl, async (server) => {
        if (await isLeft(server, name)) free.push(name);
        else await server.query(`drop database if exists ${name} with (force)`);
      });
      users -= 1;
      if (users === 0 && isTestFile) await leaveTestDatabase();
    },
  };
}

/** A store on a database of its own. */
export async function testStore({ clock = systemClock(), log = silent }: { clock?: Clock; log?: Log } = {}): Promise<{ store: Store; url: string; close(): Promise<void> }> {
  const database = await testDatabase();
  const store = await openStore({ databaseUrl: database.url, log, clock });
  return {
    store,
    url: database.url,
    async close() {
      await store.stop();
      await database.drop();
    },
  };
}

/** Ends our part in the shared PostgreSQL. Test files do so with the last database that they drop. */
export async function leaveTestDatabase(): Promise<void> {
  const ours = embedded;
  embedded = undefined;
  prepared = undefined;
  await ours?.stop();
}

/** Mocha's workers run several files and are ended without a word; nobody else may be cut off in between. */
const isTestFile = typeof it === 'function';

async function prepare(): Promise<{ serverUrl: string; template: string }> {
  const given = process.env['DATABASE_URL'];
  if (!given) embedded = await startEmbedded({ folder, log: silent, settings: hasty });
  const serverUrl = given ?? embedded?.databaseUrl ?? '';
  const template = `template_${fingerprint()}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    // Two test processes that start together make the template once.
    await client.query('select pg_advisory_lock(7104)');
    await removeLeftovers(client);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (!rowCount) await makeTemplate(client, serverUrl, template);
  } finally {
    await client.end();
  }
  return { serverUrl, template };
}

async function makeTemplate(client: Client, serverUrl: string, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  const store = await openStore({ databaseUrl: inServer(serverUrl, draft), log: silent, clock: systemClock() });
  await store.stop();
  await client.query(`alter database ${draft} rename to ${template}`);
}

/** Databases of test processes that are dead. */
async function removeLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'test\\_%'`);
  for (const { datname } of rows) {
    const pid = Number(datname.split('_')[1]);
    if (!isAlive(pid)) await client.query(`drop database if exists ${datname} with (force)`);
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

/** The template belongs to exactly these migrations. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(migrationFolder).toSorted()) hash.update(readFileSync(new URL(name, migrationFolder)));
  return hash.digest('hex').slice(0, 12);
}

function inServer(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One that is there already, emptied; undefined when there is none. What a test has changed for good is thrown away. */
async function takeFree(serverUrl: string): Promise<string | undefined> {
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    const isGood = await within(inServer(serverUrl, name), async (database) => {
      if ((await describeSchema(database)) !== untouched) return false;
      await emptyDatabase(database);
      return true;
    });
    if (isGood) return name;
    await within(serverUrl, (server) => server.query(`drop database if exists ${name} with (force)`));
  }
  return undefined;
}

async function copyTemplate(serverUrl: string, template: string): Promise<string> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await within(serverUrl, (server) => server.query(`create database ${name} template ${template}`));
  untouched ??= await within(inServer(serverUrl, name), describeSchema);
  return name;
}

/** Does something over a connection of its own. */
async function within<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
