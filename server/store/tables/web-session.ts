import type { JSONColumnType } from 'kysely';

/** Rows of migrations/0025-web-session.ts; only accounts/session-rows.ts queries them. */
export interface WebSessionTables {
  web_session: WebSessionRow;
}

export interface WebSessionRow {
  tenant_id: string;
  /** SHA-256 of the id in the browser's cookie, base64url. */
  id_hash: string;
  person_id: string;
  /** As the provider said at sign-in; shown only. */
  name: string;
  address: string;
  /** Roles that sign-in gave, for as long as the session lives. */
  roles: JSONColumnType<string[]>;
  /** Id of the provider in the configuration, for signing out there too. */
  provider: string;
  created_at: Date;
  /** Last use, to the minute. */
  seen_at: Date;
  /** It ends then, used or not. */
  ends_at: Date;
}
