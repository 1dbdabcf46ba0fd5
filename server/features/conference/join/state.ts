import type { PageRequest } from '../../../ports/page.ts';
import type { Verdict } from '../../../ports/admission.ts';
import { createAdmission } from '../admission/admission.ts';
import { callingBridgeFor, webBridgeFor } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { isInvited } from '../calendar/invited.ts';
import { roleOf } from '../roles.ts';
import { historyOf } from '../rows.ts';
import { findVisit, proofOf, putVisit, type Visit } from './visit-rows.ts';

/** Everything that the join page shows, found out for one visitor at one instant. */
export interface Standing {
  verdict: Verdict;
  visit: Visit | null;
  /** Signed in, and named by the invite or part of it: sees the subject. */
  isKnown: boolean;
  /** Comes in by browser at all. */
  hasWeb: boolean;
  callsOut: boolean;
  /** The calendar moved it since it was sent. */
  wasMoved: boolean;
  cancelledAt: number | null;
}

export async function standingFor(deps: ConferenceDeps, conference: Conference, request: PageRequest): Promise<Standing> {
  const { tenantId, id } = conference;
  const now = deps.clock.now();
  const visitor = request.visitor?.tenantId === tenantId ? request.visitor : null;
  const addresses = visitor ? await deps.addressesOf(tenantId, visitor.personId) : [];
  const visit = await findVisit(deps.store.db, tenantId, id, request.browser, now);
  const history = await historyOf(deps.store.db, tenantId, id);
  const verdict = await createAdmission(deps, tenantId).decideForPerson(id, {
    personId: visitor?.personId ?? null, addresses, passcode: typedBefore(conference, visit), from: request.address,
  });
  // A passcode that was wrong is not tried again by looking at the page.
  if (!verdict.admit && verdict.refusal === 'wrong-passcode' && visit) await putVisit(deps.store.db, tenantId, id, request.browser, { ...visit, proof: null, wantsIn: false }, now);
  const isKnown = visitor !== null && (roleOf(conference, { personId: visitor.personId, addresses }) !== 'guest' || (await isInvited(deps, conference, addresses)));
  return {
    verdict, visit, isKnown,
    hasWeb: webBridgeFor(deps, conference.bridgeInstance) !== undefined,
    callsOut: callingBridgeFor(deps, conference.bridgeInstance) !== undefined,
    wasMoved: history.some(({ why }) => why === 'changed-in-calendar'),
    cancelledAt: conference.state === 'cancelled' ? conference.stateSince : null,
  };
}

/** The passcode itself when the one that was typed is right; a wrong one otherwise, so that it is counted; null when none was typed. */
function typedBefore(conference: Conference, visit: Visit | null): string | null {
  if (visit?.proof === null || visit === null) return null;
  return visit.proof === proofOf(conference.id, conference.passcode) ? conference.passcode : 'wrong';
}
