import type { Caller } from '../../../../contract/endpoint.ts';
import type { AvailabilityDeps, PersonPolicy } from '../deps.ts';

/** Settings that nobody has saved yet: of the organisation, or of a group. */
export interface Proposed {
  group: string | null;
  set: Record<string, unknown>;
  inherit: string[];
  locks?: string[] | undefined;
}

/** What the administrator's part of the feature is given besides. */
export interface AvailabilityAdminDeps extends AvailabilityDeps {
  /** How it would be for a person with the proposal. @throws UserError 422 for settings that cannot be. */
  policyIf(tenantId: string, personId: string, proposed: Proposed): Promise<PersonPolicy>;
  /** Who is in a group. @throws UserError 404 */
  inGroup(tenantId: string, group: string): Promise<ReadonlySet<string>>;
  /** Writes down that somebody looks at a person, before they see anything. */
  noteLook(caller: Caller, what: string, personId: string): Promise<void>;
}
