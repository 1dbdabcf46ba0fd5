import type { Condition } from '../../../rules/condition.ts';
import type { AppointmentLeaf } from './vocabulary.ts';
import type { Input, Output } from './state.ts';

/** One further condition, asked before the mapping (P4). The first whose condition holds decides. */
export interface AppointmentRule {
  /** Short name, shown in "why" and in the log. */
  id: string;
  when: Condition<AppointmentLeaf>;
  /** What the appointment then is; `mapping`: as its show-as says after all, and no later rule is asked. */
  makes: Output | 'mapping';
}

/** How a person's appointments become a state: of the organisation, a group or the person. What it is while nobody has set anything stands with the settings (contract/availability). */
export interface Policy {
  mapping: Readonly<Record<Input, Output>>;
  /** Organizers whose tentative appointments have a mapping of their own, such as the people who enter "sick" (A149). Lower case. */
  exceptionOrganizers: readonly string[];
  /** Titles with one of these words win over everything at the same time (A136). */
  winningWords: readonly string[];
  /** Titles with one of these words lose against everything at the same time, also when a winning word stands in them (A137). */
  losingWords: readonly string[];
  rules: readonly AppointmentRule[];
  /** Whether others may read an appointment's title beside the state (A135). */
  showsSubject: boolean;
  /** What automatic replies make of the person: away, unless somebody maps it otherwise. `ignore`: they say nothing about the phone. */
  outOfOffice: Output;
}
