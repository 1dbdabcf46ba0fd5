import type { QueryExecutorProvider } from 'kysely';

/** One step forward of the schema. Never edited after landing; there is no way back. */
export interface Migration {
  /** `NNNN-name`, as the file. */
  name: string;
  /** Runs in the transaction of the whole migration: plain SQL, because today's table types are not yesterday's. */
  up(db: QueryExecutorProvider): Promise<void>;
}
