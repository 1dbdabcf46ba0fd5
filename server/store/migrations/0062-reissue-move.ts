import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** A reissue may move its conferences to another bridge. */
export const reissueMove: Migration = {
  name: '0062-reissue-move',
  async up(db) {
    await sql`alter table reissue_run add column to_bridge text`.execute(db);
  },
};
