import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** Rows of migrations/0051-availability.ts; only the availability feature's rows query them. Instants are timestamptz. */
export interface AvailabilityTables {
  availability_person: AvailabilityPersonRow;
  availability_event: AvailabilityEventRow;
  availability_meeting: AvailabilityMeetingRow;
  availability_history: AvailabilityHistoryRow;
  availability_target: AvailabilityTargetRow;
  availability_phone: AvailabilityPhoneRow;
  availability_dot: AvailabilityDotRow;
  availability_replay: AvailabilityReplayRow;
  availability_replay_person: AvailabilityReplayPersonRow;
  availability_wish: AvailabilityWishRow;
  availability_elsewhere: AvailabilityElsewhereRow;
  availability_when_free: AvailabilityWhenFreeRow;
}

/** What a person is, and what is known only of them. */
export interface AvailabilityPersonRow {
  tenant_id: string;
  person_id: string;
  availability: string;
  face: string;
  /** A title that others may see; never of a private appointment. */
  title: string | null;
  why_source: string;
  why_rule: string;
  why_event: string | null;
  since: Date;
  until: Date | null;
  next_state: JSONColumnType<object, string | null, string | null> | null;
  /** The choice by hand that holds; null for none. */
  manual: JSONColumnType<object, string | null, string | null> | null;
  /** Automatic replies: null for none, `out_to` null while nobody said when they end. */
  out_from: Date | null;
  out_to: Date | null;
  /** IANA zone of the mailbox, once told. */
  zone: string | null;
  absence_asked_at: Date | null;
  looked_at: Date;
}

/** An appointment near now, as the rules need it. */
export interface AvailabilityEventRow {
  tenant_id: string;
  instance: string;
  mailbox_id: string;
  event_id: string;
  master_id: string | null;
  series_key: string;
  original_start: Date;
  starts_at: Date;
  ends_at: Date;
  /** The rest: show-as, title (never of a private one), place, categories, organizer, count of attendees, answer. */
  facts: JSONColumnType<Record<string, unknown>>;
}

export interface AvailabilityMeetingRow {
  tenant_id: string;
  person_id: string;
  series_key: string;
  /** Start by the pattern, ISO; '' for all of the series. */
  occurrence: string;
  availability: string;
  chosen_at: Date;
  /** When an appointment with this state was last in sight: forgotten a month later. */
  last_seen_at: Date;
}

export interface AvailabilityHistoryRow {
  tenant_id: string;
  person_id: string;
  at: Date;
  seq: Generated<string>;
  availability: string;
  face: string;
  why_source: string;
  why_rule: string;
  why_event: string | null;
}

/** What a phone system was last told about one line. */
export interface AvailabilityTargetRow {
  tenant_id: string;
  instance: string;
  target: string;
  shown: ColumnType<Record<string, unknown> | null, string | null, string | null>;
  shown_at: Date | null;
}

/** Whether a device is in a call. */
export interface AvailabilityPhoneRow {
  tenant_id: string;
  instance: string;
  device: string;
  is_busy: boolean;
  since: Date;
}

/** Whether another system was told that somebody is on the phone. */
export interface AvailabilityElsewhereRow {
  tenant_id: string;
  person_id: string;
  /** What the other system said last; null while it said nothing. */
  presence: JSONColumnType<object, string | null, string | null> | null;
  since: Date | null;
  /** Somebody looked at them not long before this. */
  wanted_until: Date;
}

export interface AvailabilityDotRow {
  tenant_id: string;
  person_id: string;
  is_in_call: boolean;
  told_at: Date;
}

/** What settings that nobody has saved yet are tried on. */
export interface AvailabilityReplayRow {
  tenant_id: string;
  replay_id: string;
  proposed: JSONColumnType<Record<string, unknown>>;
  from_at: Date;
  to_at: Date;
  made_at: Date;
}

/** What they would have made of one person's calendar: minutes and stretches, nothing of what stands in it. */
export interface AvailabilityReplayPersonRow {
  tenant_id: string;
  replay_id: string;
  person_id: string;
  outcome: 'due' | 'replayed' | 'unread' | 'no-mailbox';
  changed_minutes: number;
  result: ColumnType<Record<string, unknown> | null, string | null, string | null>;
}

/** An invite that is being written and carries a choice (migrations/0054-availability-wish.ts). */
export interface AvailabilityWishRow {
  tenant_id: string;
  person_id: string;
  key: string;
  asked_at: Date;
}

/** Somebody wants to be told when somebody else is free (migrations/0064-when-free.ts). */
export interface AvailabilityWhenFreeRow {
  tenant_id: string;
  /** Who waits. */
  person_id: string;
  waited_for: string;
  address: string;
  /** The wish ends then. */
  until: Date;
  /** Null while they are not free. */
  free_since: Date | null;
}
