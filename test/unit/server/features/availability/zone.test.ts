import assert from 'node:assert/strict';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { createAskZone, type AskZone } from '../../../../../server/features/availability/calendar/zone.ts';
import type { AbsenceSource } from '../../../../../server/ports/absence-source.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, mailbox, minute, type AvailabilityWorld } from './world.ts';

const tenant = 'default';

describe('the zone of a mailbox, for a mail that is written now', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: AvailabilityWorld;
  let reads = 0;
  let answer: AbsenceSource['absence'];
  let ask: AskZone;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    await store.db.deleteFrom('availability_person').execute();
    world = await createWorld(store);
    await store.db.deleteFrom('availability_person').execute();
    reads = 0;
    answer = async () => ({ zone: 'Asia/Tokyo', outOfOffice: null });
    const source: AbsenceSource = { instance: mailbox.instance, absence: (box) => ((reads += 1), answer(box)), whoIsAway: async () => new Set() };
    ask = createAskZone({ ...world.deps, absences: [source] });
  });
  afterEach(() => world.clock.stop());

  const zone = (): Promise<string | null> => ask(tenant, anna, async () => mailbox);

  it('is asked for before the first one, once for ten at once, remembered for a day, and then asked again', async () => {
    assert.deepEqual(new Set(await Promise.all(Array.from({ length: 10 }, zone))), new Set(['Asia/Tokyo']));
    assert.equal(reads, 1);
    assert.equal(await createAskZone(world.deps)(tenant, anna, async () => assert.fail('nobody has to find the mailbox')), 'Asia/Tokyo', 'another process knows it');
    answer = async () => ({ zone: 'Europe/Lisbon', outOfOffice: null });
    world.clock.advance(23 * 60 * minute);
    assert.deepEqual([await zone(), reads], ['Asia/Tokyo', 1]);
    world.clock.advance(61 * minute);
    assert.deepEqual([await zone(), reads], ['Europe/Lisbon', 2]);
  });

  it('a mail system that refuses or is away keeps no mail waiting, and is asked again after ten minutes; what was known stands', async () => {
    for (const fault of ['denied', 'no-answer', 'throttled'] as const) {
      await store.db.deleteFrom('availability_person').execute();
      const before = reads;
      answer = async () => {
        throw new TheirError('m365', fault, 'no');
      };
      assert.deepEqual([await zone(), await zone(), reads - before], [null, null, 1], fault);
      answer = async () => ({ zone: 'Asia/Tokyo', outOfOffice: null });
      world.clock.advance(10 * minute);
      assert.equal(await zone(), 'Asia/Tokyo');
      world.clock.advance(25 * 60 * minute);
      answer = () => Promise.reject(new TheirError('m365', fault, 'no'));
      assert.equal(await zone(), 'Asia/Tokyo');
      world.clock.advance(10 * minute);
    }
  });

  it('an answer that takes longer than three seconds is there for the next mail', async () => {
    let tell: () => void = () => assert.fail('not asked');
    let isAsked: () => void;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    answer = () => new Promise((resolve) => {
      tell = () => resolve({ zone: 'Asia/Tokyo', outOfOffice: null });
      isAsked();
    });
    const first = zone();
    await asked;
    world.clock.advance(3_000);
    assert.equal(await first, null);
    const second = zone();
    tell();
    assert.deepEqual([await second, reads], ['Asia/Tokyo', 1], 'nobody asks twice meanwhile');
  });

  it('a mailbox in a system that names no zones, one that cannot be found, and one with a zone that nobody knows, have none', async () => {
    assert.equal(await ask(tenant, 'imap-only', async () => ({ instance: 'imap', id: 'ann' })), null);
    assert.equal(await ask(tenant, 'unfound', async () => null), null);
    assert.equal(await ask(tenant, 'lost', () => Promise.reject(new TheirError('imap', 'no-answer', 'no'))), null);
    answer = async () => ({ zone: null, outOfOffice: null });
    assert.deepEqual([await zone(), await zone(), reads], [null, null, 1]);
  });
});
