import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import type { Window } from '../../../ports/calendar-source.ts';
import { findConferenceIds } from '../../../../invitation/links.ts';
import { changeConference, windowsOfFacts, type Wanted } from '../apply.ts';
import { day, type Conference, type ConferenceWindow, type MeetingFacts } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { copySeen } from './copy-seen.ts';
import { readCalendar } from '../merge.ts';
import { organizerChanged } from './organizer.ts';
import { conferencesByEvent, findConference } from '../rows.ts';
import { carries, standingGone, standingSeen } from '../standing/standing.ts';
import { carriersIn } from '../standing/rows.ts';

/** What a calendar tells, brought to the conferences it is about. */

/** How far ahead the occurrences of a series are known. Further ones come in with the daily reread. */
const seriesAhead = 60 * day;
/** How far when there is none so near: a series that takes place once a year is not over in between. */
const rareAhead = 400 * day;

/** Reads one event and brings what it says to its conferences. */
export async function readEvent(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  const event = await deps.effect('calendar.read', () => deps.calendars.source(mailbox.instance).event(mailbox, eventId));
  if (!event) return eventGone(deps, tenantId, mailbox, eventId);
  const whole = await wholeEvent(deps, event);
  if (whole) await eventSeen(deps, tenantId, whole);
}

/** A conference belongs to the single event or to the series' master; an occurrence stands for its master. */
export async function wholeEvent(deps: ConferenceDeps, event: CalendarEvent): Promise<CalendarEvent | null> {
  if (event.seriesMasterId === null || event.kind === 'single' || event.kind === 'seriesMaster') return event;
  const { mailbox, seriesMasterId } = event;
  return deps.effect('calendar.read', () => deps.calendars.source(mailbox.instance).event(mailbox, seriesMasterId));
}

/** The event is no longer there: its conference ends with it. */
export async function eventGone(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  await standingGone(deps, tenantId, mailbox, eventId);
  for (const { id } of await conferencesByEvent(deps.store.db, tenantId, mailbox, [eventId])) {
    await changeConference(deps, 'seen.write', tenantId, id, (before) => (before.eventId === eventId ? { happening: 'deleted-in-calendar', fields: { confirmBy: null } } : null));
  }
}

/** Brings a living event (single or master) to every conference it is, or was, about. */
export async function eventSeen(deps: ConferenceDeps, tenantId: string, event: CalendarEvent): Promise<void> {
  const linked = findConferenceIds(`${event.location}\n${event.body.content}`, deps.joinBase);
  const bound = await conferencesByEvent(deps.store.db, tenantId, event.mailbox, [event.id]);
  const carriers = await carriersIn(deps.store.db, tenantId, event.mailbox, { ids: [event.id] });
  const ids = new Set([...linked, ...bound.map(({ id }) => id), ...carriers.map(({ conferenceId }) => conferenceId)]);
  let windows: ConferenceWindow[] | null = null;
  for (const id of ids) {
    const conference = await findConference(deps.store.db, tenantId, id);
    if (!conference) continue;
    if (conference.isStanding) {
      const isCarried = carries(conference, event, linked.includes(id));
      if (isCarried && event.kind === 'seriesMaster') windows ??= await occurrencesOf(deps, event);
      const open = isCarried ? (windows ?? windowsOfFacts({ startsAt: event.startsAt, endsAt: event.endsAt })) : [];
      if (isCarried !== null) await standingSeen(deps, conference, event, open);
      continue;
    }
    const reading = readCalendar(conference, event, linked.includes(id));
    if (reading.kind === 'copy') await copySeen(deps, tenantId, id, event);
    if (reading.kind === 'new-organizer') await organizerChanged(deps, conference, event);
    if (reading.kind !== 'happening') continue;
    if (reading.facts && event.kind === 'seriesMaster') windows ??= await occurrencesOf(deps, event);
    await bring(deps, tenantId, id, event, linked.includes(id), windows);
  }
}

async function bring(
  deps: ConferenceDeps, tenantId: string, id: string, event: CalendarEvent, hasLink: boolean, windows: ConferenceWindow[] | null,
): Promise<void> {
  await changeConference(deps, 'seen.write', tenantId, id, (before): Wanted | null => {
    // Decided again under the lock: the send handler may have spoken in between.
    const reading = readCalendar(before, event, hasLink);
    if (reading.kind !== 'happening') return null;
    if (!reading.facts || !reading.binding) return { happening: reading.happening, fields: { confirmBy: null } };
    const isMoved = before.startsAt !== reading.facts.startsAt || before.endsAt !== reading.facts.endsAt;
    const isNews = before.eventVersion !== null && before.eventVersion !== reading.binding.eventVersion && isMoved;
    return {
      happening: reading.happening,
      fields: { ...reading.facts, closesAt: lastEnd(reading.facts, windows), ...reading.binding, seenAt: before.seenAt ?? deps.clock.now(), confirmBy: null },
      ...windowsWanted(before, windows ?? windowsOfFacts(reading.facts), isMoved || windows !== null || before.isSeries !== reading.facts.isSeries),
      ...(isNews ? { why: 'changed-in-calendar' as const } : {}),
    };
  });
}

function windowsWanted(before: Conference, list: ConferenceWindow[], isChanged: boolean): Pick<Wanted, 'windows'> {
  return isChanged || before.seenAt === null ? { windows: { list } } : {};
}

/** When the last door shuts: an occurrence may have been moved past the end of its series. */
function lastEnd(facts: MeetingFacts, windows: readonly ConferenceWindow[] | null): number | null {
  return facts.closesAt === null ? null : Math.max(facts.closesAt, ...(windows ?? []).map(({ endsAt }) => endsAt));
}

async function occurrencesOf(deps: ConferenceDeps, master: CalendarEvent): Promise<ConferenceWindow[]> {
  const now = deps.clock.now();
  const near = await occurrencesWithin(deps, master, { from: now - day, to: now + seriesAhead });
  if (near.some(({ endsAt }) => endsAt > now)) return near;
  return [...near, ...(await occurrencesWithin(deps, master, { from: now + seriesAhead, to: now + rareAhead }))];
}

async function occurrencesWithin(deps: ConferenceDeps, master: CalendarEvent, within: Window): Promise<ConferenceWindow[]> {
  const occurrences = await deps.effect('calendar.read', () => deps.calendars.source(master.mailbox.instance).occurrences(master.mailbox, master.id, within));
  return occurrences
    .filter((each) => !each.isCancelled)
    .map((each) => ({ originalStart: each.originalStart ?? each.startsAt, startsAt: each.startsAt, endsAt: each.endsAt }));
}
