import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConferenceRole } from '../../../domain/conference.ts';
import type { Admission, PhoneCaller, Refusal, RoomVerdict, Verdict, WebVisitor } from '../../../ports/admission.ts';
import { decideAdmission, guessLimits, isLockedOut, type GuessCounts, type RuleResult, type Standing } from './admission-rule.ts';
import { servingBridges } from '../bridge/rows.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { addGuess, countGuesses, type GuessKeys } from './guess-rows.ts';
import { isInvited } from '../calendar/invited.ts';
import { leaveDoor, standAtDoor } from '../knock/at-door.ts';
import { refusalText } from './refusal-text.ts';
import { roleOf } from '../roles.ts';
import { roomEnded, roomOpened } from '../bridge/room-in-use.ts';
import { conferencesByRoom, findCode, findConference, windowsOf } from '../rows.ts';

/**
 * Who may come in: asked by the dialplan with a code, by the join page with a person, by bridges with a room. One rule set answers all of them
 * (admission-rule.ts). Throws when the database is away: nobody is let in unchecked.
 */
export function createAdmission(deps: ConferenceDeps, tenantId: string): Admission {
  const { db } = deps.store;
  const language = deps.languages[0] ?? 'en';
  const counted = (keys: GuessKeys): Promise<GuessCounts> => countGuesses(db, tenantId, keys, deps.clock.now() - guessLimits.periodMs);

  /** Counts a wrong guess; true when this caller may guess again. */
  async function missed(keys: GuessKeys, counts: GuessCounts, isAnonymous: boolean): Promise<boolean> {
    const now = deps.clock.now();
    await deps.store.transaction((tx) => addGuess(tx, tenantId, keys, now, now - guessLimits.periodMs));
    return !isLockedOut({ caller: counts.caller + 1, code: counts.code + 1, overall: counts.overall + 1 }, isAnonymous);
  }

  async function ruled(conference: Conference, role: ConferenceRole, standing: Standing): Promise<RuleResult> {
    const windows = await windowsOf(db, tenantId, conference.id);
    const { state, lobby, members } = conference;
    return decideAdmission({ state, windows, lobby, members, maxMembers: deps.policy.maxMembers }, role, deps.clock.now(), deps.policy, standing);
  }

  async function verdictFor(conference: Conference, role: ConferenceRole, standing: Standing): Promise<Verdict> {
    const result = await ruled(conference, role, standing);
    if (!result.admit) {
      return {
        admit: false, refusal: result.refusal, language: conference.language, mayRetry: true, timeZone: conference.timeZone,
        ...(result.opensAt === undefined ? {} : { opensAt: result.opensAt }),
      };
    }
    const { waitsForHost, asksToBeLetIn, until } = result;
    return {
      admit: true, conferenceId: conference.id, role, room: conference.room, waitsForHost, asksToBeLetIn, until,
      endsWithHost: false, maxMembers: deps.policy.maxMembers, language: conference.language,
    };
  }

  return {
    async decideByCode(typed, caller) {
      const code = typed.replaceAll(/\D/g, '').slice(0, 20);
      // A PBX says "anonymous", "Restricted" or nothing for a number that is not shown.
      const isAnonymous = !/\d/.test(caller.number);
      const keys = guessKeys(caller.instance, isAnonymous ? 'anonymous' : caller.number, code);
      const counts = await counted(keys);
      if (isLockedOut(counts, isAnonymous)) return { admit: false, refusal: 'locked-out', language, mayRetry: false };
      const found = await findCode(db, tenantId, code);
      const conference = found ? await findConference(db, tenantId, found.conferenceId) : null;
      if (!found || !conference) return { admit: false, refusal: 'unknown-code', language, mayRetry: await missed(keys, counts, isAnonymous) };
      if (found.role !== 'guest' || !deps.policy.asksForUnknownCallers) return verdictFor(conference, found.role, 'invited');
      const first = await verdictFor(conference, found.role, 'stranger');
      if (!first.admit || !first.asksToBeLetIn) return first;
      return (await isInvitedCaller(conference, caller)) ? verdictFor(conference, found.role, 'invited') : first;
    },

    async atDoor(room, knocker) {
      const conference = await atRoom(knocker.instance, room);
      if (!conference) return { admit: false, refusal: 'cancelled', language, mayRetry: false };
      const rule = await ruled(conference, 'guest', 'stranger');
      const result = await standAtDoor(deps, conference, knocker, rule);
      if (result.outcome === 'wait') return null;
      const verdict = await verdictFor(conference, 'guest', 'stranger');
      if (result.outcome === 'out') return { admit: false, language: conference.language, mayRetry: false, timeZone: conference.timeZone, ...(verdict.admit ? {} : verdict), refusal: result.refusal };
      // A host said yes, from wherever they are: nobody waits for one any more.
      return verdict.admit ? { ...verdict, waitsForHost: false, asksToBeLetIn: false } : verdict;
    },

    async leftDoor(room, knocker) {
      const conference = await atRoom(knocker.instance, room);
      if (conference) await leaveDoor(deps, conference, knocker);
    },

    async decideForPerson(conferenceId, visitor) {
      const conference = await findConference(db, tenantId, conferenceId);
      if (!conference) return { admit: false, refusal: 'unknown-code', language, mayRetry: false };
      const role = visitor.personId === null ? 'guest' : roleOf(conference, { personId: visitor.personId, addresses: visitor.addresses });
      if (role !== 'guest') return verdictFor(conference, role, 'invited');
      // Whether the door is open at all is said before anything is asked: it is no secret, it stands in the invite.
      const first = await verdictFor(conference, role, 'stranger');
      if (!first.admit) return first;
      if (await isInvited(deps, conference, visitor.addresses)) return verdictFor(conference, role, 'invited');
      const refusal = await checkPasscode(conference, visitor);
      return refusal ?? first;
    },

    async decideForRoom(instance, room): Promise<RoomVerdict> {
      const [conference] = await conferencesByRoom(db, tenantId, instance, [room]);
      if (!conference) return { open: false, refusal: 'unknown-code', message: refusalText('unknown-code', null, 'UTC', language) };
      const result = await ruled(conference, 'host', 'invited');
      if (!result.admit) {
        const message = refusalText(result.refusal, result.opensAt ?? null, conference.timeZone, conference.language);
        return { open: false, refusal: result.refusal, message, ...(result.opensAt === undefined ? {} : { opensAt: result.opensAt }) };
      }
      const until = result.until + overstayMs;
      const isInUse = (await servingBridges(db, conference)).some((each) => each.instance === instance && each.members > 0);
      await roomOpened(deps, conference, instance, until);
      return { open: true, conferenceId: conference.id, host: conference.ownerAddress, until, maxMembers: deps.policy.maxMembers, isInUse };
    },

    async roomEnded(instance, room) {
      for (const conference of await conferencesByRoom(db, tenantId, instance, [room])) await roomEnded(deps, conference, instance);
    },

    async codeOfRoom(instance, room) {
      const [conference] = await conferencesByRoom(db, tenantId, instance, [room]);
      return conference?.accessCode ?? null;
    },
  };

  async function atRoom(instance: string, room: string): Promise<Conference | null> {
    return (await conferencesByRoom(db, tenantId, instance, [room]))[0] ?? null;
  }

  /**
   * Everybody who was sent the invite knows the same code, and everybody to whom it was forwarded. So a caller with a guest's code is invited only where their telephone is that of somebody
   * whom the invite names, or who leads the conference. A number can be forged: it makes nobody a host, and an invited guest waits for one. Who holds a calendar's answer up is a stranger.
   */
  async function isInvitedCaller(conference: Conference, { instance, number }: PhoneCaller): Promise<boolean> {
    const addresses = await deps.addressesOfCaller(tenantId, instance, number);
    if (addresses.length === 0) return false;
    const leads = addresses.includes(conference.ownerAddress.toLowerCase()) || conference.roles.some(({ address }) => addresses.includes(address));
    if (leads) return true;
    const enough = new AbortController();
    const late = deps.clock.sleep(invitedAnswerMs, enough.signal).then(() => false, () => false);
    try {
      return await Promise.race([isInvited(deps, conference, addresses), late]);
    } finally {
      enough.abort();
    }
  }

  /** Null when it is right. Guesses are counted for each network address and each conference. */
  async function checkPasscode(conference: Conference, { passcode, from }: WebVisitor): Promise<Verdict | null> {
    const refused = (refusal: Refusal, mayRetry: boolean): Verdict => ({ admit: false, refusal, language: conference.language, mayRetry, timeZone: conference.timeZone });
    const keys = guessKeys('web', from, `${conference.id}/passcode`);
    const counts = await counted(keys);
    if (isLockedOut(counts, false)) return refused('locked-out', false);
    if (passcode === null) return refused('passcode-needed', true);
    return isSame(passcode.replaceAll(/\D/g, ''), conference.passcode) ? null : refused('wrong-passcode', await missed(keys, counts, false));
  }
}

/** A caller hears silence while the calendar is asked, ms. Well below what a PBX allows for the whole decision. */
const invitedAnswerMs = 2_000;

/** Newcomers find the door shut at its time; those who are in may go on talking for so long after it, ms. */
const overstayMs = 4 * 60 * 60_000;

function isSame(typed: string, passcode: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(typed), hash(passcode));
}

function guessKeys(instance: string, caller: string, code: string): GuessKeys {
  return {
    caller: `caller:${instance}/${caller.trim().slice(0, 64)}`,
    code: `code:${createHash('sha256').update(code).digest('hex')}`,
    overall: `overall:${instance}`,
  };
}
