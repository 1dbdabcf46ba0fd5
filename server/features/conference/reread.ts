import type { MailboxRef } from '../../domain/calendar.ts';
import { changeConference } from './apply.ts';
import { eventSeen, readEvent } from './calendar-work.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { findConference } from './rows.ts';

/** The third net, and the send handler's word: single conferences whose event is looked for by us, not told to us. */

type Again = { againAt: number } | void;

/** Work `conference.reread`, the third net: at least daily, wherever in time the event lies. */
export async function reread(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || (conference.state !== 'scheduled' && conference.state !== 'live')) return;
  if (conference.eventId !== null) await readEvent(deps, tenantId, conference.mailbox, conference.eventId);
  return { againAt: deps.clock.now() + deps.policy.rereadMs };
}

/** Looks again for a sent invite after these times, ms, until its time to be confirmed is over. */
const lookAgainMs = 60_000;

/** Work `conference.confirm`: was the invite, or the update, really sent? The calendar knows. */
export async function confirm(deps: ConferenceDeps, tenantId: string, id: string): Promise<Again> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference?.mailbox || conference.confirmBy === null) return;
  await look(deps, tenantId, conference, conference.mailbox);
  const after = await findConference(deps.store.db, tenantId, id);
  if (!after || after.confirmBy === null) return;
  const now = deps.clock.now();
  if (now < after.confirmBy) return { againAt: Math.min(now + lookAgainMs, after.confirmBy) };
  await giveUp(deps, tenantId, after, after.mailbox);
}

async function look(deps: ConferenceDeps, tenantId: string, conference: Conference, mailbox: MailboxRef): Promise<void> {
  if (conference.eventId !== null) return readEvent(deps, tenantId, mailbox, conference.eventId);
  if (conference.startsAt === null) return;
  const window = { from: conference.startsAt - 60_000, to: (conference.endsAt ?? conference.startsAt) + 60_000 };
  const events = await deps.effect('calendar.read', () => deps.calendars.source(mailbox.instance).between(mailbox, window));
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
