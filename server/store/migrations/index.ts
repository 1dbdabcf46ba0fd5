import type { QueryExecutorProvider } from 'kysely';
import { foundation } from './0001-foundation.ts';
import { conference } from './0002-conference.ts';

/** One step forward of the schema. Never edited after landing; there is no way back. */
export interface Migration {
  /** `NNNN-name`, as the file. */
  name: string;
  /** Runs in the transaction of the whole migration: plain SQL, because today's table types are not yesterday's. */
  up(db: QueryExecutorProvider): Promise<void>;
}

/** In order. New ones go to the end. */
export const migrations: readonly Migration[] = [foundation, conference];
