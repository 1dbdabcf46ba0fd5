import assert from 'node:assert/strict';
import { z } from 'zod';
import { endpoint, type Caller, type Who } from '../../../../contract/endpoint.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { createDeeds, type Deeds } from '../../../../server/accounts/deeds/deeds.ts';
import { ensureTenant, insertPerson } from '../../../../server/accounts/rows.ts';
import { UserError } from '../../../../server/domain/errors.ts';
import { recorded } from '../../../../server/wiring/deeds.ts';
import { testStore } from '../../../support/database.ts';

const day = 24 * 60 * 60_000;

describe('what administrators do is written down', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-28T09:00:00Z'), paused: true });
  let opened: Awaited<ReturnType<typeof testStore>>;
  let deeds: Deeds;
  let anna = '';

  before(async () => {
    opened = await testStore({ clock });
    await ensureTenant(opened.store.db, 't', 'T', clock.now());
    anna = await insertPerson(opened.store.db, 't', { name: 'Anna Berger', address: 'anna@example.com' }, clock.now());
    deeds = createDeeds({ clock, store: opened.store });
  });
  beforeEach(() => opened.store.db.deleteFrom('admin_deed').execute());
  after(() => opened.close());

  const caller: Caller = { tenantId: 't', personId: 'p', name: 'Ada Admin', address: '', roles: ['user', 'administrator'], ticketFor: null, language: 'en', correlationId: 'x' };
  const nothing = z.object({});
  const asked = (who: Who[], kind: 'read' | 'change', run: () => Promise<unknown>) =>
    recorded([{ endpoint: endpoint({ route: { method: 'PATCH', path: '/api/v1/things/:thing', who }, summary: 's', kind, params: nothing, query: nothing, body: nothing, response: nothing }), handle: run }], deeds)[0]
      ?.handle({ params: { thing: '7' }, query: {}, body: { name: 'New' } }, caller);
  const written = async () => (await deeds.list('t', null, 50)).map(({ by, what, details, outcome, about }) => ({ by, what, details, outcome, about }));

  it('who, what and how it ended, whatever feature it belongs to', async () => {
    assert.equal(await asked(['administrator'], 'change', async () => 'answer'), 'answer');
    assert.deepEqual(await written(), [{ by: 'Ada Admin', what: 'PATCH /api/v1/things/:thing', details: { thing: '7', name: 'New' }, outcome: 'done', about: null }]);
  });

  it('a refusal changed nothing and says so; of a mistake of ours nobody knows', async () => {
    await assert.rejects(asked(['administrator', 'operator'], 'change', async () => Promise.reject(new UserError(409, { code: 'x', message: 'x' }))) ?? Promise.resolve());
    await assert.rejects(asked(['administrator'], 'change', async () => Promise.reject(new Error('broken'))) ?? Promise.resolve());
    assert.deepEqual((await written()).map(({ outcome }) => outcome), ['begun', 'refused']);
  });

  it('reading, and what everybody may do, is nobody’s deed', async () => {
    await asked(['administrator'], 'read', async () => ({}));
    await asked(['user', 'administrator'], 'change', async () => ({}));
    assert.deepEqual(await written(), []);
  });

  it('what cannot be written down is not done', async () => {
    let isDone = false;
    const nowhere = createDeeds({ clock, store: { db: opened.store.db.withSchema('nowhere') } });
    await assert.rejects(nowhere.change(caller, 'x', { params: {}, body: {} }, async () => { isDone = true; }));
    assert.equal(isDone, false);
  });

  it('of long requests only the fields are kept, a look names the person, and after 400 days all is gone', async () => {
    await deeds.change(caller, 'import', { params: {}, body: { csv: 'x'.repeat(5_000) } }, async () => undefined);
    await deeds.look(caller, 'timeline', anna);
    assert.deepEqual((await written()).map(({ details, about }) => [details, about]), [[{}, 'Anna Berger'], [{ fields: ['csv'] }, null]]);
    clock.advance(399 * day);
    await deeds.tidy('t');
    assert.equal((await written()).length, 2);
    clock.advance(2 * day);
    await deeds.tidy('t');
    assert.deepEqual(await written(), []);
  });
});
