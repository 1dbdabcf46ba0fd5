import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { OurError, TheirError, UserError } from '../../../../server/domain/errors.ts';
import { systemClock } from '../../../../server/ports/clock.ts';
import { silent } from '../../../../server/ports/log.ts';
import { openStore, type Store } from '../../../../server/store/connect.ts';
import { migrate, type MigrationTables } from '../../../../server/store/migrate.ts';
import { migrations } from '../../../../server/store/migrations/index.ts';
import type { Migration } from '../../../../server/store/migrations/migration.ts';
import { createPool } from '../../../../server/store/pool.ts';
import { hintAfterCommit } from '../../../../server/store/transaction.ts';
import type { Database } from '../../../../server/store/schema.ts';
import { testDatabase, testStore } from '../../../support/database.ts';
import { until } from '../../../support/until.ts';
import { openWire } from '../../../support/wire.ts';

const clock = systemClock();

describe('the store', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let other: Store;
  before(async () => {
    opened = await testStore();
    store = opened.store;
    other = await openStore({ databaseUrl: opened.url, log: silent, clock });
  });
  after(async () => {
    await other.stop();
    await opened.close();
  });

  function addTenant(id: string, db = store.db): Promise<unknown> {
    return db.insertInto('tenant').values({ tenant_id: id, name: id, created_at: new Date(0) }).execute();
  }

  it('says here at once, and in other processes soon, that a state changed', async () => {
    const here: (string | null)[] = [];
    const there: (string | null)[] = [];
    const forget = [store.live.onAnnouncement(({ topic }) => here.push(topic)), other.live.onAnnouncement(({ topic }) => there.push(topic))];
    await until(() => {
      store.live.announce(store.db, 't', 'probe');
      return there.includes('probe');
    });
    here.length = 0;
    store.live.announce(store.db, 't', 'a:1', 'a:2');
    assert.deepEqual(here, ['a:1', 'a:2']);
    await until(() => there.includes('a:2'));
    assert.equal(here.length, 2, 'not told twice');
    forget.forEach((stop) => stop());
  });

  it('says later in other processes what changed while it could not speak', async () => {
    const there: (string | null)[] = [];
    const here: (string | null)[] = [];
    const forget = [other.live.onAnnouncement(({ topic }) => there.push(topic)), store.live.onAnnouncement(({ topic }) => here.push(topic))];
    const listening = async (): Promise<number[]> => {
      const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(store.db);
      return rows.map((row) => row.pid);
    };
    const before = await listening();
    const mute = await openStore({ databaseUrl: opened.url, log: silent, clock });
    await until(async () => (await listening()).length > before.length);
    const own = (await listening()).filter((pid) => !before.includes(pid));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid = any(${own})`.execute(store.db);
    await until(async () => (await listening()).every((pid) => !own.includes(pid)));
    for (let n = 0; n < 50; n++) mute.live.announce(mute.db, 't', `unheard:${n}`);
    await until(() => there.includes('unheard:0') && there.includes('unheard:49'));
    assert.equal(there.includes(null), false);
    // Each process hears on a connection of its own: what the next test listens to must not be late news of this one.
    await until(() => here.includes('unheard:49'));
    await mute.stop();
    forget.forEach((stop) => stop());
  });

  it('announces what a transaction changed after it, and nothing of one that failed', async () => {
    const heard: (string | null)[] = [];
    const forget = store.live.onAnnouncement(({ topic }) => heard.push(topic));
    await store.transaction(async (tx) => {
      store.live.announce(tx, 't', 'good');
      assert.deepEqual(heard, []);
    });
    const failed = store.transaction(async (tx) => {
      store.live.announce(tx, 't', 'bad');
      throw new UserError(409, { code: 'x', message: 'no' });
    });
    await assert.rejects(failed, UserError);
    assert.deepEqual(heard, ['good']);
    forget();
  });

  it('notices hints that would get lost: given to something that is not its transaction', async () => {
    assert.throws(() => hintAfterCommit(store.db.withSchema('public'), { type: 'work', dueAt: 0 }), OurError);
  });

  it('runs a transaction again that PostgreSQL broke off for the sake of another', async () => {
    await addTenant('one');
    await addTenant('two');
    let tries = 0;
    let waiting = 0;
    const meeting = new EventEmitter();
    const met = once(meeting, 'both');
    const cross = (first: string, second: string): Promise<void> =>
      store.transaction(async (tx) => {
        tries += 1;
        await tx.updateTable('tenant').set({ name: first }).where('tenant_id', '=', first).execute();
        waiting += 1;
        if (waiting === 2) meeting.emit('both');
        await met;
        await tx.updateTable('tenant').set({ name: first }).where('tenant_id', '=', second).execute();
      });
    await Promise.all([cross('one', 'two'), cross('two', 'one')]);
    // PostgreSQL breaks off one of the two; on a slow machine it may hit the other in its turn.
    assert.ok(tries >= 3, `${tries} tries`);
  });

  it('hands out counts as numbers, and refuses one that a number cannot hold', async () => {
    const count = await sql<{ n: unknown }>`select count(*) as n from tenant`.execute(store.db);
    assert.equal(typeof count.rows[0]?.n, 'number');
    await assert.rejects(sql`select 9007199254740993 as n`.execute(store.db), OurError);
  });

  it('leaves a violated constraint as it is: its code means something to the caller', async () => {
    await addTenant('same');
    await assert.rejects(addTenant('same'), (error) => error instanceof Error && 'code' in error && error.code === '23505');
  });

  it('tells a database that is not there from one that refuses us', async () => {
    const wrong = new URL(opened.url);
    wrong.port = '1';
    await assert.rejects(openStore({ databaseUrl: wrong.href, log: silent, clock }), (error) => error instanceof TheirError && error.fault === 'unavailable' && error.remedy !== undefined);
    const none = new URL(opened.url);
    none.pathname = '/nothing';
    await assert.rejects(openStore({ databaseUrl: none.href, log: silent, clock }), (error) => error instanceof TheirError && error.fault === 'denied');
  });

  it('survives that all its connections are cut, also in the middle of a transaction', async () => {
    const resynced = new Promise<void>((resolve) => {
      const forget = store.live.onAnnouncement(({ topic }) => {
        if (topic !== null) return;
        forget();
        resolve();
      });
    });
    const cut = store.transaction(async (tx) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(other.db);
      await sql`select 1`.execute(tx);
    });
    await assert.rejects(cut, (error) => error instanceof TheirError && error.fault === 'unavailable');
    await until(() => store.ping().then(() => true));
    await resynced;
  });
});

function step(name: string, statement: string): Migration {
  return { name, up: async (db) => void (await sql.raw(statement).execute(db)) };
}

describe('a connection that went dead without a word', () => {
  it('is given up after its deadline, and not lent out again', async () => {
    const database = await testDatabase();
    const wire = await openWire(database.url);
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(wire.url, silent, { query_timeout: 200 }) }) });
    await sql`select 1`.execute(db);
    wire.goDead();
    await assert.rejects(sql`select 1`.execute(db), (error) => error instanceof TheirError && error.fault === 'no-answer');
    await sql`select 1`.execute(db);
    await db.destroy();
    await wire.close();
    await database.drop();
  });
});

describe('migration', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  before(async () => {
    opened = await testStore();
  });
  after(() => opened.close());

  function raw(): Kysely<MigrationTables> {
    return new Kysely<MigrationTables>({ dialect: new PostgresDialect({ pool: createPool(opened.url, silent) }) });
  }

  it('is done once by any number of processes that start together', async () => {
    const dbs = [raw(), raw(), raw(), raw()];
    const steps = [...migrations, step('9001-together', 'create table together (tenant_id text primary key)')];
    const done = await Promise.all(dbs.map((db) => migrate(db, { clock, log: silent, steps })));
    assert.deepEqual(done.flat(), ['9001-together']);
    await Promise.all(dbs.map((db) => db.destroy()));
  });

  it('does all of it or nothing', async () => {
    const db = raw();
    const steps = [step('9002-good', 'create table good (tenant_id text primary key)'), step('9003-bad', 'create table')];
    await assert.rejects(migrate(db, { clock, log: silent, steps }));
    const { rows } = await sql`select 1 from pg_tables where tablename = 'good'`.execute(db);
    assert.deepEqual(rows, []);
    await db.destroy();
  });

  it('leaves alone what a newer release has done', async () => {
    const db = raw();
    await migrate(db, { clock, log: silent, steps: [step('9999-future', 'create table future (tenant_id text primary key)')] });
    assert.deepEqual(await migrate(db, { clock, log: silent }), []);
    await db.destroy();
  });

  it('begins every primary key with the tenant, so that data can be parted by it', async () => {
    const { rows } = await sql<{ name: string; first: string }>`
      select c.relname as name, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indisprimary and n.nspname = 'public'`.execute(opened.store.db);
    const odd = rows.filter(({ name, first }) => first !== 'tenant_id' && name !== 'schema_migration').map(({ name }) => name);
    assert.deepEqual(odd, []);
    assert.ok(rows.length > 5);
  });
});
