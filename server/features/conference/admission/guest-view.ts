import type { GuestView } from '../../../../contract/conference/conference.ts';
import { doorAt } from './admission-rule.ts';
import { numbersFor } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { callsOut, findBridge, kindOf } from '../offer.ts';
import { roleOf, type KnownVisitor } from '../roles.ts';
import { windowsOf } from '../rows.ts';
import { isoOrNull, meetingTimes } from '../view.ts';

/** A conference as a signed-in person sees it who has its link: what the invite says and when it opens. Subject, codes for others and history stay with its people. */
export async function guestViewOf(deps: ConferenceDeps, conference: Conference, visitor: KnownVisitor): Promise<GuestView> {
  const windows = await windowsOf(deps.store.db, conference.tenantId, conference.id);
  const bridge = findBridge(deps, conference.bridgeInstance);
  const { startsAt, endsAt } = meetingTimes(conference, windows, deps.clock.now(), deps.policy);
  return {
    id: conference.id,
    state: conference.state,
    startsAt: isoOrNull(startsAt),
    endsAt: isoOrNull(endsAt),
    opensAt: isoOrNull(doorAt(windows, deps.clock.now(), deps.policy).opensAt),
    timeZone: conference.timeZone,
    host: conference.ownerName,
    joinUrl: `${deps.joinBase}${conference.id}`,
    dialIn: [...numbersFor(deps, conference.bridgeInstance)],
    kind: kindOf(bridge),
    callsOut: callsOut(deps, conference.bridgeInstance),
    icsUrl: deps.pagesOf?.ics(conference.id) ?? null,
    callUrl: callsOut(deps, conference.bridgeInstance) ? (deps.pagesOf?.call(conference.id) ?? null) : null,
    role: roleOf(conference, visitor),
  };
}
