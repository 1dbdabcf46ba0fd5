import assert from 'node:assert/strict';
import type { RoomView } from '../../../../../../contract/conference/room.ts';
import { UserError } from '../../../../../../server/domain/errors.ts';
import type { RuleResult } from '../../../../../../server/features/conference/admission/admission-rule.ts';
import { atDoorNow, doorLimits } from '../../../../../../server/features/conference/knock/at-door.ts';
import type { Knocker, Verdict } from '../../../../../../server/ports/admission.ts';
import type { Store } from '../../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../../support/conference-suite.ts';
import { anna, minute, start, type ConferenceWorld } from '../../../../../support/conference-world.ts';
import { anEvent } from '../../../../../support/conference.ts';

const asks: RuleResult = { admit: true, waitsForHost: true, asksToBeLetIn: true, until: start };

describe('at the door of a telephone bridge: what becomes of a caller now', () => {
  const table: [string, RuleResult, 'waiting' | 'let-in' | 'refused', number, string][] = [
    ['nobody has said anything', asks, 'waiting', 0, 'wait'],
    ['a host said yes', asks, 'let-in', 0, 'in'],
    ['a host said no', asks, 'refused', 0, 'lobby-closed'],
    ['the lobby was opened for all', { ...asks, asksToBeLetIn: false, waitsForHost: false }, 'waiting', 0, 'in'],
    ['a no is a no, even so', { ...asks, asksToBeLetIn: false, waitsForHost: false }, 'refused', 0, 'lobby-closed'],
    ['it was cancelled meanwhile, whatever was said', { admit: false, refusal: 'cancelled' }, 'let-in', 0, 'cancelled'],
    ['it filled up meanwhile', { admit: false, refusal: 'full' }, 'waiting', 0, 'full'],
    ['still in time', asks, 'waiting', doorLimits.waitMs - 1, 'wait'],
    ['nobody waits for ever', asks, 'waiting', doorLimits.waitMs, 'lobby-closed'],
  ];
  for (const [what, rule, state, waited, expected] of table) {
    it(what, () => {
      const result = atDoorNow(rule, { state, askedAt: start }, start + waited);
      assert.equal(result.outcome === 'out' ? result.refusal : result.outcome, expected);
    });
  }
});

