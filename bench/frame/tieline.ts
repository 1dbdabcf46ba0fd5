import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import type { ConferenceView } from '../../contract/conference/conference.ts';
import { build } from '../../build.ts';
import { silent } from '../../server/ports/log.ts';
import { startEmbedded } from '../../server/store/embedded.ts';
import { startTieline, type Tieline } from '../../start.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tieline as `npm start` runs it: the lab here, the server as a process of its own, an embedded PostgreSQL that writes to disk before it answers. */
export interface World {
  tieline: Tieline;
  /** What the server answers to this person of the lab, over HTTP and without the lab's gateway. Throws when it refuses. */
  ask<T>(person: string, method: string, path: string, body?: unknown): Promise<T>;
  conference(person: string, id: string): Promise<ConferenceView>;
  /** What the server process says about itself: memory in MB (2^20 bytes), and processor seconds since its start. */
  usage(): Promise<{ residentMb: number; cpuSeconds: number }>;
  /** A connection of our own to the server's database: to look, and to fill it. */
  database: Client;
  /** Dials in at a phone of the lab and waits for these words; throws what was said instead. */
  dial(extension: string, code: string, words: RegExp): Promise<void>;
  close(): Promise<void>;
}

export const anna = 'anna.berger@example.com';

/** Starts it on a free port and a fresh folder. `close` ends everything and takes the folder away. */
export async function openWorld(): Promise<World> {
  await build({ log: (line) => console.error(line), only: ['addin', 'rehearsal'] });
  const data = await temporaryFolder();
  const ends: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    return { ...(await begin(data, ends)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function begin(data: string, ends: (() => Promise<unknown>)[]): Promise<Omit<World, 'close'>> {
  // Whoever measures has no database of somebody else in the environment.
  const { DATABASE_URL: _other, ...env } = process.env;
  const tieline = await startTieline({ port: 0, data, env });
  ends.push(() => tieline.stop());
  // We join the PostgreSQL that the server has started, so that it stays while the server is killed.
  const embedded = await startEmbedded({ folder: data, log: silent });
  ends.push(() => embedded.stop());
  const database = new Client({ connectionString: embedded.databaseUrl });
  await database.connect();
  ends.push(() => database.end());
  await mustBeOurs(database);

  const tokens = new Map<string, Promise<string>>();
  const { lab } = tieline;
  function tokenOf(person: string): Promise<string> {
    const known = tokens.get(person) ?? lab.entra.issueToken({ person, audience: lab.secrets.clientId, scopes: ['access_as_user'] });
    tokens.set(person, known);
    return known;
  }

  async function ask<T>(person: string, method: string, path: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${await tokenOf(person)}`, 'content-type': 'application/json' };
    const response = await fetch(`${tieline.serverAddress()}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.slice(0, 300)}`);
    return JSON.parse(answer) as T;
  }

  async function usage(): Promise<{ residentMb: number; cpuSeconds: number }> {
    const text = await (await fetch(`${tieline.serverAddress()}/metrics`)).text();
    const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
    return { residentMb: read('process_resident_memory_bytes') / 2 ** 20, cpuSeconds: read('process_cpu_seconds_total') };
  }

  async function dial(extension: string, code: string, words: RegExp): Promise<void> {
    const phone = lab.asterisk.phone(extension);
    const signal = AbortSignal.timeout(15_000);
    phone.dial('8000');
    await phone.enter(`${code}#`, signal);
    await phone.heard(words, signal).catch(() => {
      throw new Error(`the phone was not told ${String(words)}, but: ${phone.view().hears.map((each) => each.words).join(' | ')}`);
    });
    if (phone.view().call) phone.hangUp();
  }

  return {
    tieline, ask, usage, database, dial,
    conference: async (person, id) => (await ask<{ conference: ConferenceView }>(person, 'GET', `/api/v1/conferences/${id}`)).conference,
  };
}

/** It is the server's, and durable: one that may lose what it has answered would make every number better than it is. */
async function mustBeOurs(database: Client): Promise<void> {
  const { rows } = await database.query<{ name: string; setting: string }>("select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')");
  const loose = rows.find((row) => row.setting !== 'on');
  if (rows.length !== 3 || loose) throw new Error(`the database is not durable: ${loose?.name ?? 'its settings cannot be read'}`);
  const { rowCount } = await database.query("select 1 from pg_tables where tablename = 'conference'");
  if (!rowCount) throw new Error('this is not the database of the server: start.ts keeps it in another folder');
}
