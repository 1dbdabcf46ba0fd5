import type { MailboxRef } from '../../domain/calendar.ts';
import type { ConferenceState } from '../../domain/conference.ts';
import type { AdmissionPolicy, MeetingWindow } from './admission/admission-rule.ts';
import type { Standing, Why } from './machine.ts';

/** A conference as the feature thinks of it. Instants epoch ms, UTC. */
export interface Conference {
  tenantId: string;
  id: string;
  state: ConferenceState;
  why: Why;
  stateSince: number;
  expiresAt: number;
  restorableUntil: number | null;
  ownerId: string;
  ownerName: string;
  ownerAddress: string;
  bookerId: string;
  idempotencyKey: string;
  mailbox: MailboxRef | null;
  eventId: string | null;
  eventVersion: string | null;
  /** When the calendar says that this version was made: by its clock, compared with nothing but its own stamps. */
  eventModifiedAt: number | null;
  seriesKey: string | null;
  seenAt: number | null;
  confirmBy: number | null;
  accessCode: string;
  hostCode: string;
  passcode: string;
  room: string;
  subject: string | null;
  isPrivate: boolean;
  isSeries: boolean;
  startsAt: number | null;
  endsAt: number | null;
  timeZone: string;
  closesAt: number | null;
  language: string;
  lobby: boolean;
  bridgeInstance: string;
  bridgeState: BridgeState;
  bridgeSince: number | null;
  bridgeError: string | null;
  members: number;
  /** Who has a part besides the owner; addresses in lower case. */
  roles: readonly RoleHolder[];
  /** ISO countries whose numbers stand in the invite, in this order; empty: the bridge's first. */
  countries: readonly string[];
  /** Id of the invite text's template; null: the organisation's own choice. */
  template: string | null;
  /** For the phone; null until somebody presents. */
  presenterCode: string | null;
  /** A person's own room, carried by any number of events (M5). */
  isStanding: boolean;
  /** What the server could write into the invite, where it did: the whole block, or only the link in the place, because the body does not round-trip. */
  inviteText: 'block' | 'place-only';
  version: number;
  createdAt: number;
}

/** Somebody besides the owner who has a part in a conference. */
export interface RoleHolder {
  /** Mail address, lower case. */
  address: string;
  name: string;
  role: 'host' | 'presenter';
}

/** `none`: nothing there, nothing wanted. `pending`: wanted, not reached yet. `agreed`: there. `closing`: to be ended. `closed`: ended. */
export type BridgeState = 'none' | 'pending' | 'agreed' | 'closing' | 'closed';

/** One stretch of time, with the instant where the series pattern put it: that names an occurrence for good. */
export interface ConferenceWindow extends MeetingWindow {
  originalStart: number;
}

/** What the calendar, or the send handler before it, says about a meeting: the fields that belong to the calendar. */
export interface MeetingFacts {
  subject: string | null;
  isPrivate: boolean;
  isSeries: boolean;
  startsAt: number | null;
  endsAt: number | null;
  timeZone: string;
  closesAt: number | null;
}

/** The feature's numbers. Every one can be set in the configuration (docs/configuration.md). */
export interface ConferencePolicy extends AdmissionPolicy {
  /** How long a held conference waits for its invite to be sent. */
  holdMs: number;
  /** How long the send handler's word stands before the calendar must have shown it. */
  confirmMs: number;
  /** How long a cancelled conference keeps its codes for its owner (M11). */
  restoreMs: number;
  /** How long a code is not given out again after its conference is over. */
  codeRestMs: number;
  codeDigits: number;
  maxMembers: number;
  /** Scheduled conferences outside the sweep's window are read again this often: the third net. */
  rereadMs: number;
  /** How long a send ticket is good. */
  ticketMs: number;
}

/** The name under which conferences ask for a calendar. */
export const watchReason = 'conference';

export const day = 24 * 60 * 60_000;

/** What the state machine needs to know. */
export function standingOf(conference: Conference, policy: AdmissionPolicy): Standing {
  return {
    state: conference.state,
    expiresAt: conference.expiresAt,
    restorableUntil: conference.restorableUntil,
    closesAt: conference.closesAt === null ? null : conference.closesAt + policy.closesAfterMs,
    isOccupied: conference.members > 0,
    wasSeen: conference.seenAt !== null,
  };
}
