import { DateTime } from 'luxon';
import type { CalendarEvent } from '../../domain/calendar.ts';
import { seriesKey } from '../../domain/series-key.ts';
import type { Appointment, ShowAs } from './appointment.ts';
import type { StoredAppointment } from './event-rows.ts';

const shown: Readonly<Record<CalendarEvent['showAs'], ShowAs>> = { free: 'free', tentative: 'tentative', busy: 'busy', oof: 'outOfOffice', workingElsewhere: 'workingElsewhere', unknown: null };

/** An event as the rules need it. Of a private one no word is kept (promise 5). */
export function appointmentOf(event: CalendarEvent): StoredAppointment {
  const { isPrivate } = event;
  const appointment: Appointment = {
    id: event.id,
    seriesKey: seriesKey(event.iCalUId),
    originalStart: event.originalStart ?? event.startsAt,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    days: event.isAllDay ? { first: dateOf(event.startsAt, event.timeZone), afterLast: dateOf(event.endsAt, event.timeZone) } : null,
    showAs: shown[event.showAs],
    subject: isPrivate ? null : event.subject,
    location: isPrivate ? null : event.location,
    categories: isPrivate ? null : event.categories,
    organizer: isPrivate ? null : event.organizer.address,
    attendees: event.attendees.length,
    response: event.response,
    isPrivate,
    isCancelled: event.isCancelled,
  };
  return { appointment, masterId: event.seriesMasterId };
}

/** The day on the wall where the event was made: all-day events are days, wherever their midnights lie. */
function dateOf(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toISODate() ?? '';
}
