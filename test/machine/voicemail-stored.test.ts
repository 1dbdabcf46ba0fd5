import fc from 'fast-check';
import { createJournal, putBoxes } from '../../server/features/voicemail/rows.ts';
import type { Store } from '../../server/store/connect.ts';
import { testStore } from '../support/database.ts';
import { history, live } from './voicemail/history.ts';
import { tell } from './voicemail/tell.ts';

const histories = Number(process.env.TIELINE_STORED_HISTORIES ?? 200);
const atOnce = 5;

describe('promise 3, with what the engine knows in PostgreSQL', () => {
  let store: Store;
  let close: () => Promise<void>;
  let made = 0;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
  });
  after(() => close());

  it(`holds in ${histories} random histories`, async function () {
    this.timeout(300_000);
    const journal = createJournal(store, () => undefined);
    const property = fc.asyncProperty(history, async (each) => {
      const tenantId = `history-${++made}`;
      await live(each, (options) => ({ ...options, stored: { journal, tenantId, put: (box) => putBoxes(store.db, [box]) } })).catch((cause: unknown) => {
        throw new Error(`${String(cause)} in: ${tell(each)}`, { cause });
      });
    });
    // Most of the time is waiting for the database: several at once, each in a tenant of its own.
    await Promise.all(Array.from({ length: atOnce }, () => fc.assert(property, { numRuns: Math.ceil(histories / atOnce) })));
  });
});
