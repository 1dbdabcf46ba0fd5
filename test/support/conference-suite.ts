import type { Store } from '../../server/store/connect.ts';
import { inTenant } from './conference-steps.ts';
import { createConferenceWorld, type ConferenceWorld } from './conference-world.ts';
import { suiteStore } from './suite-store.ts';

/**
 * The organisation and a world of conferences for each test of a suite, over one database that is emptied in between. `use` takes them up before the suite's own
 * `beforeEach`. Call it inside `describe`.
 */
export function conferenceSuite(use: (made: { store: Store; world: ConferenceWorld }) => void): void {
  const emptied = suiteStore();
  beforeEach(async () => {
    const store = emptied();
    await inTenant(store);
    use({ store, world: createConferenceWorld(store) });
  });
}
