import { createHash } from 'node:crypto';
import type { Caller } from '../../../../contract/endpoint.ts';
import { findKeywords } from '../../../domain/booking-keyword.ts';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { TheirError, UserError } from '../../../domain/errors.ts';
import { changeConference } from '../apply.ts';
import { eventSeen } from './calendar-work.ts';
import { releaseConference } from '../commit.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { holdConference } from '../hold.ts';
import { bookedTexts } from '../invite/invite-text.ts';
import { latestOfSeries } from '../rows.ts';
import { seriesKey } from '../../../domain/series-key.ts';
import { writeInvite } from '../invite/write-invite.ts';

/**
 * Booking by a word in the place of a meeting (M6), from any program. Loops are impossible by what is looked for: the word gives way to the link, and an event with a link books nothing.
 */

/** True when this event asks for a conference: its organizer's own, sent, still ahead, with the word and without a link of ours. */
export function asksByKeyword(deps: ConferenceDeps, event: CalendarEvent, hasLink: boolean): boolean {
  const { keyword, clock } = deps;
  if (keyword === null || hasLink || !event.isOrganizer || event.isCancelled || event.isDraft) return false;
  const isAhead = event.kind === 'seriesMaster' ? event.recurrenceEnd === null || event.recurrenceEnd > clock.now() : event.endsAt > clock.now();
  return isAhead && findKeywords(event.location, keyword).length > 0 && deps.calendars.source(event.mailbox.instance).capabilities.write;
}

/** Reserves a conference for the event and writes it there, once. Asked again after a crash it goes on where it was. Throws TheirError. */
export async function bookByKeyword(deps: ConferenceDeps, tenantId: string, event: CalendarEvent): Promise<void> {
  const { keyword } = deps;
  const owner = await deps.ownerOfMailbox(tenantId, event.mailbox);
  if (keyword === null || !owner) return;
  const wantsOwnRoom = findKeywords(event.location, keyword)[0]?.wantsOwnRoom ?? false;
  const conference = await reserve(deps, tenantId, event, owner, wantsOwnRoom);
  if (!conference) return;
  try {
    const written = await writeInvite(deps, conference, event.mailbox, event.id, (texts, wish) => bookedTexts(texts, keyword, wish));
    if (written.event && written.outcome !== 'gone') await eventSeen(deps, tenantId, written.event);
    if (written.outcome === 'written') return await note(deps, conference, written.carries === 'place-only' ? 'place-only' : 'block', written.mailed);
    // The word was taken back in between: what nobody wants is dropped, unless an earlier try of ours has been seen by now.
    if (!conference.isStanding) await releaseConference(deps, tenantId, conference.id);
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    if (!conference.isStanding) await releaseConference(deps, tenantId, conference.id);
    deps.log.warn({ instance: event.mailbox.instance, mailbox: event.mailbox.id, fault: error.fault, err: error.message }, 'a conference asked for by the keyword could not be written into its invite');
  }
}

/** The conference that this meeting had before, while it can come back; else a new one. Null when none can be made, which is told to the log. */
async function reserve(deps: ConferenceDeps, tenantId: string, event: CalendarEvent, owner: { personId: string; name: string; address: string }, wantsOwnRoom: boolean): Promise<Conference | null> {
  const key = seriesKey(event.iCalUId);
  const before = wantsOwnRoom ? null : await latestOfSeries(deps.store.db, tenantId, event.mailbox, key);
  if (before && comesBack(before, deps.clock.now())) return before;
  const caller: Caller = { tenantId, personId: owner.personId, name: owner.name, address: owner.address, roles: ['user'], ticketFor: null, language: deps.languages[0] ?? 'en', correlationId: `keyword ${event.id.slice(0, 16)}` };
  const body = {
    idempotencyKey: keyOf(['keyword', event.mailbox.instance, event.mailbox.id, key, before?.id ?? '']),
    ...(event.isPrivate ? {} : { subject: event.subject.slice(0, 255) }),
    startsAt: new Date(event.startsAt).toISOString(), endsAt: new Date(event.endsAt).toISOString(), timeZone: event.timeZone,
    isPrivate: event.isPrivate, isSeries: event.kind === 'seriesMaster', ...(wantsOwnRoom ? { room: 'personal' as const } : {}),
  };
  try {
    const held = await holdConference(deps, body, caller, 'keyword');
    // A person may have several mailboxes: it belongs to the one that the meeting is in.
    const isHere = held.isStanding || (held.mailbox?.instance === event.mailbox.instance && held.mailbox.id === event.mailbox.id);
    return isHere ? held : await changeConference(deps, 'change.write', tenantId, held.id, () => ({ fields: { mailbox: event.mailbox } }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    deps.log.warn({ code: error.problem.code, mailbox: event.mailbox.id }, 'a conference asked for by the keyword could not be reserved');
    return null;
  }
}

/** Held, dropped, or cancelled and restorable: the same codes again. */
function comesBack({ state, restorableUntil }: Conference, now: number): boolean {
  return state === 'held' || state === 'expired' || (state === 'cancelled' && restorableUntil !== null && now < restorableUntil);
}

/** A line of history that says what was written and to how many people that was mailed. */
async function note(deps: ConferenceDeps, { tenantId, id }: Conference, inviteText: Conference['inviteText'], mailed: number): Promise<void> {
  await changeConference(deps, 'seen.write', tenantId, id, () => ({ fields: { inviteText }, why: 'invite-written', detail: `mailed:${mailed}` }));
}

/** The same key for the same wish, in the form that the API's clients use (RFC 9562 version 8: a hash of our own). */
export function keyOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
