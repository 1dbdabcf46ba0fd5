import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { changeConference } from '../apply.ts';
import { eventSeen, readEvent } from './calendar-work.ts';
import { day, type Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { confirmStanding } from '../standing/standing.ts';
import { carriersIn, sentUntil } from '../standing/rows.ts';

/** The third net, and the send handler's word: single conferences whose event is looked for by us, not told to us. */

type Again = { againAt: number } | void;

/** Work `conference.reread`, the third net: at least daily, wherever in time the event lies. */
export async function reread(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || (conference.state !== 'scheduled' && conference.state !== 'live')) return;
  try {
    for (const eventId of await eventsOf(deps, conference, conference.mailbox)) await readEvent(deps, tenantId, conference.mailbox, eventId);
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    // Nobody can mend it by trying again at once; the watch over this calendar shows the reason.
    if (error.fault === 'gone') await mailboxGone(deps, conference, conference.mailbox);
  }
  return { againAt: deps.clock.now() + deps.policy.rereadMs };
}

/** The conference's event; of a standing room every one that carries it and is not over. */
async function eventsOf(deps: ConferenceDeps, { tenantId, eventId, isStanding }: Conference, mailbox: MailboxRef): Promise<string[]> {
  if (!isStanding) return eventId === null ? [] : [eventId];
  return (await carriersIn(deps.store.db, tenantId, mailbox, { from: deps.clock.now(), to: endOfTime })).map((each) => each.eventId);
}

/** Work `conference.standing`: reads what stands in the calendar at the start that the send handler named. */
export async function lookForStanding(deps: ConferenceDeps, tenantId: string, key: string): Promise<Again> {
  return confirmStanding(deps, tenantId, key, async (conference, mailbox, startsAt) => {
    const isUnconfirmed = async (): Promise<boolean> => (await sentUntil(deps.store.db, tenantId, conference.id, startsAt)) !== null;
    await look(deps, tenantId, { ...conference, startsAt, endsAt: startsAt }, mailbox, isUnconfirmed);
  });
}

/** Exchange keeps the mailbox of a removed person for 30 days, in which it can come back with everything (learn.microsoft.com/exchange, delete or restore user mailboxes). */
const mailboxReturnsMs = 30 * day;

/** A mailbox that is gone says nothing about its events: attendees have them still. Only when it cannot come back any more its conferences end. */
async function mailboxGone(deps: ConferenceDeps, { tenantId, id }: Conference, mailbox: MailboxRef): Promise<void> {
  const watch = await deps.calendars.watchOf(tenantId, mailbox);
  if (!watch?.parkedSince || deps.clock.now() - watch.parkedSince < mailboxReturnsMs) return;
  await changeConference(deps, 'seen.write', tenantId, id, () => ({ happening: 'mailbox-gone' }));
}

/** After every meeting. */
const endOfTime = Date.parse('9999-12-31T00:00:00Z');

/** Looks again for a sent invite after these times, ms, until its time to be confirmed is over. */
const lookAgainMs = 60_000;

/** Work `conference.confirm`: was the invite, or the update, really sent? The calendar knows. */
export async function confirm(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || conference.confirmBy === null) return;
  const isUnconfirmed = async (): Promise<boolean> => ((await findConference(deps.store.db, tenantId, id))?.confirmBy ?? null) !== null;
  await look(deps, tenantId, conference, conference.mailbox, isUnconfirmed);
  const after = await findConference(deps.store.db, tenantId, id);
  if (!after || after.confirmBy === null) return;
  const now = deps.clock.now();
  if (now < after.confirmBy) return { againAt: Math.min(now + lookAgainMs, after.confirmBy) };
  await giveUp(deps, tenantId, after, after.mailbox);
}

/** Where the person's meetings usually are; `isStillWanted` says whether the other calendars have to be looked through as well, at a call for each. */
async function look(deps: ConferenceDeps, tenantId: string, conference: Conference, mailbox: MailboxRef, isStillWanted: () => Promise<boolean>): Promise<void> {
  if (conference.eventId !== null) return readEvent(deps, tenantId, mailbox, conference.eventId);
  if (conference.startsAt === null) return;
  const window = { from: conference.startsAt - 60_000, to: (conference.endsAt ?? conference.startsAt) + 60_000 };
  const source = deps.calendars.source(mailbox.instance);
  await bringAll(deps, tenantId, mailbox, await deps.effect('calendar.read', () => source.between(mailbox, window)));
  if (await isStillWanted()) await bringAll(deps, tenantId, mailbox, await deps.effect('calendar.read', () => source.besides(mailbox, window)));
}

async function bringAll(deps: ConferenceDeps, tenantId: string, mailbox: MailboxRef, events: readonly CalendarEvent[]): Promise<void> {
  for (const event of events) {
    if (event.seriesMasterId !== null) await readEvent(deps, tenantId, mailbox, event.seriesMasterId);
    else await eventSeen(deps, tenantId, event);
  }
}

/** The calendar never showed what was said to be sent: what it does show is true again. */
async function giveUp(deps: ConferenceDeps, tenantId: string, conference: Conference, mailbox: MailboxRef | null): Promise<void> {
  await changeConference(deps, 'seen.write', tenantId, conference.id, (before) =>
    // Sent once more since we looked: that word has its own time to be confirmed.
    before.confirmBy === conference.confirmBy ? { happening: 'not-found', fields: { confirmBy: null } } : null,
  );
  if (conference.eventId !== null && mailbox) await readEvent(deps, tenantId, mailbox, conference.eventId);
}
