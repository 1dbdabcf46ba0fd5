import type { ColumnType, Generated } from 'kysely';

/** Rows of migrations/0030-voicemail.ts; only features/voicemail/rows.ts queries them. Instants are timestamptz. */
export interface VoicemailTables {
  voicemail_box: VoicemailBoxRow;
  voicemail_pair: VoicemailPairRow;
  voicemail_sound: VoicemailSoundRow;
  voicemail_trail: VoicemailTrailRow;
  voicemail_forward: VoicemailForwardRow;
  voicemail_notice: VoicemailNoticeRow;
  voicemail_transcript: VoicemailTranscriptRow;
  voicemail_member: VoicemailMemberRow;
  voicemail_taken: VoicemailTakenRow;
  voicemail_played: VoicemailPlayedRow;
}

export interface VoicemailBoxRow {
  tenant_id: string;
  instance: string;
  box: string;
  person_id: string | null;
  /** Grows with every save of a round or a wish. */
  version: number;
  name: string;
  address: string;
  is_full: boolean;
  /** Why the box is not synchronised at all until that is mended. */
  hands_off: string | null;
  mailbox_instance: string | null;
  mailbox_id: string | null;
  /** Since when it is watched without an owner before this one; with their first look it has done its work. */
  known_since: Date | null;
  cut_over_at: Date | null;
  looked_at: Date | null;
  mail_looked_at: Date | null;
  cursor: string | null;
  watch_expires_at: Date | null;
  /** The folder of the mailbox that is watched; '' for the inbox. */
  watch_folder: Generated<string>;
  phone_seen_at: Date | null;
  brake: string | null;
  brake_since: Date | null;
  brake_released_at: Date | null;
  parked: string | null;
}

export interface VoicemailPairRow {
  tenant_id: string;
  id: string;
  person_id: string;
  instance: string;
  box: string;
  voicemail_id: string;
  state: string;
  caller_name: string;
  caller_number: string;
  duration_seconds: number;
  is_urgent: boolean;
  left_at: Date;
  first_seen_at: Date;
  /** unheard, heard, deleted, gone. */
  voicemail: string;
  mailbox_instance: string | null;
  mailbox_id: string | null;
  message_id: string;
  mail_id: string | null;
  /** inbox, elsewhere, trash, missing; null before it was delivered. */
  mail_place: string | null;
  mail_is_read: boolean | null;
  settled_voicemail: string | null;
  settled_is_read: boolean | null;
  settled_is_trash: boolean | null;
  wish: string | null;
  /** What was set out to be done, and the state that it started from; null when nothing is under way. */
  begun: ColumnType<Record<string, unknown> | null, string | null, string | null>;
  delivery_began_at: Date | null;
  missing_since: Date | null;
  has_audio: boolean;
  binned_at: Date | null;
  removed_by_us: boolean;
  trouble: string | null;
}

export interface VoicemailSoundRow {
  tenant_id: string;
  pair_id: string;
  content_type: string;
  bytes: Buffer;
}

export interface VoicemailTrailRow {
  tenant_id: string;
  pair_id: string;
  seq: Generated<string>;
  at: Date;
  what: string;
  because: string;
}

/** migrations/0032-voicemail-forward.ts; queried by features/voicemail/forward/. */
export interface VoicemailForwardRow {
  tenant_id: string;
  pair_id: string;
  id: string;
  asked_by: string;
  asked_at: Date;
  target_box: string;
  target_name: string;
  /** waiting, begun, done, failed, doubt. */
  state: string;
  problem: string | null;
  copies_before: number | null;
}

/** migrations/0040-voicemail-notice.ts; queried by features/voicemail/notice/. */
export interface VoicemailNoticeRow {
  tenant_id: string;
  pair_id: string;
  address: string;
  /** waiting, sending, sent, doubt, refused. */
  state: string;
  at: Date;
}

/** migrations/0041-voicemail-transcript.ts; queried by features/voicemail/transcript/. */
export interface VoicemailTranscriptRow {
  tenant_id: string;
  pair_id: string;
  /** done, failed. */
  state: string;
  language: string | null;
  pieces: ColumnType<unknown, string, string>;
  problem: string | null;
  at: Date;
}

/** migrations/0042-voicemail-team.ts, with the two below; queried by features/voicemail/team/. */
export interface VoicemailMemberRow {
  tenant_id: string;
  instance: string;
  box: string;
  person_id: string;
  /** listen, handle, manage. */
  access: string;
}

export interface VoicemailTakenRow {
  tenant_id: string;
  pair_id: string;
  person_id: string;
  at: Date;
  done_at: Date | null;
}

export interface VoicemailPlayedRow {
  tenant_id: string;
  pair_id: string;
  person_id: string;
  at: Date;
}
