/** Rows of migrations/0053-phone-calls.ts; only the calls feature's rows query them. */
export interface CallTables {
  phone_call: PhoneCallRow;
}

/** A call that somebody began in Outlook. The number is forgotten with the row, an hour after the call. */
export interface PhoneCallRow {
  tenant_id: string;
  id: string;
  person_id: string;
  pbx_id: string;
  phone: string;
  number: string;
  state: string;
  outcome: string | null;
  asked_at: Date;
}
