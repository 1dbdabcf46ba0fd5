import type { z } from 'zod';
import type { conferenceApi } from '../../../contract/conference/conference.ts';
import { UserError } from '../../domain/errors.ts';
import { changeConference, windowsOfFacts, type Wanted } from './apply.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { sentFacts } from './hold.ts';
import { findConference } from './rows.ts';
import { commitStanding } from './standing/standing.ts';
import { standingOf } from './conference.ts';
import { step } from './machine.ts';

type CommitBody = z.output<typeof conferenceApi.commit.body>;

/**
 * The send handler says that the invite is being sent, or sent again, and what it says. Its word stands until the calendar confirms it or `confirmMs` have passed:
 * the person may still choose "Don't send" after us. The same word twice is the same as once.
 * @throws UserError when the conference can no longer be sent (its codes have gone to rest).
 */
export async function commitConference(deps: ConferenceDeps, tenantId: string, id: string, body: CommitBody): Promise<Conference | null> {
  const now = deps.clock.now();
  const found = await findConference(deps.store.db, tenantId, id);
  if (found?.isStanding) {
    await commitStanding(deps, found, sentFacts(body, null));
    return found;
  }
  return changeConference(deps, 'commit.write', tenantId, id, (before) => commitWanted(deps, before, body, now));
}

function commitWanted(deps: ConferenceDeps, before: Conference, body: CommitBody, now: number): Wanted | null {
  const facts = sentFacts(body, before);
  const next = { ...before, ...facts };
  const isNew = step(standingOf(next, deps.policy), 'sent', now) !== null;
  const isLiving = before.state === 'scheduled' || before.state === 'live';
  if (!isNew && !isLiving) throw tooLate(before);
  const isSame = (Object.keys(facts) as (keyof typeof facts)[]).every((key) => facts[key] === before[key]);
  if (!isNew && isSame) return null;
  const confirmBy = before.mailbox ? now + deps.policy.confirmMs : null;
  return {
    ...(isTheirsToSend(before) ? { happening: 'sent' as const } : {}),
    ...(isNew ? {} : { why: 'sent' as const }),
    fields: { ...facts, confirmBy, ...(before.state === 'cancelled' ? unbound : {}) },
    // The occurrences of a series are the calendar's to tell; until it does, the first one stands.
    ...(facts.isSeries && before.isSeries ? {} : { windows: { list: windowsOfFacts(facts) } }),
  };
}

/**
 * Whose word counts before the calendar has spoken: the calendar's owner's own. Of somebody who books for another only the other's calendar proves
 * that they may (C.5: rights come from Exchange's delegation, and whoever lacks them cannot put an event there).
 */
function isTheirsToSend({ ownerId, bookerId, seenAt }: Conference): boolean {
  return ownerId === bookerId || seenAt !== null;
}

/** A cancelled conference comes back with whatever invite is sent with its link now: its old event, perhaps gone, has no say in that. */
const unbound = { eventId: null, eventVersion: null, eventModifiedAt: null, seriesKey: null, seenAt: null } as const;

function tooLate(conference: Conference): UserError {
  return new UserError(409, {
    code: conference.state === 'cancelled' ? 'conference-cancelled' : 'conference-over',
    message: conference.state === 'cancelled' ? 'This conference was cancelled.' : 'This conference is over.',
    remedy: 'Remove the conference from the invite and add a new one.',
  });
}

/** Taken out of an invite. One that was never sent is dropped at once; a sent one follows when the calendar shows the invite without it. */
export async function releaseConference(deps: ConferenceDeps, tenantId: string, id: string): Promise<Conference | null> {
  return changeConference(deps, 'release.write', tenantId, id, (before) => (before.state === 'held' ? { happening: 'released' } : null));
}

/** Asked back within the time to restore: held again with its codes, real when the invite is sent again (M11). */
export async function restoreConference(deps: ConferenceDeps, tenantId: string, id: string): Promise<Conference | null> {
  return changeConference(deps, 'restore.write', tenantId, id, (before) => {
    if (before.state !== 'cancelled') return null;
    if (step(standingOf(before, deps.policy), 'restore', deps.clock.now())) return { happening: 'restore' };
    throw new UserError(409, {
      code: 'restore-too-late', message: 'This conference was cancelled too long ago to come back.',
      remedy: 'Add a new conference to the invite.',
    });
  });
}
