import type { ConferenceView } from '../../../contract/conference/conference.ts';
import { numbersFor } from './bridge/bridge-set.ts';
import type { Conference } from './conference.ts';
import { doorAt, type AdmissionPolicy, type MeetingWindow } from './admission/admission-rule.ts';
import { copiesOf } from './calendar/copy-rows.ts';
import type { ConferenceDeps } from './deps.ts';
import { callsOut, findBridge, kindOf } from './offer.ts';
import { historyOf, windowsOf } from './rows.ts';

/** Instants as the API writes them: ISO 8601, UTC. */
const iso = (instant: number): string => new Date(instant).toISOString();
export const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** A conference as `viewer` may see it: the host code is for its owner and its booker only. Null viewer: a send ticket. */
export async function viewOf(deps: ConferenceDeps, conference: Conference, viewer: string | null): Promise<ConferenceView> {
  const { tenantId, id } = conference;
  const { db } = deps.store;
  const [history, windows, copies] = await Promise.all([historyOf(db, tenantId, id), windowsOf(db, tenantId, id), copiesOf(db, tenantId, id)]);
  const bridge = findBridge(deps, conference.bridgeInstance);
  const { startsAt, endsAt } = meetingTimes(conference, windows, deps.clock.now(), deps.policy);
  const isTheirs = viewer !== null && (viewer === conference.ownerId || viewer === conference.bookerId);
  return {
    id,
    state: conference.state,
    why: conference.why,
    stateSince: iso(conference.stateSince),
    expiresAt: conference.state === 'held' ? iso(conference.expiresAt) : null,
    restorableUntil: isoOrNull(conference.restorableUntil),
    joinUrl: `${deps.joinBase}${id}`,
    accessCode: conference.accessCode,
    passcode: conference.passcode,
    hostCode: isTheirs ? conference.hostCode : null,
    presenterCode: isTheirs ? conference.presenterCode : null,
    dialIn: [...numbersFor(deps, conference.bridgeInstance)],
    countries: [...conference.countries],
    kind: kindOf(bridge),
    callsOut: callsOut(deps, conference.bridgeInstance),
    roles: conference.roles.map((each) => ({ ...each })),
    template: conference.template,
    isStanding: conference.isStanding,
    inviteText: conference.inviteText,
    copies: copies.map(({ startsAt: at, state, mailed }) => ({ startsAt: iso(at), state, mailed })),
    host: { name: conference.ownerName, address: conference.ownerAddress },
    subject: conference.subject,
    startsAt: isoOrNull(startsAt),
    endsAt: isoOrNull(endsAt),
    timeZone: conference.timeZone,
    opensAt: isoOrNull(doorAt(windows, deps.clock.now(), deps.policy).opensAt),
    language: conference.language,
    lobby: conference.lobby,
    bridge: { instance: conference.bridgeInstance, state: conference.bridgeState, since: isoOrNull(conference.bridgeSince), lastError: conference.bridgeError },
    participants: conference.members > 0 || bridge?.capabilities.participants ? conference.members : null,
    history: history.map((line) => ({ at: iso(line.at), from: line.from, to: line.to, why: line.why, detail: line.detail })),
    version: conference.version,
  };
}

/** When a conference takes place: its event's own times. A standing room has none; there it is the event that is on now, or comes next. */
export function meetingTimes(
  conference: Pick<Conference, 'isStanding' | 'startsAt' | 'endsAt'>, windows: readonly MeetingWindow[], now: number, policy: AdmissionPolicy,
): { startsAt: number | null; endsAt: number | null } {
  if (!conference.isStanding) return { startsAt: conference.startsAt, endsAt: conference.endsAt };
  const next = windows.filter(({ endsAt }) => now < endsAt + policy.closesAfterMs).toSorted((a, b) => a.startsAt - b.startsAt)[0];
  return { startsAt: next?.startsAt ?? null, endsAt: next?.endsAt ?? null };
}
