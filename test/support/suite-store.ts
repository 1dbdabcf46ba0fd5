import { sql } from 'kysely';
import type { Store } from '../../server/store/connect.ts';
import { testStore } from './database.ts';

/**
 * One database for a suite, emptied before each test: that takes milliseconds, and a new one with its connections a sixth of a second. For tests that leave nothing behind that
 * still writes when the next one begins. Call it inside `describe`, before the suite's own `beforeEach`.
 */
export function suiteStore(): () => Store {
  let opened: Awaited<ReturnType<typeof testStore>> | undefined;
  const store = (): Store => {
    if (opened === undefined) throw new Error('the store of a suite is there while its tests run');
    return opened.store;
  };
  before(async function () {
    this.timeout(60_000);
    opened = await testStore();
  });
  beforeEach(() => emptyTables(store()));
  after(() => opened?.close());
  return store;
}

/** Every table but the list of migrations, in one round trip; only those that were ever written to (a question to each of sixty tables takes longer than most tests) and hold something, and the tenants last, to whom rows of others belong. */
async function emptyTables({ db }: Store): Promise<void> {
  await sql`
    do $$
    declare
      each record;
      has_rows boolean;
    begin
      for each in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migration' and pg_relation_size(oid) > 0 order by relname = 'tenant' loop
        execute format('select exists (select 1 from %I)', each.relname) into has_rows;
        if has_rows then
          execute format('delete from %I', each.relname);
        end if;
      end loop;
    end $$`.execute(db);
}
