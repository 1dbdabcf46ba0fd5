import type { ColumnType, GeneratedAlways, JSONColumnType } from 'kysely';

/** Rows of migrations 0070 and 0072. `Date` columns are timestamptz. */
export interface AdministrationTables {
  admin_deed: AdminDeedRow;
  log_line: LogLineRow;
  log_minute: LogMinuteRow;
  connector_told: ConnectorToldRow;
}

/** Something that an administrator did, or somebody whom they looked at. */
export interface AdminDeedRow {
  tenant_id: string;
  /** bigint: a string on the way out. */
  seq: GeneratedAlways<string>;
  at: Date;
  by_person: string | null;
  /** As the sign-in said it then. */
  by_name: string;
  kind: 'change' | 'look';
  what: string;
  about_person: string | null;
  details: JSONColumnType<Record<string, unknown>>;
  outcome: 'begun' | 'done' | 'refused';
}

/** A line of the log, without secrets: as it was written to standard output. */
export interface LogLineRow {
  tenant_id: string;
  seq: GeneratedAlways<string>;
  at: Date;
  level: 'info' | 'warn' | 'error';
  /** Connector that the line is about. */
  instance: string | null;
  message: string;
  fields: JSONColumnType<Record<string, unknown>>;
}

/** Bytes of lines in a minute, so that the limit costs no look at every line. */
export interface LogMinuteRow {
  tenant_id: string;
  minute: Date;
  /** bigint: a string on the way out. */
  bytes: ColumnType<string, number, string>;
}

/** What the process that has a connector told of it last. */
export interface ConnectorToldRow {
  tenant_id: string;
  instance: string;
  status: JSONColumnType<Record<string, unknown>>;
  told_at: Date;
}
