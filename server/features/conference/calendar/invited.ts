import { TheirError } from '../../../domain/errors.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findOutright } from '../outright/outright-rows.ts';

/**
 * Does the invite name one of these addresses? The calendar itself is asked, so that nobody's attendees are kept here. A calendar that does not answer makes
 * nobody an invited guest: they are held at the door like any stranger, and not turned away.
 */
export async function isInvited(deps: ConferenceDeps, conference: Conference, addresses: readonly string[]): Promise<boolean> {
  const { mailbox, eventId } = conference;
  const outright = addresses.length > 0 ? await findOutright(deps.store.db, conference.tenantId, conference.id) : null;
  if (outright?.guests.some(({ address }) => addresses.some((own) => own.trim().toLowerCase() === address))) return true;
  const calendar = mailbox && deps.calendars.sources.find((each) => each.instance === mailbox.instance);
  if (addresses.length === 0 || !mailbox || !calendar || eventId === null) return false;
  const wanted = new Set(addresses.map((address) => address.trim().toLowerCase()));
  try {
    const event = await calendar.event(mailbox, eventId);
    return event?.attendees.some(({ address }) => wanted.has(address.trim().toLowerCase())) ?? false;
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ conferenceId: conference.id, err: error.message }, 'the calendar could not say who is invited');
    return false;
  }
}
