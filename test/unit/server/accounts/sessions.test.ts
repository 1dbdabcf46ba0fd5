import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { createAccounts } from '../../../../server/accounts/people.ts';
import { createSessions } from '../../../../server/accounts/sessions.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { testStore } from '../../../support/database.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('web sessions', () => {
  let store: Store;
  let close: () => Promise<void>;
  let personId: string;
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T09:52:00Z'), paused: true });
  const policy = { idleMs: 2 * hour, longestMs: 12 * hour };
  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore({ clock }));
    const accounts = createAccounts({ clock, store, calendars: [] });
    await accounts.ensureTenant('default', 'Test');
    ({ personId } = await accounts.personFor('default', { issuer: 'https://idp.example', subject: 'Sofia', name: 'Sofia Rossi', address: 'sofia@example.com' }));
  });
  after(async () => close());
  const sofia = () => ({ tenantId: 'default', personId, name: 'Sofia Rossi', address: 'sofia@example.com', roles: ['user', 'auditor'], provider: 'idp' });

  it('are found by the id alone, of which only a digest is stored', async () => {
    const sessions = createSessions({ clock, store, policy });
    const id = await sessions.begin(sofia());
    assert.deepEqual(await sessions.find(id), { ...sofia(), endsAt: clock.now() + policy.longestMs });
    const rows = await store.db.selectFrom('web_session').selectAll().execute();
    assert.equal(JSON.stringify(rows).includes(id), false);
    const [row] = rows;
    for (const wrong of ['', 'x', row?.id_hash ?? '', `${id}A`, id.toLowerCase(), "' or 1=1 --"]) assert.equal(await sessions.find(wrong), null);
  });

  it('end when they are not used, and at the latest after their longest time', async () => {
    const sessions = createSessions({ clock, store, policy });
    const id = await sessions.begin(sofia());
    for (let used = 0; used < 7; used++) {
      clock.advance(90 * minute);
      assert.ok(await sessions.find(id), `after ${(used + 1) * 90} minutes`);
    }
    clock.advance(90 * minute);
    assert.equal(await sessions.find(id), null, 'after twelve hours');
    const idle = await sessions.begin(sofia());
    clock.advance(2 * hour);
    assert.equal(await sessions.find(idle), null, 'unused');
    await sessions.begin(sofia());
    assert.equal((await store.db.selectFrom('web_session').selectAll().execute()).length, 1, 'what is over is removed');
  });

  it('are gone for every process once ended', async () => {
    const id = await createSessions({ clock, store, policy }).begin(sofia());
    await createSessions({ clock, store, policy }).end(id);
    assert.equal(await createSessions({ clock, store, policy }).find(id), null);
  });

  it('of two providers with the same subject are two people, and an address joins nobody', async () => {
    const accounts = createAccounts({ clock, store, calendars: [] });
    const same = { name: 'Sofia Rossi', address: 'sofia@example.com' };
    const again = await accounts.personFor('default', { issuer: 'https://idp.example', subject: 'Sofia', ...same });
    const elsewhere = await accounts.personFor('default', { issuer: 'https://other.example', subject: 'Sofia', ...same });
    const otherCase = await accounts.personFor('default', { issuer: 'https://idp.example', subject: 'sofia', ...same });
    const entra = await accounts.personFor('default', { entraTenant: 'T', objectId: 'Sofia', ...same });
    assert.equal(again.personId, personId);
    assert.equal(new Set([personId, elsewhere.personId, otherCase.personId, entra.personId]).size, 4);
  });
});
