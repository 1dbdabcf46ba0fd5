import type { JSONColumnType } from 'kysely';

/** Rows of migrations/0050-lines.ts; only accounts/lines/rows.ts queries them. */
export interface LineTables {
  line: LineRow;
  line_member: LineMemberRow;
}

export interface LineRow {
  tenant_id: string;
  pbx_id: string;
  context: string;
  extension: string;
  /** As the phone system or the administrator calls it; shown only. */
  name: string;
  /** Devices that ring: "PJSIP/201". */
  devices: JSONColumnType<string[]>;
  /** "201@default"; null for a line without voicemail. */
  voicemail_box: string | null;
  owner_id: string | null;
  /** administrator, directory, voicemail, template; null without owner. */
  owner_source: string | null;
  /** What the line held before belongs to somebody else: its voicemail is never shown to this owner. */
  owner_since: Date | null;
  /** Address that an administrator named as the owner's, lower case, while it is not known whose it is. */
  claim: string | null;
  /** When a directory was last asked about it. */
  claim_asked_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface LineMemberRow {
  tenant_id: string;
  pbx_id: string;
  context: string;
  extension: string;
  person_id: string;
  created_at: Date;
}
