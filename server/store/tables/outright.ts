import type { JSONColumnType } from 'kysely';

/** Rows of migrations/0026-outright.ts; only features/conference/outright/ queries them. */
export interface OutrightTables {
  conference_outright: {
    tenant_id: string;
    conference_id: string;
    uid: string;
    sequence: number;
    delivery: string;
    guests: JSONColumnType<{ name: string; address: string }[]>;
    notes: string;
    calendar_state: string;
    calendar_error: string | null;
  };
  conference_mail: {
    tenant_id: string;
    /** Also the left part of the mail's Message-ID. */
    id: string;
    conference_id: string;
    sequence: number;
    method: string;
    to_name: string;
    to_address: string;
    state: string;
    at: Date;
    error: string | null;
  };
}
