import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
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
export function connectionSettings(databaseUrl: string): pg.ClientConfig {
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
        return pg.types.getTypeParser(oid, format as 'text');
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
export function createPool(databaseUrl: string, log: Log): PostgresPool {
  const pool = new pg.Pool({ ...connectionSettings(databaseUrl), max: connections, idleTimeoutMillis: 30_000 });
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
    end: () => pool.end(),
  };
}

/** The pool's first client for each connection object, so that release() knows whether it broke. */
function guarded(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  return {
    async query<R>(text: unknown, parameters?: readonly unknown[]): Promise<PostgresQueryResult<R>> {
      try {
        return (await client.query(text as string, parameters as unknown[])) as unknown as PostgresQueryResult<R>;
      } catch (error) {
        broken ||= breaksConnection(error);
        throw asStoreError(error);
      }
    },
    release() {
      client.off('error', onError);
      client.release(broken);
    },
  } as PostgresPoolClient;
}
