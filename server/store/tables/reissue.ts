/** Rows of migrations/0060-reissue.ts and 0062-reissue-move.ts; only features/conference/reissue/ queries them. */
export interface ReissueTables {
  reissue_run: {
    tenant_id: string;
    id: string;
    bridge: string | null;
    /** Where its conferences move to. */
    to_bridge: string | null;
    phase: string;
    state: string;
    events_per_minute: number | null;
    next_at: Date;
    made_at: Date;
    made_by: string;
    undo_until: Date | null;
  };
  reissue_invite: {
    tenant_id: string;
    run_id: string;
    conference_id: string;
    /** Empty where no calendar holds the invite. */
    event_id: string;
    mailbox_instance: string | null;
    mailbox_id: string | null;
    starts_at: Date;
    state: string;
    reason: string | null;
    people: number;
    attempts: number;
    due_at: Date;
    /** Of the event, as it was read before it was written. */
    version: string | null;
    format: string | null;
    before_block: string | null;
    after_block: string | null;
  };
}
