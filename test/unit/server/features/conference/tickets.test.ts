import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { createLabClock } from '../../../../../lab/clock.ts';
import { createTickets } from '../../../../../server/features/conference/admission/tickets.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { inTenant } from '../../../../support/conference-steps.ts';
import { minute, policy, start } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const conferenceId = 'abcdefghijklmnopqrstuvwxyz';

describe('send tickets: good for one conference, for some days, from us', () => {
  let store: Store;
  let close: () => Promise<void>;
  const clock = createLabClock({ startAt: start, paused: true });

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
  });
  beforeEach(() => clock.set(start));
  after(async () => close());

  const fresh = () => createTickets({ clock, store, policy });

  it('opens in this process and in another', async () => {
    const { value, expiresAt } = await fresh().issue('default', conferenceId, 'anna');
    assert.deepEqual(await fresh().verify(value), { tenantId: 'default', conferenceId, personId: 'anna', expiresAt });
  });

  it('is refused from the instant of its end', async () => {
    const tickets = fresh();
    const { value, expiresAt } = await tickets.issue('default', conferenceId, 'anna');
    assert.equal(expiresAt, start + policy.ticketMs);
    clock.set(expiresAt - 1);
    assert.ok(await tickets.verify(value));
    clock.set(expiresAt);
    assert.equal(await tickets.verify(value), null);
  });

  it('cannot be turned into one for another conference, person or time', async () => {
    const tickets = fresh();
    const { value } = await tickets.issue('default', conferenceId, 'anna');
    const parts = value.split('.');
    const forge = (place: number, text: string): string => parts.with(place, text).join('.');
    for (const forged of [forge(2, 'b'.repeat(26)), forge(3, 'boss'), forge(4, String(Number(parts[4]) + 1)), forge(5, 'A'.repeat(43)), forge(0, '2')]) {
      assert.equal(await tickets.verify(forged), null, forged);
    }
  });

  it('under a key that is not ours, or another of ours, is nothing', async () => {
    const tickets = fresh();
    const { value } = await tickets.issue('default', conferenceId, 'anna');
    const content = value.slice(0, value.lastIndexOf('.')).split('.').with(1, '0badc0de').join('.');
    const signed = `${content}.${createHmac('sha256', randomBytes(32)).update(content).digest('base64url')}`;
    assert.equal(await tickets.verify(signed), null, 'a key id that nobody knows');
    await store.db.insertInto('conference_ticket_key').values({ tenant_id: 'other', id: '0badc0de', key: randomBytes(32), created_at: new Date(start) }).execute();
    assert.equal(await tickets.verify(signed), null, 'another organisation\'s key');
  });

  it('hostile text is refused without a question to the database', async () => {
    const silentStore = { ...store, db: new Proxy({}, { get: () => assert.fail('asked') }) as Store['db'] };
    const tickets = createTickets({ clock, store: silentStore, policy });
    for (const value of ['', '1', '1.....', `1.${'a'.repeat(100_000)}`, `1.0badc0de.${conferenceId}.x'; drop table.1.${'A'.repeat(43)}`, `1.0BADC0DE.${conferenceId}.anna.1.${'A'.repeat(43)}`]) {
      assert.equal(await tickets.verify(value), null);
    }
  });

  it('two processes that make the first key at once both give tickets that both take', async () => {
    await store.db.deleteFrom('conference_ticket_key').execute();
    const processes = Array.from({ length: 4 }, fresh);
    const given = await Promise.all(processes.map((each) => each.issue('default', conferenceId, 'anna')));
    for (const each of processes) for (const { value } of given) assert.ok(await each.verify(value));
    clock.advance(minute);
    const later = await Promise.all(Array.from({ length: 4 }, async () => (await fresh().issue('default', conferenceId, 'anna')).value.split('.')[1]));
    assert.equal(new Set(later).size, 1, 'from then on all use one key');
  });
});
