import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { createHintBus, type Hint } from './hints.ts';
import { createLive, type Live } from './live.ts';
import { migrate } from './migrate.ts';
import { connectionSettings, createPool } from './pool.ts';
import type { Database } from './schema.ts';
import { transactions } from './transaction.ts';

/** The database as the rest of the server sees it. */
export interface Store {
  /** For single statements. Throws TheirError `database` while the database is away. */
  readonly db: Kysely<Database>;
  /** All or nothing; see transaction.ts. */
  transaction<T>(fn: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
  readonly live: Live;
  /** Hears that work was put, here or in another process. Returns a function that stops it. */
  onWork(fn: (dueAt: number | null) => void): () => void;
  /** Asks the database something trivial. Throws TheirError. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}

export interface StoreOptions {
  /** postgres://user:password@host:port/database */
  databaseUrl: string;
  log: Log;
  clock: Clock;
  /** Starts the database again when it has gone: given by the embedded one. */
  revive?: () => Promise<void>;
}

/** Connects, brings the schema forward, begins to listen. Throws TheirError `database` when it cannot. */
export async function openStore({ databaseUrl, log, clock, revive }: StoreOptions): Promise<Store> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(databaseUrl, log) }) });
  try {
    await migrate(db as unknown as Kysely<unknown>, { clock, log });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const bus = createHintBus({ settings: connectionSettings(databaseUrl), log, revive });
  bus.start();

  return {
    db,
    transaction: transactions(db, bus.publish),
    live: createLive(bus),
    onWork(fn) {
      return bus.listen((hint: Hint) => {
        if (hint.type === 'work') fn(hint.dueAt);
        if (hint.type === 'resync') fn(null);
      });
    },
    async ping() {
      await sql`select 1`.execute(db);
    },
    async stop() {
      await bus.stop();
      await db.destroy();
    },
  };
}
