import type { ColumnType } from 'kysely';

/** Rows of the conference feature; only its rows.ts queries them. Instants are timestamptz. */

export interface ConferenceTable {
  tenant_id: string;
  id: string;
  state: string;
  why: string;
  state_since: Date;
  /** A held one is dropped then. */
  expires_at: Date;
  restorable_until: Date | null;
  /** Owner of the calendar. */
  owner_id: string;
  owner_name: string;
  owner_address: string;
  /** Who pressed the button; the owner, or a delegate. A new organizer takes their place. */
  booker_id: string;
  idempotency_key: string;
  mailbox_instance: string | null;
  mailbox_id: string | null;
  /** Immutable id of the event or series master, once seen. */
  event_id: string | null;
  event_version: string | null;
  /** By the calendar's clock. */
  event_modified_at: Date | null;
  series_key: string | null;
  /** When the calendar last showed the event. */
  seen_at: Date | null;
  /** The send handler told us something that the calendar has not confirmed yet; until then its word stands. */
  confirm_by: Date | null;
  access_code: string;
  host_code: string;
  passcode: string;
  room: string;
  /** Null for private meetings (promise 5). */
  subject: string | null;
  is_private: boolean;
  is_series: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
  time_zone: string;
  /** End of the last window; null for a series without end, or before a time is known. */
  closes_at: Date | null;
  language: string;
  lobby: boolean;
  bridge_instance: string;
  /** none, pending, agreed, closing, closed. */
  bridge_state: string;
  bridge_since: Date | null;
  bridge_error: string | null;
  members: number;
  /** Who has a part besides the owner: `[{ address, name, role }]`. */
  roles: ColumnType<unknown, string, string>;
  /** ISO countries whose numbers stand in the invite, in this order; empty: the bridge's first. */
  countries: ColumnType<unknown, string, string>;
  /** Id of the invite text's template; null for the organisation's own choice. */
  template: string | null;
  /** Given out when the first presenter is named. */
  presenter_code: string | null;
  /** A person's own room, carried by any number of events. */
  is_standing: boolean;
  /** `block`, or `place-only`: the body does not round-trip, and only the place carries the link. */
  invite_text: string;
  version: number;
  created_at: Date;
}

export interface ConferenceCodeTable {
  tenant_id: string;
  code: string;
  conference_id: string;
  role: string;
  /** Not given out again before. */
  reserved_until: Date;
}

export interface ConferenceWindowTable {
  tenant_id: string;
  conference_id: string;
  /** Where the pattern puts this occurrence; the start itself for a single event. */
  original_start: Date;
  starts_at: Date;
  ends_at: Date;
}

export interface ConferenceHistoryTable {
  tenant_id: string;
  conference_id: string;
  seq: number;
  at: Date;
  from_state: string | null;
  to_state: string;
  why: string;
  detail: string | null;
}

export interface ConferenceGuessTable {
  tenant_id: string;
  /** 'caller:<instance>/<number>', 'code:<sha256>', 'overall:<instance>'. */
  counted: string;
  at: Date;
  id: string;
}

export interface ConferenceTicketKeyTable {
  tenant_id: string;
  id: string;
  key: Buffer;
  created_at: Date;
}

/** A bridge that serves a conference. */
export interface ConferenceBridgeTable {
  tenant_id: string;
  conference_id: string;
  instance: string;
  /** none, pending, agreed, closing, closed. */
  state: string;
  since: Date;
  error: string | null;
  members: number;
  is_locked: boolean;
}

/** Somebody who is in at this moment. */
export interface ConferenceMemberTable {
  tenant_id: string;
  conference_id: string;
  instance: string;
  /** The bridge's name for them. */
  leg: string;
  name: string;
  number: string;
  is_host: boolean;
  is_muted: boolean;
  joined_at: Date | null;
}

/** What somebody asked a bridge to do. */
export interface ConferenceCommandTable {
  tenant_id: string;
  conference_id: string;
  id: string;
  instance: string;
  what: string;
  leg: string | null;
  /** For `call`: number, name, role. Emptied when the call is over. */
  call: ColumnType<unknown, string | null, string | null>;
  /** waiting, begun, ringing, done, failed, doubt. */
  state: string;
  problem: string | null;
  asked_by: string | null;
  asked_at: Date;
}

/** Meetings that were copied together with a conference's link. */
export interface ConferenceCopyTable {
  tenant_id: string;
  /** The conference whose link was copied. */
  conference_id: string;
  instance: string;
  mailbox_id: string;
  event_id: string;
  /** The version that was looked at last. */
  event_version: string;
  starts_at: Date;
  /** `own`: it has a conference of its own. `left-alone`: its invite could not be written to, and still shows the first one's link. */
  state: string;
  own_id: string | null;
  /** People whom the calendar mailed the change to. */
  mailed: number;
  at: Date;
}

/** When a standing room is open, by the event that carries it. */
export interface StandingWindowTable {
  tenant_id: string;
  conference_id: string;
  /** Id of the event or series master in the owner's calendar; `sent:<start, epoch ms>` until the calendar has shown it. */
  source: string;
  original_start: Date;
  starts_at: Date;
  ends_at: Date;
  /** Until when the send handler's word stands; null for what the calendar shows. */
  confirm_by: Date | null;
  seen_at: Date;
}

export interface ConferenceTables {
  standing_window: StandingWindowTable;
  conference_bridge: ConferenceBridgeTable;
  conference_member: ConferenceMemberTable;
  conference_command: ConferenceCommandTable;
  conference: ConferenceTable;
  conference_code: ConferenceCodeTable;
  conference_window: ConferenceWindowTable;
  conference_copy: ConferenceCopyTable;
  conference_history: ConferenceHistoryTable;
  conference_guess: ConferenceGuessTable;
  conference_ticket_key: ConferenceTicketKeyTable;
}
