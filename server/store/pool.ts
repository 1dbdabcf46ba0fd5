import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Pool, types, type ClientConfig, type PoolClient } from 'pg';
import { OurError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { asStoreError, breaksConnection } from './failure.ts';

/** Deadlines, milliseconds. A statement is stopped by the database first, so that the answer is its own; then by us, for a half-open connection. */
const connectMs = 5_000;
const statementMs = 30_000;
const answerMs = 35_000;
/** A transaction whose process has gone silent gives its locks back after this. */
const idleInTransactionMs = 60_000;

/** Twenty: PostgreSQL allows 100 connections by default, and several processes share one database. */
const connections = 20;

const int8 = 20;

/** How every connection of ours introduces itself and reads values. */
export function connectionSettings(databaseUrl: string): ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'tieline',
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    query_timeout: answerMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    types: {
      getTypeParser(oid: number, format?: 'text' | 'binary') {
        if (oid === int8 && format !== 'binary') return wholeNumber;
        return types.getTypeParser(oid, format);
      },
    },
  };
}

/** Counts and sums come as int8, which pg hands out as text. Throws OurError beyond what a number holds exactly. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new OurError(`the database returned ${text}, more than a number can hold`);
  return value;
}

/** The pool for kysely: its errors are ours (failure.ts), and a broken connection never goes back into it. */
export function createPool(databaseUrl: string, log: Log, { query_timeout = answerMs }: { query_timeout?: number } = {}): PostgresPool {
  const pool = new Pool({ ...connectionSettings(databaseUrl), query_timeout, max: connections, idleTimeoutMillis: 30_000 });
  let ended: Promise<void> | undefined;
  // An idle connection that the database closes raises an event; without a listener that would end the process.
  pool.on('error', (error) => log.warn({ err: error.message }, 'idle database connection lost'));
  return {
    async connect() {
      try {
        return guarded(await pool.connect());
      } catch (error) {
        throw asStoreError(error);
      }
    },
    end: () => (ended ??= pool.end()),
  };
}

/** A client that remembers whether it broke while it was lent out. */
function guarded(client: PoolClient): PostgresPoolClient {
  let broken = false;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);

  async function run(text: string, parameters: readonly unknown[]): Promise<unknown> {
    try {
      return await client.query(text, [...parameters]);
    } catch (error) {
      broken ||= breaksConnection(error);
      throw asStoreError(error);
    }
  }

  function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new OurError('cursors are not set up');
    return run(text, parameters);
  }

  return {
    query,
    release() {
      client.off('error', onError);
      client.release(broken);
    },
  };
}
