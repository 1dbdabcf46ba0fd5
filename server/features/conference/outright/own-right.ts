import type { OwnSignIn } from '../../../../contract/endpoint.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError, UserError } from '../../../domain/errors.ts';
import type { CalendarSource } from '../../../ports/calendar-source.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { bringEvent } from './deliver-work.ts';
import { findOutright, noteCalendar } from './outright-rows.ts';

/**
 * Calendars that are written with the rights of whoever asks. These come with the request and stay in the process that served it, so the event is written while
 * they wait; the work that any process may do is only the net below.
 */

/** How long the net waits for the request to do it itself: longer than one call of a calendar takes with all its repeating (90 s unless configured otherwise). */
const netMs = 2 * 60_000;

type Deps = Pick<ConferenceDeps, 'calendars'>;

function sourceOf({ calendars }: Deps, mailbox: MailboxRef | null): CalendarSource | undefined {
  return calendars.sources.find(({ instance }) => instance === mailbox?.instance);
}

/** Events can be written into this calendar, by us or by the person who asks. */
export function canWrite(deps: Deps, mailbox: MailboxRef | null, self: OwnSignIn | undefined): boolean {
  const source = sourceOf(deps, mailbox);
  if (!source || !mailbox) return false;
  return source.capabilities.create || (self !== undefined && source.onBehalf?.isOwn(mailbox, self) === true);
}

/** Only its owner can write into this calendar. */
export function isOwnersAlone(deps: Deps, mailbox: MailboxRef | null): boolean {
  const source = sourceOf(deps, mailbox);
  return Boolean(source?.onBehalf) && source?.capabilities.create === false;
}

/** Takes up the rights of whoever asks, where the calendar is written with these; before anything is changed. @throws UserError, TheirError */
export async function takeUpRight(deps: Deps, mailbox: MailboxRef | null, self: OwnSignIn | undefined): Promise<void> {
  const source = sourceOf(deps, mailbox);
  if (!source?.onBehalf || !mailbox) return;
  if (self && source.onBehalf.isOwn(mailbox, self)) return source.onBehalf.takeUp(self);
  if (!source.capabilities.create) throw ownSignInNeeded();
}

/** A session of the web page says who somebody is, and holds nothing that opens their calendar. */
export function ownSignInNeeded(): UserError {
  return new UserError(409, {
    code: 'own-sign-in-needed', message: 'This calendar can only be written to by its owner, signed in with Outlook.',
    remedy: 'Its owner does it from Outlook; or choose an invitation by mail or the calendar file.',
  });
}

/** When the net should look: at once where we write by ourselves. Milliseconds from now. */
export function netDelayMs(deps: Deps, mailbox: MailboxRef | null): number {
  return sourceOf(deps, mailbox)?.onBehalf ? netMs : 0;
}

/** Writes the event now, if whoever waits is needed for it. What was refused for want of a sign-in is tried anew. Returns the conference as it stands then. */
export async function writeWhileHere(deps: ConferenceDeps, conference: Conference | null): Promise<Conference | null> {
  if (!conference || !sourceOf(deps, conference.mailbox)?.onBehalf) return conference;
  const { tenantId, id } = conference;
  const outright = await findOutright(deps.store.db, tenantId, id);
  if (outright?.delivery !== 'calendar' || outright.calendarState === 'written') return conference;
  if (outright.calendarState === 'refused') await noteCalendar(deps.store.db, outright, 'due', null);
  try {
    await bringEvent(deps, tenantId, id);
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    // Noted with the event by `bringEvent`, and done by the net.
    deps.log.info({ conferenceId: id, err: error.message }, 'an event could not be written while its owner waited');
  }
  return findConference(deps.store.db, tenantId, id);
}
