import type { ConferenceState } from '../../domain/conference.ts';

/**
 * Every way a conference can go, as one table. Pure: what happened, where it stands and what time it is decide alone (design §6, M13).
 * The law behind it (promise 1): a conference is joinable only while its event stands in the organizer's calendar.
 */

/** What can happen to a conference. */
export type Happening =
  /** The send handler says that the invite is being sent. */
  | 'sent'
  /** The event with our link stands in the owner's calendar. */
  | 'seen'
  /** Sent, it was said, but the calendar never showed it. */
  | 'not-found'
  | 'cancelled-in-calendar'
  | 'deleted-in-calendar'
  /** The event stands, our link does not. */
  | 'block-removed'
  /** The organizer's mailbox has been gone for so long that it will not come back. */
  | 'mailbox-gone'
  | 'joined'
  | 'emptied'
  /** The person took the conference out of an invite that was never sent. */
  | 'released'
  /** The person wants a cancelled one back. */
  | 'restore'
  /** Created outright in Tieline, or changed or asked back there: no calendar need say so. */
  | 'created'
  /** Cancelled in Tieline by its owner. */
  | 'cancelled-here'
  /** Time passed. */
  | 'time';

export type Why =
  | 'button' | 'sent' | 'seen-in-calendar' | 'changed-in-calendar' | 'first-joined' | 'everybody-left' | 'time-over'
  | 'never-sent' | 'released' | 'cancelled-in-calendar' | 'deleted-in-calendar' | 'block-removed' | 'restored' | 'revived' | 'settings-changed'
  | 'keyword' | 'copied' | 'invite-written' | 'organizer-changed' | 'mailbox-gone' | 'reissued'
  | 'created-here' | 'changed-here' | 'cancelled-here';


/** What the decision rests on. Instants epoch ms, UTC; null where not known. */
export interface Standing {
  state: ConferenceState;
  /** When a held conference is dropped. */
  expiresAt: number;
  /** Until when a cancelled conference may come back with its codes. */
  restorableUntil: number | null;
  /** When the last window shuts; null for a series without end. */
  closesAt: number | null;
  /** Somebody is in it. */
  isOccupied: boolean;
  /** The calendar has shown the event at least once. */
  wasSeen: boolean;
}

export interface Step {
  to: ConferenceState;
  why: Why;
}

type Guard = (standing: Standing, now: number) => boolean;

/** One row: in this state, when this happens and the guard holds, go there. Rows are read from the top; the first that fits decides. */
export interface Transition {
  from: ConferenceState;
  on: Happening;
  /** Named, so that the exhaustive check can take one out and must then fail. */
  guard: keyof typeof guards;
  to: ConferenceState;
  why: Why;
}

export const guards = {
  always: () => true,
  isDue: (standing, now) => now >= standing.expiresAt,
  isRestorable: (standing, now) => standing.restorableUntil !== null && now < standing.restorableUntil,
  isAhead: (standing, now) => standing.closesAt === null || now < standing.closesAt,
  isOver: (standing, now) => standing.closesAt !== null && now >= standing.closesAt && !standing.isOccupied,
  wasNeverSeen: (standing) => !standing.wasSeen,
} satisfies Record<string, Guard>;

