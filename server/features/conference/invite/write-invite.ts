import { everyBlock } from '../../../../words/index.ts';
import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import type { EditResult, EventTexts } from '../../../ports/calendar-source.ts';
import { blockOf } from './block.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import type { InviteChange, InviteWish } from './invite-text.ts';

/** What came of writing into an invite. */
export interface WrittenInvite {
  outcome: EditResult['outcome'];
  event: CalendarEvent | null;
  carries: InviteChange['carries'];
  /** People whom the calendar mailed because of it: its attendees without rooms and without the organizer. */
  mailed: number;
}

/** Writes a conference's block into an event. Safe to repeat: the event is read first, and written only if nobody was faster. Throws TheirError. */
export async function writeInvite(
  deps: ConferenceDeps, conference: Conference, mailbox: MailboxRef, eventId: string, decide: (texts: EventTexts, wish: InviteWish) => InviteChange,
): Promise<WrittenInvite> {
  const wish = await wishOf(deps, conference);
  let carries: InviteChange['carries'] = 'nothing';
  const { outcome, event } = await deps.effect('invite.write', () =>
    deps.calendars.source(mailbox.instance).edit(mailbox, eventId, (_event, texts) => {
      const decided = decide(texts, wish);
      carries = decided.carries;
      return decided.change;
    }),
  );
  const mailed = outcome === 'written' && event ? mailedBy(event) : 0;
  if (outcome === 'written') deps.log.info({ conferenceId: conference.id, mailed, carries }, 'the details of a conference were written into its invite');
  return { outcome, event, carries, mailed };
}

async function wishOf(deps: ConferenceDeps, conference: Conference): Promise<InviteWish> {
  return { block: await blockOf(deps, conference), joinUrl: `${deps.joinBase}${conference.id}`, joinBase: deps.joinBase, texts: everyBlock };
}

/** Whom a change of this event is mailed to. */
export function mailedBy({ attendees, organizer }: CalendarEvent): number {
  return attendees.filter(({ kind, address }) => kind !== 'resource' && address !== organizer.address).length;
}
