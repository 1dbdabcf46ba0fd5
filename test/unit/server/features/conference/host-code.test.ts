import assert from 'node:assert/strict';
import { markOf } from '../../../../../invitation/lint/index.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { findCode } from '../../../../../server/features/conference/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, inTenant } from '../../../../support/conference-steps.ts';
import { anna, createConferenceWorld, minute, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

describe('a host code that can be read in an invite', () => {
  let store: Store;
  let close: () => Promise<void>;
  let world: ConferenceWorld;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    world = createConferenceWorld(store);
  });
  after(async () => close());

  it('is recognised by the send handler through its mark, which says too little to dial in with', async () => {
    const { id, hostCode } = await holdIn(world);
    const ticket = { ...anna, personId: null, roles: ['ticket' as const], ticketFor: id };
    const answer = await world.feature.handlers.commit({ params: { id }, query: {}, body: { startsAt: at(8), endsAt: at(30) } }, ticket);
    assert.deepEqual(answer.hostCode, markOf(hostCode ?? ''));
    assert.equal(answer.conference.hostCode, null);
  });

  it('is given up for a new one: the old one lets nobody in and is not given out again', async () => {
    const { id, version, hostCode: old, accessCode } = await holdIn(world);
    const change = { params: { id }, query: {}, body: { version, newHostCode: true as const } };
    const { conference, block } = await world.feature.handlers.change(change, anna);
    assert.match(conference.hostCode ?? '', /^\d{9}$/);
    assert.notEqual(conference.hostCode, old);
    assert.equal(conference.accessCode, accessCode, 'guests keep theirs');
    assert.equal(await findCode(store.db, anna.tenantId, old ?? ''), null);
    assert.deepEqual(await findCode(store.db, anna.tenantId, conference.hostCode ?? ''), { conferenceId: id, role: 'host' });
    assert.ok(!block.html.includes(conference.hostCode ?? '-'));
    const row = await store.db.selectFrom('conference_code').select('reserved_until').where('code', '=', old ?? '').executeTakeFirstOrThrow();
    assert.ok(row.reserved_until.getTime() > start, 'it rests');
    const verdict = await world.feature.admission(anna.tenantId).decideByCode(old ?? '', { instance: 'pbx', number: '+49301', callId: 'call-1' });
    assert.deepEqual([verdict.admit, verdict.admit ? '' : verdict.refusal], [false, 'unknown-code']);
    const twice = await world.feature.handlers.change(change, anna).catch((error: unknown) => error);
    assert.ok(twice instanceof UserError && twice.status === 409, 'two who press it at once do not draw twice');
  });
});
