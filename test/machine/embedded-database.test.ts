import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TheirError } from '../../server/domain/errors.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import { openStore, type Store } from '../../server/store/connect.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../server/store/embedded.ts';
import { createWorker } from '../../server/store/worker.ts';
import { putWork } from '../../server/store/work.ts';
import { until } from '../support/until.ts';

const script = fileURLToPath(new URL('../support/embedded-child.ts', import.meta.url));

/** Process id of the PostgreSQL of a folder; null when none runs. */
async function postmaster(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
  return text === '' ? null : Number(text.split('\n')[0]);
}

function addTenant(store: Store, id: string): Promise<unknown> {
  return store.db.insertInto('tenant').values({ tenant_id: id, name: id, created_at: new Date(0) }).onConflict((conflict) => conflict.doNothing()).execute();
}

interface Said {
  databaseUrl: string;
  tenants: string[];
}

describe('the embedded database', function () {
  this.timeout(60_000);
  let folder: string;
  const children = new Set<ChildProcess>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-embedded-'));
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    const last = await startEmbedded({ folder, log: silent });
    await last.stop();
    await rm(folder, { recursive: true });
  });

  interface Held extends Said {
    child: ChildProcess;
    leave(): Promise<void>;
  }

  /** Another server process on the same folder. */
  async function another(): Promise<Held> {
    const child = fork(script, [folder], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.add(child);
    const said = await new Promise<Said>((resolve) => child.once('message', (message: Said) => resolve(message)));
    return {
      child, ...said,
      async leave() {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
        children.delete(child);
      },
    };
  }

  async function withStore(run: (store: Store, embedded: EmbeddedDatabase) => Promise<void>): Promise<void> {
    const embedded = await startEmbedded({ folder, log: silent });
    const store = await openStore({ databaseUrl: embedded.databaseUrl, log: silent, clock: systemClock(), revive: () => embedded.revive() });
    try {
      await run(store, embedded);
    } finally {
      await store.stop();
      await embedded.stop();
    }
  }

  it('is made at the first start, keeps its data, and ends with the last who uses it', async () => {
    await withStore(async (store) => {
      await addTenant(store, 'kept');
    });
    assert.equal(await postmaster(folder), null);
    await withStore(async (store) => {
      assert.deepEqual(await store.db.selectFrom('tenant').select('tenant_id').execute(), [{ tenant_id: 'kept' }]);
    });
  });

  it('does not run as root, and tells its password to nobody else', async () => {
    await withStore(async () => {
      const pid = (await postmaster(folder)) ?? 0;
      const owner = (await stat(`/proc/${pid}`)).uid;
      assert.notEqual(owner, 0);
      const secret = await stat(join(folder, 'postgres/password'));
      assert.equal(secret.mode & 0o077, 0);
      assert.equal(secret.uid, process.getuid?.());
      const password = await readFile(join(folder, 'postgres/password'), 'utf8');
      assert.match(password, /^[0-9a-f]{48}$/);
      assert.equal((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(password), false);
    });
  });

  it('refuses a login without the password', async () => {
    await withStore(async (_store, { databaseUrl }) => {
      const url = new URL(databaseUrl);
      url.password = 'guess';
      await assert.rejects(openStore({ databaseUrl: url.href, log: silent, clock: systemClock() }), (error) => error instanceof TheirError && error.fault === 'denied');
    });
  });

  it('outlives kill -9 of its server, and is adopted with everything in it', async () => {
    const held = await another();
    const pid = await postmaster(folder);
    const gone = once(held.child, 'exit');
    held.child.kill('SIGKILL');
    await gone;
    assert.equal(await postmaster(folder), pid);
    await withStore(async (store, { databaseUrl }) => {
      assert.equal(databaseUrl, held.databaseUrl);
      assert.equal(await postmaster(folder), pid);
      assert.equal((await store.db.selectFrom('tenant').select('tenant_id').execute()).length, 1);
    });
    assert.equal(await postmaster(folder), null);
  });

  it('does not hear the Ctrl-C that is meant for its server: it leads a group of its own', async () => {
    await withStore(async () => {
      const pid = (await postmaster(folder)) ?? 0;
      const [, group] = /\) \S \d+ (\d+)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8')) ?? [];
      assert.equal(Number(group), pid);
    });
  });

  it('is shared by a second server on the same folder, and stays when the first one leaves', async () => {
    await withStore(async (store) => {
      await addTenant(store, 'from-the-first');
      const second = await another();
      assert.deepEqual(second.tenants.includes('from-the-first'), true);
      await second.leave();
      await store.ping();
      await addTenant(store, 'after-the-second-left');
    });
    assert.equal(await postmaster(folder), null);
  });

  it('is made once by servers that start together on an empty folder', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'tieline-embedded-'));
    const all = await Promise.all([0, 1, 2].map(() => startEmbedded({ folder: empty, log: silent })));
    assert.equal(new Set(all.map((each) => each.databaseUrl)).size, 1);
    assert.deepEqual((await readdir(empty)).filter((name) => name.includes('draft')), []);
    for (const each of all) await each.stop();
    assert.equal(await postmaster(empty), null);
    await rm(empty, { recursive: true });
  });

  it('comes back when it is killed, and the server goes on: queries, work and hints', async () => {
    await withStore(async (store) => {
      const done: string[] = [];
      const worker = createWorker({ store, clock: systemClock(), log: silent, handlers: { ring: async ({ key }) => void done.push(key) } });
      worker.start();
      await putWork(store.db, { tenantId: 't', kind: 'ring', key: 'before', dueAt: 0 });
      await until(() => done.length === 1);
      process.kill((await postmaster(folder)) ?? 0, 'SIGKILL');
      let refused: unknown;
      await until(async () => {
        await store.ping().catch((error: unknown) => {
          refused = error;
        });
        return refused !== undefined;
      });
      assert.ok(refused instanceof TheirError && refused.connector === 'database' && refused.passing, String(refused));
      await until(() => store.ping().then(() => true));
      await putWork(store.db, { tenantId: 't', kind: 'ring', key: 'after', dueAt: 0 });
      await until(() => done.includes('after'));
      await worker.stop();
    });
  });

  it('starts over the lock file of a crash, even when another program now has that process number', async () => {
    await withStore(async () => undefined);
    await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${process.pid}\n${folder}\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
    await withStore((store) => store.ping());
  });

  it('forgets half made databases of servers that died', async () => {
    const draft = join(folder, 'postgres.draft-999999999-ab');
    await mkdir(draft);
    await withStore(async () => undefined);
    await assert.rejects(stat(draft));
  });

  it('says what to do when its folder is damaged or somebody else\'s', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'tieline-embedded-'));
    await mkdir(join(broken, 'postgres'));
    await assert.rejects(startEmbedded({ folder: broken, log: silent }), /belongs to another user, or is damaged/);
    await chmod(broken, 0o700);
    await rm(broken, { recursive: true });
  });
});
