import { DateTime } from 'luxon';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { seriesKey } from '../../../domain/series-key.ts';
import type { Appointment, ShowAs } from '../rules/appointment.ts';
import type { StoredAppointment } from './event-rows.ts';

const shown: Readonly<Record<CalendarEvent['showAs'], ShowAs>> = { free: 'free', tentative: 'tentative', busy: 'busy', oof: 'outOfOffice', workingElsewhere: 'workingElsewhere', unknown: null };

/** An event as the rules need it. Of a private one no word is kept (promise 5), nor of any where only times are wanted (P13): what is not known is null, and no rule can tell it from nothing. */
export function appointmentOf(event: CalendarEvent, timesOnly: boolean): StoredAppointment {
  const { isPrivate } = event;
  const isSilent = isPrivate || timesOnly;
  const appointment: Appointment = {
    id: event.id,
    seriesKey: seriesKey(event.iCalUId),
    originalStart: event.originalStart ?? event.startsAt,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    days: event.isAllDay ? { first: dateOf(event.startsAt, event.timeZone), afterLast: dateOf(event.endsAt, event.timeZone) } : null,
    showAs: shown[event.showAs],
    subject: isSilent ? null : event.subject,
    location: isSilent ? null : event.location,
    categories: isSilent ? null : event.categories,
    organizer: isSilent ? null : event.organizer.address,
    attendees: timesOnly ? null : event.attendees.length,
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
