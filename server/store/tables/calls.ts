/** Rows of migrations/0053-phone-calls.ts and 0036-played-messages.ts; only the calls feature's rows query them. */
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
  /** '' when a message is played. */
  number: string;
  voicemail_id: string | null;
  box: string | null;
  message_id: string | null;
  state: string;
  outcome: string | null;
  asked_at: Date;
}
