/** Rows of server/calendars; only its watch-rows.ts queries them. Instants are timestamptz. */

export interface CalendarWatchTable {
  tenant_id: string;
  instance: string;
  mailbox_id: string;
  subscription_id: string | null;
  subscription_expires_at: Date | null;
  cursor: string | null;
  window_from: Date | null;
  window_to: Date | null;
  swept_at: Date | null;
  /** Why this mailbox is left alone for now; null when it is not. */
  parked: string | null;
  /** Since when. */
  parked_since: Date | null;
}

/** Who wants a mailbox to be watched: one row for each feature that does. */
export interface CalendarWantTable {
  tenant_id: string;
  instance: string;
  mailbox_id: string;
  /** The feature's name. */
  reason: string;
  since: Date;
}

export interface CalendarTables {
  calendar_watch: CalendarWatchTable;
  calendar_want: CalendarWantTable;
}
