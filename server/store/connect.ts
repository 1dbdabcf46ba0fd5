import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { createHintBus } from './hints.ts';
import { createLive, type Live } from './live.ts';
import { migrate, type MigrationTables } from './migrate.ts';
import { connectionSettings, createPool } from './pool.ts';
import type { Database, Queries } from './schema.ts';
import { transactions, type RunTransaction } from './transaction.ts';

/** The database as the rest of the server sees it. */
export interface Store {
  /** For single statements. Throws TheirError `database` while the database is away. */
  readonly db: Queries;
  /** All or nothing; may run `fn` again, see transaction.ts. */
  readonly transaction: RunTransaction;
  readonly live: Live;
  /** Hears that work was put, here or in another process: its instant, epoch ms; null when that may have been missed. Returns a function that stops it. */
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
  const pool = createPool(databaseUrl, log);
  try {
    await migrate(new Kysely<MigrationTables>({ dialect: new PostgresDialect({ pool }) }), { clock, log });
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const bus = createHintBus({ settings: connectionSettings(databaseUrl), log, revive });
  bus.start();

  return {
    db,
    transaction: transactions(db, (hints) => bus.publish(hints)),
    live: createLive(bus),
    onWork(fn) {
      return bus.listen((hint) => {
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
      await pool.end();
    },
  };
}
