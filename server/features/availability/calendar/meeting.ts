import type { CalendarEvent } from '../../../domain/calendar.ts';
import { UserError } from '../../../domain/errors.ts';
import { seriesKey } from '../../../domain/series-key.ts';
import type { AvailabilityDeps } from '../deps.ts';

/** The meeting that a state rides on: a series, or one occurrence of it (epoch ms, UTC). */
export interface ChosenMeeting {
  seriesKey: string;
  /** Null for all of a series, and for single events, which are found wherever they are moved to. */
  originalStart: number | null;
}

/** How a caller names a meeting. */
export interface NamedMeeting {
  iCalUId?: string | undefined;
  originalStart?: string | null | undefined;
  itemId?: string | undefined;
}

export function meetingOfEvent({ iCalUId, kind, originalStart, startsAt }: CalendarEvent): ChosenMeeting {
  const isPart = kind === 'occurrence' || kind === 'exception';
  return { seriesKey: seriesKey(iCalUId), originalStart: isPart ? (originalStart ?? startsAt) : null };
}

/**
 * The meeting that somebody names, by its uid or by the item in their own calendar. An item of another's calendar is not found there.
 * @throws UserError 400 without either, 404 for an event that is not in the calendar, 409 without a calendar; TheirError while the calendar does not answer.
 */
export async function meetingNamed(deps: AvailabilityDeps, tenantId: string, personId: string, { iCalUId, originalStart = null, itemId }: NamedMeeting): Promise<ChosenMeeting> {
  if (iCalUId !== undefined) return { seriesKey: seriesKey(iCalUId), originalStart: originalStart === null ? null : Date.parse(originalStart) };
  if (itemId === undefined) throw new UserError(400, { code: 'invalid-request', field: 'itemId', message: 'It is not said which meeting.', remedy: 'Name it by iCalUId or itemId.' });
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  if (!mailbox) throw new UserError(409, { code: 'no-calendar', message: 'Your calendar is not connected here.', remedy: 'Ask your administrator to connect it.' });
  const event = await deps.calendars.source(mailbox.instance).event(mailbox, itemId);
  if (!event) throw new UserError(404, { code: 'meeting-unknown', message: 'This meeting is not in your own calendar.', remedy: 'Choose in the copy that lies in your own calendar.' });
  return meetingOfEvent(event);
}
