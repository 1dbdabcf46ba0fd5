/** Rows of migrations/0027-conference-visit.ts; only features/conference/join/visit-rows.ts queries them. */
export interface VisitTables {
  conference_visit: {
    tenant_id: string;
    conference_id: string;
    /** Digest of the browser's own cookie. */
    browser: string;
    /** As the visitor wrote it; shown to the others in the room. */
    name: string;
    /** Digest of the conference and the passcode that was typed; null when none was. */
    proof: string | null;
    /** Pressed the button and is to be let in as soon as it opens. */
    wants_in: boolean;
    at: Date;
  };
}
