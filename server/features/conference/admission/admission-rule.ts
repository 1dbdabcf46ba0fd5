import type { ConferenceRole, ConferenceState } from '../../../domain/conference.ts';
import type { Refusal } from '../../../ports/admission.ts';

/**
 * Who may come in, decided by one pure rule set for the join page, the telephone and every bridge (M16).
 * Instants epoch ms, UTC.
 */

/** One stretch of time in which a conference takes place: the event, or one occurrence of a series. */
export interface MeetingWindow {
  startsAt: number;
  endsAt: number;
}

export interface AdmissionFacts {
  state: ConferenceState;
  /** Living windows in any order. */
  windows: readonly MeetingWindow[];
  lobby: boolean;
  /** People in the room now. */
  members: number;
  maxMembers: number;
}

export interface AdmissionPolicy {
  /** How long before the start the door opens. */
  opensBeforeMs: number;
  /** How long after the end the door stays open for newcomers. */
  closesAfterMs: number;
  /** Callers whom nobody knows are let in by a host; else they only wait for one. */
  asksForUnknownCallers: boolean;
}

/** How sure we are that somebody is meant to come: `invited` has a code, or is named by the invite; of a `stranger` we know only that the link reached them. */
export type Standing = 'invited' | 'stranger';

export type RuleResult = { admit: true; waitsForHost: boolean; asksToBeLetIn: boolean; until: number } | { admit: false; refusal: Refusal; opensAt?: number };

/** The first rule that fits, from the top: standing, time, room. */
export function decideAdmission(facts: AdmissionFacts, role: ConferenceRole, now: number, policy: AdmissionPolicy, standing: Standing = 'invited'): RuleResult {
  if (facts.state === 'held' || facts.state === 'expired') return { admit: false, refusal: 'not-sent' };
  if (facts.state === 'cancelled') return { admit: false, refusal: 'cancelled' };
  const door = doorAt(facts.windows, now, policy);
  // Whoever is late may still join those who went on talking past the end.
  const isGoingOn = facts.state === 'live' && facts.members > 0;
  if (!door.isOpen && !isGoingOn) {
    return door.opensAt === null ? { admit: false, refusal: 'ended' } : { admit: false, refusal: 'too-early', opensAt: door.opensAt };
  }
  if (facts.members >= facts.maxMembers && role !== 'host') return { admit: false, refusal: 'full' };
  const isHeldBack = facts.lobby && role === 'guest';
  return { admit: true, waitsForHost: isHeldBack, asksToBeLetIn: isHeldBack && standing === 'stranger', until: door.closesAt ?? now + overrunMs };
}

/** For whom a conference goes on past its end: how long a newcomer's link is good. */
const overrunMs = 60 * 60_000;

/** Is a door open now, and until when; if not, when does the next one open; null when none ever will. */
export function doorAt(windows: readonly MeetingWindow[], now: number, policy: AdmissionPolicy): { isOpen: boolean; opensAt: number | null; closesAt: number | null } {
  let opensAt: number | null = null;
  for (const window of windows) {
    const opens = window.startsAt - policy.opensBeforeMs;
    if (now >= opens && now < window.endsAt + policy.closesAfterMs) return { isOpen: true, opensAt: opens, closesAt: window.endsAt + policy.closesAfterMs };
    if (opens > now && (opensAt === null || opens < opensAt)) opensAt = opens;
  }
  return { isOpen: false, opensAt, closesAt: null };
}

/** Limits on guessing. Nine digits and a thousand conferences: one guess in a million is right; these bound how many can be made. */
export const guessLimits = {
  /** Over which time guesses are counted, ms. */
  periodMs: 10 * 60_000,
  /** Wrong codes from one number. */
  perCaller: 5,
  /** From all callers that show no number, together. */
  anonymous: 30,
  /** The same wrong code from anybody. */
  perCode: 10,
  /** From everybody together on one PBX: past this only callers without a wrong guess of their own are heard. */
  overall: 200,
} as const;

export interface GuessCounts {
  caller: number;
  code: number;
  overall: number;
}

/** True when this caller has to be turned away before the code is even looked up. */
export function isLockedOut(counts: GuessCounts, isAnonymous: boolean): boolean {
  if (counts.caller >= (isAnonymous ? guessLimits.anonymous : guessLimits.perCaller)) return true;
  if (counts.code >= guessLimits.perCode) return true;
  return counts.overall >= guessLimits.overall && (isAnonymous || counts.caller > 0);
}
