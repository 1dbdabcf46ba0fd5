import type { Caller } from '../../../../contract/endpoint.ts';
import type { LineSource } from '../../../domain/line.ts';
import type { AvailabilityDeps, PersonPolicy } from '../deps.ts';

/** Settings that nobody has saved yet: of the organisation, or of a group. */
export interface Proposed {
  group: string | null;
  set: Record<string, unknown>;
  inherit: string[];
  locks?: string[] | undefined;
}

/** `source` of a mailbox: "directory", "sign-in", "administrator"; of the switch: the layer of settings that says so. */
export interface PersonLinks {
  mailbox: { instance: string; address: string; source: string } | null;
  /** A line that does not drive shares its extension with one that has had its owner for longer. */
  lines: { pbx: string; extension: string; source: LineSource; drives: boolean }[];
  followsCalendar: { isOn: boolean; scope: 'default' | 'organisation' | 'group' | 'person'; name: string | null };
}

/** What the administrator's part of the feature is given besides. */
export interface AvailabilityAdminDeps extends AvailabilityDeps {
  /** How it would be for a person with the proposal. @throws UserError 422 for settings that cannot be. */
  policyIf(tenantId: string, personId: string, proposed: Proposed): Promise<PersonPolicy>;
  /** Who is in a group. @throws UserError 404 */
  inGroup(tenantId: string, group: string): Promise<ReadonlySet<string>>;
  /** What makes somebody's calendar reach a phone (A124, A156): which mailbox, which lines, whether it is switched on, and who or what said so. */
  linksOf(tenantId: string, personId: string): Promise<PersonLinks>;
  /** Writes down that somebody looks at a person, before they see anything. */
  noteLook(caller: Caller, what: string, personId: string): Promise<void>;
}
