import assert from 'node:assert/strict';
import { guessLimits } from '../../../../../server/features/conference/admission/admission-rule.ts';
import { reserveCode } from '../../../../../server/features/conference/rows.ts';
import type { Verdict } from '../../../../../server/ports/admission.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, createConferenceWorld, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const wrong = '111111111';
const times = { startsAt: new Date(start + 30 * minute).toISOString(), endsAt: new Date(start + 60 * minute).toISOString(), timeZone: 'Europe/Berlin' };

describe('admission by telephone: the code decides, and guessing does not pay', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const dial = (code: string, number = '+49301111', instance = 'pbx'): Promise<Verdict> => world.feature.admission(anna.tenantId).decideByCode(code, { instance, number, callId: 'call' });
  const outcome = (verdict: Verdict): string => (verdict.admit ? verdict.role : verdict.refusal);

  async function sent(more: object = {}) {
    const conference = await holdIn(world, { ...times, ...more });
    await sendIn(world, conference.id, times);
    return conference;
  }

  it('access code is a guest who waits, host code a host; spaces and the hash key do not matter', async () => {
    const { id, accessCode, hostCode } = await sent({ language: 'de' });
    world.clock.advance(25 * minute);
    const guest = await dial(`${accessCode.slice(0, 3)} ${accessCode.slice(3)}#`);
    assert.ok(guest.admit);
    assert.deepEqual([guest.conferenceId, guest.role, guest.waitsForHost, guest.language], [id, 'guest', true, 'de']);
    assert.equal(guest.room.includes(accessCode), false);
    const host = await dial(hostCode ?? '');
    assert.deepEqual(host.admit && [host.role, host.waitsForHost], ['host', false]);
  });

  it('hears why not: not sent, too early with the time and zone, over, cancelled', async () => {
    const held = await holdIn(world, times);
    assert.equal(outcome(await dial(held.accessCode)), 'not-sent');
    const { id, accessCode } = await sent();
    const early = await dial(accessCode);
    assert.ok(!early.admit);
    assert.deepEqual([early.refusal, early.opensAt, early.timeZone, early.mayRetry], ['too-early', start + 20 * minute, 'Europe/Berlin', true]);
    world.clock.set(start + 60 * minute + policy.closesAfterMs);
    assert.equal(outcome(await dial(accessCode)), 'ended');
    await store.db.updateTable('conference').set({ state: 'cancelled' }).where('id', '=', id).execute();
    assert.equal(outcome(await dial(accessCode)), 'cancelled');
  });

  it('five wrong codes turn one caller away for ten minutes, even with the right one, and nobody else', async () => {
    const { accessCode } = await sent();
    world.clock.advance(25 * minute);
    for (let guess = 1; guess <= guessLimits.perCaller; guess++) {
      const verdict = await dial(`${Number(wrong) + guess}`);
      assert.ok(!verdict.admit);
      assert.deepEqual([verdict.refusal, verdict.mayRetry], ['unknown-code', guess < guessLimits.perCaller]);
    }
    assert.equal(outcome(await dial(accessCode)), 'locked-out');
    assert.equal(outcome(await dial(accessCode, '+49302222')), 'guest');
    assert.equal(outcome(await dial(accessCode, '+49301111', 'other-pbx')), 'guest', 'the same number on another PBX is somebody else');
    world.clock.advance(guessLimits.periodMs);
    assert.equal(outcome(await dial(accessCode)), 'guest');
  });

  it('callers who show no number are one caller with more patience, whatever their PBX calls them', async () => {
    const { accessCode } = await sent();
    world.clock.advance(25 * minute);
    const names = ['', ' ', 'anonymous', 'Restricted'];
    for (let guess = 0; guess < guessLimits.anonymous; guess++) {
      assert.equal(outcome(await dial(`${Number(wrong) + guess}`, names[guess % names.length])), 'unknown-code', `guess ${guess}`);
    }
    for (const name of names) assert.equal(outcome(await dial(accessCode, name)), 'locked-out');
    assert.equal(outcome(await dial(accessCode)), 'guest');
  });

  it('the same wrong code from many callers is turned away without a look', async () => {
    for (let caller = 0; caller < guessLimits.perCode; caller++) assert.equal(outcome(await dial(wrong, `+4930${caller}000`)), 'unknown-code');
    assert.equal(outcome(await dial(wrong, '+49309999')), 'locked-out');
  });

  it('keeps guesses by hash: no code that somebody typed is in the table', async () => {
    const { accessCode } = await sent();
    const almost = `${accessCode.slice(0, -1)}${(Number(accessCode.at(-1)) + 1) % 10}`;
    await dial(almost);
    const rows = await store.db.selectFrom('conference_guess').selectAll().execute();
    assert.equal(rows.length, 3);
    assert.equal(JSON.stringify(rows).includes(almost), false);
  });

  it('hostile digits and numbers are only text', async () => {
    for (const code of ['', '*#', "1'; drop table conference;--", '9'.repeat(5000), '\u0000']) assert.equal(outcome(await dial(code, `+4930${code.length}`)), 'unknown-code');
    assert.equal(outcome(await dial(wrong, '1'.repeat(5000))), 'unknown-code');
  });

  it('counted guesses are forgotten when they count no more', async () => {
    await dial(wrong);
    world.clock.advance(guessLimits.periodMs + 1);
    await dial(`${Number(wrong) + 1}`, '+49302222');
    assert.equal((await store.db.selectFrom('conference_guess').selectAll().execute()).length, 3);
  });

  it('nobody is let in unchecked while the database is away', async () => {
    const gone = await testStore();
    const elsewhere = createConferenceWorld(gone.store);
    await gone.close();
    await assert.rejects(elsewhere.feature.admission(anna.tenantId).decideByCode(wrong, { instance: 'pbx', number: '', callId: '' }));
  });

  it('another organisation\'s code opens nothing', async () => {
    const { accessCode } = await sent();
    const verdict = await world.feature.admission('other').decideByCode(accessCode, { instance: 'pbx', number: '+1', callId: '' });
    assert.equal(outcome(verdict), 'unknown-code');
  });

  it('a code is given out again only after its rest', async () => {
    const { id, accessCode } = await holdIn(world, times);
    const take = (now: number) => reserveCode(store.db, anna.tenantId, accessCode, 'b'.repeat(26), 'guest', now + 1, now);
    const { reserved_until: until } = await store.db.selectFrom('conference_code').selectAll().where('code', '=', accessCode).executeTakeFirstOrThrow();
    assert.ok(until.getTime() >= start + 60 * minute + policy.codeRestMs, 'twelve months after its last chance');
    assert.equal(await take(until.getTime()), false);
    assert.equal((await store.db.selectFrom('conference_code').selectAll().where('code', '=', accessCode).executeTakeFirstOrThrow()).conference_id, id);
    assert.equal(await take(until.getTime() + 1), true);
  });
});
