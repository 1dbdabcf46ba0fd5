import { rm } from 'node:fs/promises';
import { startEmbedded } from '../../server/store/embedded.ts';
import { openStore, type Store } from '../../server/store/connect.ts';
import { silent } from '../../server/ports/log.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL of its own with our schema, in a folder that goes with it. For figures in virtual time: nothing of it need survive a power cut. */
export async function temporaryStore(): Promise<{ store: Store; close(): Promise<void> }> {
  const folder = await temporaryFolder();
  const embedded = await startEmbedded({ folder, log: silent, settings: ['fsync=off', 'synchronous_commit=off'] });
  const store = await openStore({ databaseUrl: embedded.databaseUrl, log: silent, clock: systemClock() });
  return {
    store,
    async close() {
      await store.stop();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
