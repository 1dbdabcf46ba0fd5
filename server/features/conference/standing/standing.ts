import type { Caller } from '../../../../contract/endpoint.ts';
import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import { OurError, UserError } from '../../../domain/errors.ts';
import { putWork } from '../../../store/work.ts';
import { changeConference } from '../apply.ts';
import type { Conference, ConferenceWindow, MeetingFacts } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { carriersIn, dropSent, findStanding, saveWindows, sentUntil } from './rows.ts';

/**
 * A person's own room (M5): one link and one set of codes, in as many events as they like. It stands as long as they do; its door is open while an event of their
 * calendar that carries it takes place, and guests wait until a host is there, for the codes are known to everybody who was ever invited.
 */

/** The room of this person, made and brought to the bridge when it is wanted the first time. `make` writes a held conference. */
export async function standingRoom(deps: ConferenceDeps, tenantId: string, ownerId: string, make: () => Promise<Conference>): Promise<Conference> {
  const room = (await findStanding(deps.store.db, tenantId, ownerId)) ?? (await make());
  if (room.state === 'scheduled' || room.state === 'live') return room;
  // "Created outright in Tieline" (promise 1): the room stands by its owner's wish; whether anybody gets in is the calendar's to say, by its windows.
  const standing = await changeConference(deps, 'hold.write', tenantId, room.id, () => ({ happening: 'sent' }));
  if (!standing) throw new OurError('a standing room was neither made nor found');
  await putWork(deps.store.db, { tenantId, kind: 'conference.reread', key: room.id, dueAt: deps.clock.now() + deps.policy.rereadMs, unlessEarlier: true });
  return standing;
}

/** Only the owner's own: who books for others would hold the key to every meeting that the owner ever has in it. */
export function needOwnRoom(ownerId: string, { personId }: Pick<Caller, 'personId'>): void {
  if (ownerId === personId) return;
  throw new UserError(422, { code: 'room-not-yours', field: 'room', message: 'A personal room is used by its owner only.', remedy: 'Add a conference with a room of its own.' });
}

/** How soon the calendar is asked whether the invite was really sent, and how often again, ms; as for other conferences. */
const firstLookMs = 15_000;
const lookAgainMs = 60_000;

/** The send handler says that an invite with this room is being sent: its word stands until the calendar shows the event, and no longer than `confirmMs`. */
export async function commitStanding(deps: ConferenceDeps, { tenantId, id, mailbox }: Conference, facts: Pick<MeetingFacts, 'startsAt' | 'endsAt'>): Promise<void> {
  const { startsAt, endsAt } = facts;
  if (startsAt === null || endsAt === null) return;
  const now = deps.clock.now();
  const window = { originalStart: startsAt, startsAt, endsAt };
  await deps.effect('commit.write', () => deps.store.transaction(async (tx) => {
    await saveWindows(tx, tenantId, id, `sent:${startsAt}`, [window], { now, confirmBy: now + deps.policy.confirmMs });
    await putWork(tx, { tenantId, kind: 'conference.standing', key: `${id}/${startsAt}`, dueAt: now + (mailbox ? firstLookMs : deps.policy.confirmMs) });
    deps.live.announce(tx, tenantId, `conference:${id}`);
  }));
}

/** Work `conference.standing`: does the calendar show what the send handler spoke of? `look` brings home what stands there. */
export async function confirmStanding(
  deps: ConferenceDeps, tenantId: string, key: string, look: (conference: Conference, mailbox: MailboxRef, startsAt: number) => Promise<void>,
): Promise<{ againAt: number } | void> {
  const [id = '', start = ''] = key.split('/');
  const startsAt = Number(start);
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference || (await sentUntil(deps.store.db, tenantId, id, startsAt)) === null) return;
  if (conference.mailbox) await look(conference, conference.mailbox, startsAt);
  const until = await sentUntil(deps.store.db, tenantId, id, startsAt);
  if (until === null) return;
  const now = deps.clock.now();
  if (now < until) return { againAt: Math.min(now + lookAgainMs, until) };
  await deps.effect('seen.write', () => deps.store.transaction(async (tx) => {
    if (await dropSent(tx, tenantId, id, startsAt)) deps.live.announce(tx, tenantId, `conference:${id}`, `conferences:${conference.ownerId}`);
  }));
}

/** Whether an event opens the room: only one that its owner holds, in the owner's own calendar, that really stands there. */
export function carries(conference: Conference, event: CalendarEvent, hasLink: boolean): boolean | null {
  if (!conference.mailbox || conference.mailbox.instance !== event.mailbox.instance || conference.mailbox.id !== event.mailbox.id) return null;
  // A draft is not sent yet; what somebody else sent says nothing about this room.
  if (event.isDraft || !event.isOrganizer) return null;
  return hasLink && !event.isCancelled;
}

/** The calendar showed an event that carries the room, or did. */
export async function standingSeen(deps: ConferenceDeps, { tenantId, id, ownerId }: Conference, event: CalendarEvent, windows: readonly ConferenceWindow[]): Promise<void> {
  const now = deps.clock.now();
  await deps.effect('seen.write', () => deps.store.transaction(async (tx) => {
    const changed = await saveWindows(tx, tenantId, id, event.id, windows, { now });
    const confirmed = await dropSent(tx, tenantId, id, event.startsAt);
    if (changed || confirmed) deps.live.announce(tx, tenantId, `conference:${id}`, `conferences:${ownerId}`);
  }));
}

/** An event that carried a room is gone. */
export async function standingGone(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, eventId: string): Promise<void> {
  for (const { conferenceId } of await carriersIn(deps.store.db, tenantId, mailbox, { ids: [eventId] })) {
    await deps.effect('seen.write', () => deps.store.transaction(async (tx) => {
      await saveWindows(tx, tenantId, conferenceId, eventId, [], { now: deps.clock.now() });
      deps.live.announce(tx, tenantId, `conference:${conferenceId}`);
    }));
  }
}
