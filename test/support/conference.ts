import type { CalendarEvent } from '../../server/domain/calendar.ts';
import type { Conference } from '../../server/features/conference/conference.ts';

/** A conference and the event it belongs to, as they stand after the invite was sent; every field can be told otherwise. */

const start = Date.parse('2026-11-21T10:00:00Z');

export function aConference(more: Partial<Conference> = {}): Conference {
  return {
    tenantId: 'default', id: 'abcdefghijklmnopqrstuvwxyz', state: 'scheduled', why: 'sent', stateSince: start, expiresAt: start, restorableUntil: null,
    ownerId: 'anna', ownerName: 'Anna Berger', ownerAddress: 'anna@example.com', bookerId: 'anna', idempotencyKey: 'key',
    mailbox: { instance: 'm365', id: 'anna-mailbox' }, eventId: null, eventVersion: null, eventModifiedAt: null, seriesKey: null, seenAt: null, confirmBy: null,
    accessCode: '482913756', hostCode: '918273645', passcode: '7391', room: 'tl00', subject: 'Weekly logistics', isPrivate: false, isSeries: false,
    startsAt: start, endsAt: start + 45 * 60_000, timeZone: 'Europe/Berlin', closesAt: start + 45 * 60_000, language: 'en', lobby: true,
    bridgeInstance: 'pbx', bridgeState: 'none', bridgeSince: null, bridgeError: null, members: 0, roles: [], countries: [], template: null, presenterCode: null, isStanding: false, inviteText: 'block', version: 1, createdAt: start, ...more,
  };
}

export function anEvent(more: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    mailbox: { instance: 'm365', id: 'anna-mailbox' }, id: 'event-1', iCalUId: `040000008200E00074C5B7101A82E00800000000${'CD'.repeat(28)}`, kind: 'single',
    seriesMasterId: null, startsAt: start, endsAt: start + 45 * 60_000, timeZone: 'Europe/Berlin', originalStart: null, isAllDay: false,
    subject: 'Weekly logistics', body: { format: 'html', content: '' }, location: '', organizer: { name: 'Anna Berger', address: 'anna@example.com' },
    isOrganizer: true, attendees: [], isCancelled: false, isDraft: false, isPrivate: false, sensitivity: 'normal', showAs: 'busy', response: 'organizer',
    categories: [], isOnlineMeeting: false, recurrenceEnd: null, modifiedAt: start, version: 'v1', ...more,
  };
}
