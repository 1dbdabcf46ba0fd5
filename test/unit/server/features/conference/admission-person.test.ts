import assert from 'node:assert/strict';
import { guessLimits } from '../../../../../server/features/conference/admission/admission-rule.ts';
import type { Verdict, WebVisitor } from '../../../../../server/ports/admission.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { anEvent } from '../../../../support/conference.ts';

const begins = start + 30 * minute;
const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * minute).toISOString() };
const host: WebVisitor = { personId: 'anna', addresses: ['anna@example.com'], passcode: null, from: '192.0.2.1' };
const guest: WebVisitor = { personId: 'carl', addresses: ['carl@example.com'], passcode: null, from: '192.0.2.2' };
const nobody: WebVisitor = { personId: null, addresses: [], passcode: null, from: '192.0.2.3' };

describe('admission by link: who you are decides', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  async function sent(): Promise<{ id: string; passcode: string }> {
    const { id, passcode } = await holdIn(world, times);
    await sendIn(world, id, times);
    const attendees = [{ name: 'Carl', address: 'Carl@example.com', kind: 'required' as const, response: 'none' as const }];
    world.calendar.put(anEvent({ id, iCalUId: id, startsAt: begins, endsAt: begins + 30 * minute, attendees, body: { format: 'html', content: `${joinBase}${id}` } }));
    await world.work();
    return { id, passcode };
  }

  const open = (id: string, visitor: WebVisitor): Promise<Verdict> => world.feature.admission(anna.tenantId).decideForPerson(id, visitor);
  const outcome = (verdict: Verdict): string =>
    verdict.admit ? `${verdict.role}${verdict.asksToBeLetIn ? ', to be let in' : verdict.waitsForHost ? ', waits for host' : ''}` : verdict.refusal;

  it('one link, five outcomes: host, invited guest, forwarded stranger, too early, after the end', async () => {
    const { id, passcode } = await sent();
    world.clock.set(begins);
    const stranger = { ...nobody, passcode };
    assert.deepEqual([outcome(await open(id, host)), outcome(await open(id, guest)), outcome(await open(id, stranger))], ['host', 'guest, waits for host', 'guest, to be let in']);
    world.clock.set(begins - 11 * minute);
    const early = await open(id, stranger);
    assert.ok(!early.admit);
    assert.deepEqual([early.refusal, early.opensAt], ['too-early', begins - 10 * minute]);
    assert.equal(outcome(await open(id, host)), 'too-early');
    world.clock.set(begins + 30 * minute + policy.closesAfterMs);
    for (const visitor of [host, guest, stranger]) assert.equal(outcome(await open(id, visitor)), 'ended');
  });

  it('somebody signed in whom the invite does not name is a stranger; a presenter is one by the organizer\'s word', async () => {
    const { id, passcode } = await sent();
    world.clock.set(begins);
    const zoe = { personId: 'zoe', addresses: ['zoe@example.com'], passcode, from: '192.0.2.4' };
    assert.equal(outcome(await open(id, zoe)), 'guest, to be let in');
    await store.db.updateTable('conference').set({ roles: JSON.stringify([{ address: 'zoe@example.com', name: 'Zoe', role: 'presenter' }]) }).where('id', '=', id).execute();
    assert.equal(outcome(await open(id, { ...zoe, passcode: null })), 'presenter');
  });

  it('a calendar that does not answer makes nobody invited, and turns nobody away', async () => {
    const { id, passcode } = await sent();
    world.clock.set(begins);
    world.calendar.setAway(true);
    assert.equal(outcome(await open(id, { ...guest, passcode })), 'guest, to be let in');
    assert.equal(outcome(await open(id, host)), 'host');
  });

  it('whom nobody vouches for is asked for the passcode; guessing it is counted for each address, and harms no other', async () => {
    const { id, passcode } = await sent();
    world.clock.set(begins);
    assert.equal(outcome(await open(id, nobody)), 'passcode-needed');
    const wrong = passcode === '0000' ? '0001' : '0000';
    for (let guess = 1; guess <= guessLimits.perCaller; guess++) {
      const verdict = await open(id, { ...nobody, passcode: wrong });
      assert.ok(!verdict.admit);
      assert.deepEqual([verdict.refusal, verdict.mayRetry], ['wrong-passcode', guess < guessLimits.perCaller]);
    }
    assert.equal(outcome(await open(id, { ...nobody, passcode })), 'locked-out');
    assert.equal(outcome(await open(id, { ...nobody, from: '192.0.2.9', passcode })), 'guest, to be let in');
    assert.equal(outcome(await open(id, host)), 'host');
  });

  it('many who guess one conference\'s passcode together are turned away from it, and those whom we know are not', async () => {
    const { id, passcode } = await sent();
    const other = await sent();
    world.clock.set(begins);
    for (let guess = 0; guess < guessLimits.perCode; guess++) await open(id, { ...nobody, from: `198.51.100.${guess}`, passcode: passcode === '0000' ? '0001' : '0000' });
    assert.equal(outcome(await open(id, { ...nobody, passcode })), 'locked-out');
    assert.equal(outcome(await open(other.id, { ...nobody, passcode: other.passcode })), 'guest, to be let in');
    assert.equal(outcome(await open(id, guest)), 'guest, waits for host');
  });

  it('an id that is none opens nothing, nor does another organisation\'s', async () => {
    const { id } = await sent();
    world.clock.set(begins);
    assert.equal(outcome(await open('a'.repeat(26), host)), 'unknown-code');
    assert.equal(outcome(await world.feature.admission('other').decideForPerson(id, host)), 'unknown-code');
  });
});
