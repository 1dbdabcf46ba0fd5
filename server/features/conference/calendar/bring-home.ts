import { findConferenceIds } from '../../../../invitation/links.ts';
import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import { eventGone, eventSeen, wholeEvent } from './calendar-work.ts';
import type { ConferenceDeps } from '../deps.ts';
import { asksByKeyword, bookByKeyword } from './keyword.ts';

/** Everything that a living event (single or master) means for conferences: those that it carries, and the one that its place asks for. */
export async function bringHome(deps: ConferenceDeps, tenantId: string, event: CalendarEvent): Promise<void> {
  await eventSeen(deps, tenantId, event);
  if (asksByKeyword(deps, event, hasAnyLink(deps, event))) await bookByKeyword(deps, tenantId, event);
}

/** Reads one event and brings it home; its series, for an occurrence. */
export async function readHome(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  const event = await deps.effect('calendar.read', () => deps.calendars.source(mailbox.instance).event(mailbox, eventId));
  if (!event) return eventGone(deps, tenantId, mailbox, eventId);
  const whole = await wholeEvent(deps, event);
  if (whole) await bringHome(deps, tenantId, whole);
}

/** Does a link to any conference of ours stand in this event? */
export function hasAnyLink(deps: ConferenceDeps, event: CalendarEvent): boolean {
  return findConferenceIds(`${event.location}\n${event.body.content}`, deps.joinBase).length > 0;
}
