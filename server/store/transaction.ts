import type { Kysely, Transaction } from 'kysely';
import { OurError } from '../domain/errors.ts';
import { mayRunAgain } from './failure.ts';
import type { Hint } from './hints.ts';
import type { Database } from './schema.ts';

/** Where hints go that are given while this connection or transaction is used. */
const sinks = new WeakMap<Kysely<Database>, (hint: Hint) => void>();

/** How often a transaction is run in all when PostgreSQL breaks it off for the sake of another (deadlock, serialisation). */
const tries = 4;

export type RunTransaction = <T>(fn: (tx: Transaction<Database>) => Promise<T>) => Promise<T>;

/**
 * Makes `transaction(fn)`: `fn` sees one consistent state and all its writes or none stand. It may be run again, so it must do nothing but talk to the database.
 * Hints given in it are published after the commit, and never when it fails.
 */
export function transactions(db: Kysely<Database>, publish: (hints: readonly Hint[]) => void): RunTransaction {
  sinks.set(db, (hint) => publish([hint]));

  async function once<T>(fn: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
    const hints: Hint[] = [];
    const result = await db.transaction().execute((tx) => {
      sinks.set(tx, (hint) => hints.push(hint));
      return fn(tx);
    });
    if (hints.length > 0) publish(hints);
    return result;
  }

  return async (fn) => {
    for (let left = tries - 1; ; left--) {
      try {
        return await once(fn);
      } catch (error) {
        if (left === 0 || !mayRunAgain(error)) throw error;
      }
    }
  };
}

/** Publishes a hint when what `db` stands for is committed: at once for the store's `db`, later for a transaction. */
export function hintAfterCommit(db: Kysely<Database>, hint: Hint): void {
  const sink = sinks.get(db);
  if (!sink) throw new OurError('hints need the store\'s db or a transaction made by store.transaction');
  sink(hint);
}
