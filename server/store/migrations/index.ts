import type { Kysely } from 'kysely';
import { foundation } from './0001-foundation.ts';

/** One step forward of the schema. Never edited after landing; there is no way back. */
export interface Migration {
  /** `NNNN-name`, as the file. */
  name: string;
  /** Runs in the transaction of the whole migration. May not know today's table types: they are tomorrow's past. */
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order. New ones go to the end. */
export const migrations: readonly Migration[] = [foundation];
