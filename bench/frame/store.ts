import { rm } from 'node:fs/promises';
import type { Clock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import { openStore, type Store } from '../../server/store/connect.ts';
import { startEmbedded } from '../../server/store/embedded.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL of its own with our schema and one organisation, `default`. */
export async function openBenchStore(clock: Clock): Promise<{ store: Store; databaseUrl: string; close: () => Promise<void> }> {
  const folder = await temporaryFolder();
  const embedded = await startEmbedded({ folder, log: silent });
  const store = await openStore({ databaseUrl: embedded.databaseUrl, log: silent, clock });
  await store.db.insertInto('tenant').values({ tenant_id: 'default', name: 'Bench', created_at: new Date(clock.now()) }).execute();
  return {
    store, databaseUrl: embedded.databaseUrl,
    async close() {
      await store.stop();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
