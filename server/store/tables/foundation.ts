import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** Rows of migrations/0001-foundation.ts. `Date` columns are timestamptz: instants without a zone of their own. */
export interface FoundationTables {
  tenant: TenantRow;
  person: PersonRow;
  identity: IdentityRow;
  mailbox_link: MailboxLinkRow;
  setting: SettingRow;
  person_group: PersonGroupRow;
  person_group_member: PersonGroupMemberRow;
  work: WorkRow;
  lease: LeaseRow;
}

/** An organisation that we serve. A normal install has one, `default`. */
export interface TenantRow {
  tenant_id: string;
  name: string;
  created_at: Date;
}

/** Somebody, under an id of our own. Name and address are what we were last told: shown, never looked up by. */
export interface PersonRow {
  tenant_id: string;
  person_id: string;
  name: string;
  address: string;
  created_at: Date;
  last_seen_at: Date;
}

/** One way to recognise a person. Every kind but `address` names one person at most. */
export interface IdentityRow {
  tenant_id: string;
  kind: 'entra' | 'oidc' | 'exchange' | 'address';
  /** entra: `<tenant id>/<object id>`; oidc: `<issuer> <subject>`; address: lower case. */
  value: string;
  person_id: string;
  /** Who says so: `sign-in`, `directory`, `administrator`. */
  source: string;
  created_at: Date;
}

/** Which mailbox of which mail system is whose. */
export interface MailboxLinkRow {
  tenant_id: string;
  /** Connector instance. */
  instance: string;
  /** The system's stable id of the mailbox, never an address. */
  mailbox_id: string;
  person_id: string;
  /** Primary address when last seen, lower case; shown only. */
  address: string;
  source: string;
  created_at: Date;
}

/** Values of one feature's settings at one level; absent keys are inherited. */
export interface SettingRow {
  tenant_id: string;
  scope: 'organisation' | 'group' | 'person';
  /** The group's or person's id, or '' for the organisation. */
  scope_id: string;
  feature: string;
  values: JSONColumnType<Record<string, unknown>>;
  /** Keys that the levels below may not change. */
  locked: JSONColumnType<string[]>;
  version: number;
  updated_at: Date;
  updated_by: string;
}

/** Several people for whom the same is set. */
export interface PersonGroupRow {
  tenant_id: string;
  group_id: string;
  name: string;
  /** Value of the token's group claim whose holders are members; null: only whom an administrator names. */
  claim: string | null;
  /** The lowest counts first where somebody is in several. */
  rank: number;
  created_at: Date;
}

/** Somebody is in a group. Both sources may say so, and each takes back only its own word. */
export interface PersonGroupMemberRow {
  tenant_id: string;
  group_id: string;
  person_id: string;
  source: 'administrator' | 'token';
  added_at: Date;
}

/** Something to do, no earlier than `due_at`. See work.ts. */
export interface WorkRow {
  tenant_id: string;
  kind: string;
  key: string;
  due_at: Date;
  payload: ColumnType<unknown, string, string>;
  /** Tries since the last put. */
  attempt: Generated<number>;
  /** Counts the puts, so that a put during a run is not lost when the run is done. */
  revision: Generated<number>;
  /** The revision that is being worked on; a higher `revision` says that more was put meanwhile. */
  claimed_revision: number | null;
  /** Until when `lease_owner` works on it alone. A lease that has run out is work that was not finished. */
  lease_until: Date | null;
  lease_owner: string | null;
  last_error: string | null;
}

/** What one process at a time has. See lease.ts. */
export interface LeaseRow {
  tenant_id: string;
  name: string;
  owner: string;
  /** Nobody else may have it before. */
  until: Date;
}
