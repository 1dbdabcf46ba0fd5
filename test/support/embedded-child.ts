/** A process that holds an embedded database: started by tests that kill it. Says `ready` with what it found, and ends orderly when its input ends. */
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import { openStore } from '../../server/store/connect.ts';
import { startEmbedded } from '../../server/store/embedded.ts';

async function hold(folder: string): Promise<void> {
  const embedded = await startEmbedded({ folder, log: silent });
  const store = await openStore({ databaseUrl: embedded.databaseUrl, log: silent, clock: systemClock(), revive: () => embedded.revive() });
  const tenants = await store.db.selectFrom('tenant').select('tenant_id').execute();
  process.send?.({ databaseUrl: embedded.databaseUrl, tenants: tenants.map((row) => row.tenant_id) });
  process.once('disconnect', () => {
    void store.stop().then(() => embedded.stop());
  });
}

await hold(process.argv[2] ?? '');
