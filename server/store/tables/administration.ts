import type { GeneratedAlways, JSONColumnType } from 'kysely';

/** Rows of migrations 0070 and 0072. `Date` columns are timestamptz. */
export interface AdministrationTables {
  admin_deed: AdminDeedRow;
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
