import { sql, type Kysely } from 'kysely';
import type { Migration } from './migration.ts';

/** What is due next of one kind: workers of batches ask for theirs alone, while tens of thousands of another kind may be due before it. */
export const workOfAKind: Migration = { name: '0056-work-of-a-kind', up };

async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index work_due_of_kind on work (kind, due_at) where lease_until is null`.execute(db);
}
