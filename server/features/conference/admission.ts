import { createHash } from 'node:crypto';
import type { Admission, PhoneCaller, Verdict } from '../../ports/admission.ts';
import { decideAdmission, guessLimits, isLockedOut } from './admission-rule.ts';
import type { ConferenceDeps } from './deps.ts';
import { addGuess, countGuesses, type GuessKeys } from './guess-rows.ts';
import { findCode, findConference, windowsOf } from './rows.ts';

/** Answers the dialplan's question: may whoever typed this code come in? Throws when the database is away: nobody is let in unchecked. */
export function createAdmission(deps: ConferenceDeps, tenantId: string): Admission {
  async function decideByCode(typed: string, caller: PhoneCaller): Promise<Verdict> {
    const now = deps.clock.now();
    const code = typed.replaceAll(/\D/g, '').slice(0, 20);
    // A PBX says "anonymous", "Restricted" or nothing for a number that is not shown.
    const isAnonymous = !/\d/.test(caller.number);
    const keys = guessKeys(caller, code, isAnonymous);
    const counts = await countGuesses(deps.store.db, tenantId, keys, now - guessLimits.periodMs);
    const language = deps.languages[0] ?? 'en';
    if (isLockedOut(counts, isAnonymous)) return { admit: false, refusal: 'locked-out', language, mayRetry: false };
    const found = await findCode(deps.store.db, tenantId, code);
    const conference = found ? await findConference(deps.store.db, tenantId, found.conferenceId) : null;
    if (!found || !conference) {
      await deps.store.transaction((tx) => addGuess(tx, tenantId, keys, now, now - guessLimits.periodMs));
      const after = { caller: counts.caller + 1, code: counts.code + 1, overall: counts.overall + 1 };
      return { admit: false, refusal: 'unknown-code', language, mayRetry: !isLockedOut(after, isAnonymous) };
    }
    const windows = await windowsOf(deps.store.db, tenantId, conference.id);
    const result = decideAdmission(
      { state: conference.state, windows, lobby: conference.lobby, members: conference.members, maxMembers: deps.policy.maxMembers },
      found.role, now, deps.policy,
    );
    if (!result.admit) {
      return {
        admit: false, refusal: result.refusal, language: conference.language, mayRetry: true, timeZone: conference.timeZone,
        ...(result.opensAt === undefined ? {} : { opensAt: result.opensAt }),
      };
    }
    return {
      admit: true, conferenceId: conference.id, role: found.role, room: conference.room,
      waitsForHost: result.waitsForHost, endsWithHost: false, maxMembers: deps.policy.maxMembers, language: conference.language,
    };
  }

  return { decideByCode };
}

function guessKeys(caller: PhoneCaller, code: string, isAnonymous: boolean): GuessKeys {
  const number = isAnonymous ? 'anonymous' : caller.number.trim().slice(0, 64);
  return {
    caller: `caller:${caller.instance}/${number}`,
    code: `code:${createHash('sha256').update(code).digest('hex')}`,
    overall: `overall:${caller.instance}`,
  };
}
