/** Rows of migrations/0028-exchange-link.ts; only accounts/exchange/rows.ts queries them. */
export interface ExchangeLinkTables {
  exchange_link: ExchangeLinkRow;
}

export interface ExchangeLinkRow {
  tenant_id: string;
  /** Metadata address and msexchuid of the account that asks. */
  account: string;
  /** Mail address that it says is its own, lower case. */
  address: string;
  /** Name that it says, for the person who may be made. */
  name: string;
  /** Salt and SHA-256 of the code that was mailed, `<salt>.<digest>`; null when an administrator has to confirm. */
  code_hash: string | null;
  /** Wrong codes since the last mail. */
  tries: number;
  /** Mails since `first_at`. */
  codes: number;
  first_at: Date;
  asked_at: Date;
  /** The code is good until then. */
  ends_at: Date;
}
