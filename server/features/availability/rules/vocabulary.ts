import type { Answer } from '../../../rules/condition.ts';
import { placed, type Appointment } from './appointment.ts';
import { fold, hasWord } from './words.ts';

/** The words of a condition on an appointment (P4). Data: an administrator writes them, the settings keep them. */
export type AppointmentLeaf =
  /** One of these words or phrases stands in the title (words.ts). */
  | { subjectHas: readonly string[] }
  | { locationHas: readonly string[] }
  | { categoryIs: readonly string[] }
  /** Addresses, lower case. */
  | { organizerIs: readonly string[] }
  | { showAsIs: readonly string[] }
  | { responseIs: readonly string[] }
  | { attendeesAtLeast: number }
  | { minutesAtLeast: number }
  | { isAllDay: boolean }
  | { isPrivate: boolean }
  | { isCancelled: boolean };

/** Null where the calendar did not tell, or must not. `zone`: IANA, of the mailbox. */
export function askAppointment(leaf: AppointmentLeaf, appointment: Appointment, zone: string): Answer {
  if ('subjectHas' in leaf) return hasWord(appointment.subject, leaf.subjectHas);
  if ('locationHas' in leaf) return hasWord(appointment.location, leaf.locationHas);
  if ('categoryIs' in leaf) return appointment.categories === null ? null : appointment.categories.some((category) => isOneOf(category, leaf.categoryIs));
  if ('organizerIs' in leaf) return oneOf(appointment.organizer, leaf.organizerIs);
  if ('showAsIs' in leaf) return oneOf(appointment.showAs, leaf.showAsIs);
  if ('responseIs' in leaf) return oneOf(appointment.response, leaf.responseIs);
  if ('attendeesAtLeast' in leaf) return appointment.attendees === null ? null : appointment.attendees >= leaf.attendeesAtLeast;
  if ('minutesAtLeast' in leaf) return lengthOf(appointment, zone) >= leaf.minutesAtLeast * 60_000;
  if ('isAllDay' in leaf) return (appointment.days !== null) === leaf.isAllDay;
  if ('isPrivate' in leaf) return appointment.isPrivate === leaf.isPrivate;
  return appointment.isCancelled === leaf.isCancelled;
}

function oneOf(value: string | null, wanted: readonly string[]): Answer {
  return value === null ? null : isOneOf(value, wanted);
}

function isOneOf(value: string, wanted: readonly string[]): boolean {
  return wanted.some((each) => fold(each) === fold(value));
}

function lengthOf(appointment: Appointment, zone: string): number {
  const stretch = placed(appointment, zone);
  return stretch ? stretch.to - stretch.from : 0;
}