describe('a forwarded invite by telephone: who lets whom in', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const times = { startsAt: new Date(start).toISOString(), endsAt: new Date(start + 60 * minute).toISOString() };
  const carl = { name: 'Carl', address: 'carl@example.com', kind: 'required' as const, response: 'none' as const };

  /** A conference that is on, in Anna's calendar, with Carl invited. */
  async function sent(more: object = {}) {
    const conference = await holdIn(world, { ...times, ...more });
    await sendIn(world, conference.id, times);
    world.calendar.put(anEvent({ id: conference.id, iCalUId: conference.id, startsAt: start, endsAt: start + 60 * minute, attendees: [carl], body: { format: 'html', content: conference.joinUrl } }));
    await world.work();
    return conference;
  }

  const admission = () => world.feature.admission(anna.tenantId);
  const callerOf = (number: string): Knocker => ({ instance: 'pbx', number, callId: `call of ${number}`, name: 'Somebody' });
  const dial = (code: string, number: string): Promise<Verdict> => admission().decideByCode(code, callerOf(number));
  const said = (verdict: Verdict | null): string => (verdict === null ? 'wait' : verdict.admit ? (verdict.asksToBeLetIn ? 'asks' : verdict.waitsForHost ? 'waits for a host' : 'in') : verdict.refusal);
  const view = async (id: string, who = anna): Promise<RoomView> => (await world.feature.roomHandlers.room({ params: { id }, query: {}, body: {} }, who)).room;
  const numbers = async (id: string): Promise<string[]> => ((await view(id)).knocks ?? []).map(({ number }) => number);
  async function answer(id: string, number: string, letIn: boolean, who = anna): Promise<void> {
    const knock = (await view(id)).knocks?.find((each) => each.number === number)?.id ?? assert.fail(`${number} does not wait`);
    await world.feature.roomHandlers.answerKnock({ params: { id, knock }, query: {}, body: { letIn } }, who);
  }
  async function stand(code: string, number: string): Promise<{ room: string; ask: () => Promise<Verdict | null>; hangUp: () => Promise<void> }> {
    const verdict = await dial(code, number);
    assert.ok(verdict.admit && verdict.asksToBeLetIn, said(verdict));
    return { room: verdict.room, ask: () => admission().atDoor(verdict.room, callerOf(number)), hangUp: () => admission().leftDoor(verdict.room, callerOf(number)) };
  }

  it('an invited person\'s telephone waits for a host only; the owner\'s own, too; everybody else has to be let in; nobody is made a host by a number', async () => {
    const { accessCode } = await sent();
    world.callers.set('1001', ['carl@example.com']).set('1002', ['anna@example.com']).set('1003', ['dave@example.com']);
    const outcomes = await Promise.all(['1001', '1002', '1003', '+4930555', ''].map((number) => dial(accessCode, number)));
    assert.deepEqual(outcomes.map(said), ['waits for a host', 'waits for a host', 'asks', 'asks', 'asks']);
    assert.ok(outcomes.every((verdict) => verdict.admit && verdict.role === 'guest'));
  });

  it('a calendar that is away makes nobody invited, and one that says nothing holds nobody up', async () => {
    const { accessCode } = await sent();
    world.callers.set('1001', ['carl@example.com']);
    world.calendar.setAway(true);
    assert.equal(said(await dial(accessCode, '1001')), 'asks');
    world.calendar.setAway(false);
    const [source] = world.deps.calendars.sources;
    assert.ok(source);
    let tellAsked = (): void => undefined;
    const asked = new Promise<void>((told) => (tellAsked = told));
    world.deps.calendars = { ...world.calendars, sources: [{ ...source, instance: source.instance, event: () => (tellAsked(), new Promise<null>(() => undefined)) }] };
    const slow = dial(accessCode, '1001');
    await asked;
    world.clock.advance(2_000);
    assert.equal(said(await slow), 'asks');
  });

  it('without a lobby, and where the organisation does not ask, a code is enough', async () => {
    const { accessCode, id } = await sent();
    await store.db.updateTable('conference').set({ lobby: false }).where('id', '=', id).execute();
    assert.equal(said(await dial(accessCode, '+4930555')), 'in');
    await store.db.updateTable('conference').set({ lobby: true }).where('id', '=', id).execute();
    world.deps.policy = { ...world.deps.policy, asksForUnknownCallers: false };
    assert.equal(said(await dial(accessCode, '+4930555')), 'waits for a host');
  });

  it('waits, is seen with the number, and is in when a host says so, without waiting for a host a second time', async () => {
    const { id, accessCode } = await sent();
    const { ask } = await stand(accessCode, '+4930555');
    assert.deepEqual([said(await ask()), said(await ask()), await numbers(id)], ['wait', 'wait', ['+4930555']]);
    await answer(id, '+4930555', true);
    assert.deepEqual(await numbers(id), [], 'nobody is asked twice');
    assert.equal(said(await ask()), 'in');
    assert.equal((await store.db.selectFrom('conference_knock').selectAll().execute()).length, 0, 'the number is forgotten');
  });

  it('a restart in between, and another process that is asked, change nothing', async () => {
    const { id, accessCode } = await sent();
    const { room, ask } = await stand(accessCode, '+4930555');
    await ask();
    world.crash();
    await answer(id, '+4930555', true);
    assert.equal(said(await world.feature.admission(anna.tenantId).atDoor(room, callerOf('+4930555'))), 'in');
  });

  it('whoever is sent away stays away for ten minutes, from this number; callers without a number are not taken for each other', async () => {
    const { id, accessCode } = await sent();
    for (const number of ['+4930555', '']) {
      const { ask } = await stand(accessCode, number);
      await ask();
      await answer(id, number, false);
      assert.equal(said(await ask()), 'lobby-closed');
    }
    const again = { ...callerOf('+4930555'), callId: 'a second call' };
    const { room } = await stand(accessCode, '+4930555');
    assert.equal(said(await admission().atDoor(room, again)), 'lobby-closed');
    assert.equal(said(await admission().atDoor(room, { ...callerOf(''), callId: 'another one' })), 'wait');
    assert.deepEqual(await numbers(id), ['']);
    world.clock.advance(doorLimits.sentAwayMs);
    assert.equal(said(await admission().atDoor(room, { ...again, callId: 'a third call' })), 'wait');
  });

  it('who hangs up is gone at once; who is not heard of is gone after a while, and cannot be let in any more', async () => {
    const { id, accessCode } = await sent();
    const [one, two] = [await stand(accessCode, '1'), await stand(accessCode, '2')];
    await one.ask();
    await two.ask();
    await one.hangUp();
    assert.deepEqual(await numbers(id), ['2']);
    const knock = (await view(id)).knocks?.[0]?.id ?? assert.fail();
    world.clock.advance(20_000);
    assert.deepEqual(await numbers(id), []);
    await assert.rejects(world.feature.roomHandlers.answerKnock({ params: { id, knock }, query: {}, body: { letIn: true } }, anna), (error) => error instanceof UserError && error.problem.code === 'knock-gone');
  });

  it('a cancelled conference sends everybody home from the door', async () => {
    const { id, accessCode } = await sent();
    const { ask } = await stand(accessCode, '+4930555');
    await ask();
    await store.db.updateTable('conference').set({ state: 'cancelled' }).where('id', '=', id).execute();
    assert.equal(said(await ask()), 'cancelled');
  });

  it('only so many wait at one door', async () => {
    const { id, accessCode } = await sent();
    for (let n = 0; n < doorLimits.waiting; n++) await (await stand(accessCode, `${n}`)).ask();
    const { ask } = await stand(accessCode, 'one too many');
    assert.deepEqual([said(await ask()), (await numbers(id)).length], ['lobby-closed', doorLimits.waiting]);
  });

  it('presenters let in as well; guests and strangers do not even see who waits', async () => {
    const { id, accessCode } = await sent();
    await store.db.updateTable('conference').set({ roles: JSON.stringify([{ address: 'pia@example.com', name: 'Pia', role: 'presenter' }]) }).where('id', '=', id).execute();
    const { ask } = await stand(accessCode, '+4930555');
    await ask();
    const carlHimself = { ...anna, personId: 'carl', address: 'carl@example.com' };
    await assert.rejects(view(id, carlHimself), UserError);
    await assert.rejects(answer(id, '+4930555', true, carlHimself), UserError);
    await answer(id, '+4930555', true, { ...anna, personId: 'pia', address: 'pia@example.com' });
    assert.equal(said(await ask()), 'in');
  });

  it('what a telephone says of itself is one short line', async () => {
    const { id, accessCode } = await sent();
    const { room } = await stand(accessCode, '+4930555');
    await admission().atDoor(room, { instance: 'pbx', number: '+4930555', callId: 'c', name: `<b>\r\n\u0000\u202e${'x'.repeat(500)}` });
    const name = (await view(id)).knocks?.[0]?.name ?? '';
    assert.ok(name.length <= 64 && !/[\p{Cc}\p{Cf}]/u.test(name), name);
  });
});