export const transitions: readonly Transition[] = [
  { from: 'held', on: 'sent', guard: 'always', to: 'scheduled', why: 'sent' },
  { from: 'held', on: 'seen', guard: 'always', to: 'scheduled', why: 'seen-in-calendar' },
  { from: 'held', on: 'released', guard: 'always', to: 'expired', why: 'released' },
  { from: 'held', on: 'time', guard: 'isDue', to: 'expired', why: 'never-sent' },

  // The other half of promise 1: whoever creates it outright in Tieline has said so, to nobody else.
  { from: 'held', on: 'created', guard: 'always', to: 'scheduled', why: 'created-here' },
  { from: 'ended', on: 'created', guard: 'isAhead', to: 'scheduled', why: 'revived' },
  { from: 'cancelled', on: 'created', guard: 'isRestorable', to: 'scheduled', why: 'restored' },
  { from: 'scheduled', on: 'cancelled-here', guard: 'always', to: 'cancelled', why: 'cancelled-here' },
  { from: 'live', on: 'cancelled-here', guard: 'always', to: 'cancelled', why: 'cancelled-here' },

  // An invite drafted today and sent in three weeks revives the same id and codes (design §6).
  { from: 'expired', on: 'sent', guard: 'always', to: 'scheduled', why: 'revived' },
  { from: 'expired', on: 'seen', guard: 'always', to: 'scheduled', why: 'revived' },

  // The person chose "Don't send" after our handler had agreed: nothing is real without the calendar.
  { from: 'scheduled', on: 'not-found', guard: 'wasNeverSeen', to: 'held', why: 'never-sent' },
  { from: 'scheduled', on: 'cancelled-in-calendar', guard: 'always', to: 'cancelled', why: 'cancelled-in-calendar' },
  { from: 'scheduled', on: 'deleted-in-calendar', guard: 'always', to: 'cancelled', why: 'deleted-in-calendar' },
  { from: 'scheduled', on: 'block-removed', guard: 'always', to: 'cancelled', why: 'block-removed' },
  { from: 'scheduled', on: 'mailbox-gone', guard: 'always', to: 'cancelled', why: 'mailbox-gone' },
  { from: 'scheduled', on: 'joined', guard: 'always', to: 'live', why: 'first-joined' },
  { from: 'scheduled', on: 'time', guard: 'isOver', to: 'ended', why: 'time-over' },

  { from: 'live', on: 'not-found', guard: 'wasNeverSeen', to: 'held', why: 'never-sent' },
  { from: 'live', on: 'cancelled-in-calendar', guard: 'always', to: 'cancelled', why: 'cancelled-in-calendar' },
  { from: 'live', on: 'deleted-in-calendar', guard: 'always', to: 'cancelled', why: 'deleted-in-calendar' },
  { from: 'live', on: 'block-removed', guard: 'always', to: 'cancelled', why: 'block-removed' },
  { from: 'live', on: 'mailbox-gone', guard: 'always', to: 'cancelled', why: 'mailbox-gone' },
  { from: 'live', on: 'emptied', guard: 'isAhead', to: 'scheduled', why: 'everybody-left' },
  { from: 'live', on: 'emptied', guard: 'always', to: 'ended', why: 'time-over' },
  { from: 'live', on: 'time', guard: 'isOver', to: 'ended', why: 'time-over' },

  // Moved to a later time after it had ended.
  { from: 'ended', on: 'sent', guard: 'isAhead', to: 'scheduled', why: 'revived' },
  { from: 'ended', on: 'seen', guard: 'isAhead', to: 'scheduled', why: 'changed-in-calendar' },
  { from: 'ended', on: 'cancelled-in-calendar', guard: 'always', to: 'cancelled', why: 'cancelled-in-calendar' },
  { from: 'ended', on: 'deleted-in-calendar', guard: 'always', to: 'cancelled', why: 'deleted-in-calendar' },

  // Back from Deleted Items, or asked back: the same codes for 7 days (M11). Asked back, it is only held until it is sent again.
  { from: 'cancelled', on: 'seen', guard: 'isRestorable', to: 'scheduled', why: 'restored' },
  { from: 'cancelled', on: 'sent', guard: 'isRestorable', to: 'scheduled', why: 'restored' },
  { from: 'cancelled', on: 'restore', guard: 'isRestorable', to: 'held', why: 'restored' },
];

/** The step that follows, or null when nothing changes. `table` and `known` are replaced only by the exhaustive check. */
export function step(
  standing: Standing,
  on: Happening,
  now: number,
  table: readonly Transition[] = transitions,
  known: Record<string, Guard> = guards,
): Step | null {
  const row = table.find((each) => each.from === standing.state && each.on === on && known[each.guard]?.(standing, now));
  return row ? { to: row.to, why: row.why } : null;
}
