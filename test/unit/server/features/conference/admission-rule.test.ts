import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decideAdmission, doorAt, guessLimits, isLockedOut, type AdmissionFacts, type AdmissionPolicy,
} from '../../../../../server/features/conference/admission/admission-rule.ts';

const minute = 60_000;
const policy: AdmissionPolicy = { opensBeforeMs: 10 * minute, closesAfterMs: 30 * minute, asksForUnknownCallers: true };
const start = Date.parse('2026-11-21T10:00:00Z');
const facts = (more: Partial<AdmissionFacts> = {}): AdmissionFacts => ({
  state: 'scheduled', windows: [{ startsAt: start, endsAt: start + 45 * minute }], lobby: true, members: 0, maxMembers: 20, ...more,
});

/** Let in, as long as the door is open: until half an hour after the end. */
const inTime = { admit: true, waitsForHost: false, asksToBeLetIn: false, until: start + 75 * minute };

describe('admission: who may come in', () => {
  const table: [string, Partial<AdmissionFacts>, 'host' | 'guest', number, unknown][] = [
    ['host in time is let in and never waits', {}, 'host', start, inTime],
    ['guest in time waits in the lobby', {}, 'guest', start, { ...inTime, waitsForHost: true }],
    ['guest without lobby goes straight in', { lobby: false }, 'guest', start, inTime],
    ['too early is told when the door opens', {}, 'guest', start - 11 * minute, { admit: false, refusal: 'too-early', opensAt: start - 10 * minute }],
    ['the host does not come in too early either', {}, 'host', start - 11 * minute, { admit: false, refusal: 'too-early', opensAt: start - 10 * minute }],
    ['the door opens to the second', {}, 'host', start - 10 * minute, inTime],
    ['after the end is over', {}, 'guest', start + 75 * minute, { admit: false, refusal: 'ended' }],
    ['late, but they are still talking', { state: 'live', members: 2 }, 'host', start + 90 * minute, { ...inTime, until: start + 150 * minute }],
    ['never sent', { state: 'held' }, 'host', start, { admit: false, refusal: 'not-sent' }],
    ['expired', { state: 'expired' }, 'host', start, { admit: false, refusal: 'not-sent' }],
    ['cancelled', { state: 'cancelled' }, 'host', start, { admit: false, refusal: 'cancelled' }],
    ['full for guests', { members: 20 }, 'guest', start, { admit: false, refusal: 'full' }],
    ['the host finds a place in a full room', { members: 20 }, 'host', start, inTime],
    ['no time known yet means ended, not open', { windows: [] }, 'guest', start, { admit: false, refusal: 'ended' }],
  ];
  for (const [name, more, role, now, expected] of table) {
    it(name, () => assert.deepEqual(decideAdmission(facts(more), role, now, policy), expected));
  }

  it('a stranger with a lobby has to be let in by a host; an invited guest only waits for one; without a lobby both walk in', () => {
    const decide = (lobby: boolean, standing: 'invited' | 'stranger', role: 'guest' | 'presenter' = 'guest') => {
      const result = decideAdmission(facts({ lobby }), role, start, policy, standing);
      return result.admit && [result.waitsForHost, result.asksToBeLetIn];
    };
    assert.deepEqual([decide(true, 'stranger'), decide(true, 'invited'), decide(false, 'stranger'), decide(true, 'stranger', 'presenter')], [[true, true], [true, false], [false, false], [false, false]]);
  });

  it('a series is open only around its occurrences, and names the next one', () => {
    const week = 7 * 24 * 60 * minute;
    const windows = [2, 0, 1].map((n) => ({ startsAt: start + n * week, endsAt: start + n * week + 45 * minute }));
    assert.deepEqual(doorAt(windows, start + 3 * 60 * minute, policy), { isOpen: false, opensAt: start + week - 10 * minute, closesAt: null });
    assert.equal(doorAt(windows, start + week, policy).isOpen, true);
  });

  it('nobody is ever let into a conference that is not scheduled or live, whatever else is true', () => {
    fc.assert(fc.property(
      fc.constantFrom('held', 'expired', 'cancelled'), fc.constantFrom('host', 'presenter', 'guest'), fc.boolean(), fc.nat(50), fc.integer({ min: -1e7, max: 1e7 }),
      (state, role, lobby, members, shift) => !decideAdmission(facts({ state: state as 'held', lobby, members }), role as 'host', start + shift, policy).admit,
    ));
  });
});

describe('admission: guesses are counted', () => {
  it('locks out one caller, without hurting the others', () => {
    assert.equal(isLockedOut({ caller: guessLimits.perCaller, code: 0, overall: 5 }, false), true);
    assert.equal(isLockedOut({ caller: 0, code: 0, overall: 5 }, false), false);
  });

  it('locks out a code that many callers try', () => {
    assert.equal(isLockedOut({ caller: 0, code: guessLimits.perCode, overall: 10 }, false), true);
  });

  it('under a flood hears only callers that show a number and guessed nothing', () => {
    const flood = { code: 0, overall: guessLimits.overall };
    assert.equal(isLockedOut({ caller: 0, ...flood }, false), false);
    assert.equal(isLockedOut({ caller: 1, ...flood }, false), true);
    assert.equal(isLockedOut({ caller: 0, ...flood }, true), true);
  });
});
