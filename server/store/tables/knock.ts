/** Rows of migrations/0061-conference-knock.ts; only features/conference/knock/knock-rows.ts queries them. */
export interface KnockTables {
  conference_knock: {
    tenant_id: string;
    conference_id: string;
    /** Digest of the bridge's name and the call's: the same call is the same row in every process. */
    id: string;
    instance: string;
    /** What the caller's telephone says: a stranger's text. */
    name: string;
    number: string;
    /** waiting, let-in, refused. */
    state: string;
    asked_at: Date;
    /** When the bridge last said that they still wait. */
    heard_at: Date;
    /** Person id. */
    decided_by: string | null;
    decided_at: Date | null;
  };
}
