import type { ConferenceView } from '../../../contract/conference.ts';
import type { Conference } from './conference.ts';
import { doorAt } from './admission-rule.ts';
import type { ConferenceDeps } from './deps.ts';
import { historyOf, windowsOf } from './rows.ts';

/** Instants as the API writes them: ISO 8601, UTC. */
const iso = (instant: number): string => new Date(instant).toISOString();
const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** A conference as `viewer` may see it: the host code is for its owner and its booker only. Null viewer: a send ticket. */
export async function viewOf(deps: ConferenceDeps, conference: Conference, viewer: string | null): Promise<ConferenceView> {
  const { tenantId, id } = conference;
  const [history, windows] = await Promise.all([historyOf(deps.store.db, tenantId, id), windowsOf(deps.store.db, tenantId, id)]);
  const bridge = deps.bridges.find((each) => each.instance === conference.bridgeInstance);
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
    dialIn: [...(bridge?.dialIn ?? [])],
    host: { name: conference.ownerName, address: conference.ownerAddress },
    subject: conference.subject,
    startsAt: isoOrNull(conference.startsAt),
    endsAt: isoOrNull(conference.endsAt),
    timeZone: conference.timeZone,
    opensAt: isoOrNull(doorAt(windows, deps.clock.now(), deps.policy).opensAt),
    language: conference.language,
    lobby: conference.lobby,
    bridge: { instance: conference.bridgeInstance, state: conference.bridgeState, since: isoOrNull(conference.bridgeSince), lastError: conference.bridgeError },
    participants: bridge?.capabilities.participants ? conference.members : null,
    history: history.map((line) => ({ at: iso(line.at), from: line.from, to: line.to, why: line.why, detail: line.detail })),
    version: conference.version,
  };
}
