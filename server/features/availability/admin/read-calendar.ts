import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Appointment, Stretch } from '../rules/appointment.ts';
import { appointmentOf } from '../calendar/from-calendar.ts';
import type { PersonPolicy } from '../deps.ts';
import type { AvailabilityAdminDeps } from './deps.ts';

/**
 * A stretch of somebody's calendar, read now and kept nowhere. No more is asked for than their present settings allow: where only times are read, an administrator's question
 * reads no subject either (P13).
 */
export async function readCalendar(deps: AvailabilityAdminDeps, mailbox: MailboxRef, window: Stretch, { calendarDetail }: Pick<PersonPolicy, 'calendarDetail'>): Promise<Appointment[]> {
  const source = deps.calendars.source(mailbox.instance);
  const timesOnly = calendarDetail === 'times';
  const events = await (timesOnly ? source.times(mailbox, window) : source.between(mailbox, window));
  return events.filter((event) => event.kind !== 'seriesMaster').map((event) => appointmentOf(event, timesOnly).appointment);
}

/** As it is known where only times are read. */
export function timesOf(appointment: Appointment): Appointment {
  return { ...appointment, subject: null, location: null, categories: null, organizer: null, attendees: null };
}
