import { TheirError } from '../../../domain/errors.ts';
import type { EventDraft } from '../../../ports/calendar-source.ts';
import { changeConference } from '../apply.ts';
import { blockOf } from '../invite/block.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { invitationOf } from './invitation.ts';
import { findOutright, lockMail, noteCalendar, noteMail } from './outright-rows.ts';
import type { Outright } from './outright.ts';
import { html } from '../../../domain/html.ts';

/** How conferences created outright reach calendars and people. */

/** Work `conference.event`: brings the calendar to where the conference is. Every write is safe to repeat (transactionId, read before write). Throws TheirError: tried again. */
export async function bringEvent(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  const [conference, outright] = [await findConference(deps.store.db, tenantId, id), await findOutright(deps.store.db, tenantId, id)];
  if (!conference || !outright || outright.calendarState !== 'due' || !conference.mailbox) return;
  try {
    await write(deps, conference, outright);
    await noteCalendar(deps.store.db, outright, 'written', null);
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    await noteCalendar(deps.store.db, outright, error.passing ? 'due' : 'refused', error.message);
    // What the calendar refuses for good is shown, with the file for other calendars beside it; trying again would change nothing.
    if (error.passing) throw error;
    deps.log.warn({ conferenceId: id, err: error.message }, 'a calendar refuses an event that was created here');
  } finally {
    deps.live.announce(deps.store.db, tenantId, `conference:${id}`);
  }
}

async function write(deps: ConferenceDeps, conference: Conference, outright: Outright): Promise<void> {
  const { mailbox, eventId, state } = conference;
  if (!mailbox) return;
  const source = deps.calendars.source(mailbox.instance);
  if (state === 'cancelled') {
    if (eventId !== null) await deps.effect('event.cancel', () => source.cancel(mailbox, eventId, ''));
    return;
  }
  if (state !== 'scheduled' && state !== 'live') return;
  const draft = await draftOf(deps, conference, outright);
  if (eventId !== null) {
    await deps.effect('event.change', () => source.reschedule(mailbox, eventId, draft));
    return;
  }
  const made = await deps.effect('event.create', () => source.create(mailbox, outright.uid, draft));
  await changeConference(deps, 'event.bound.write', conference.tenantId, conference.id, (before) =>
    before.eventId === null ? { fields: { eventId: made.id, eventVersion: made.version, seenAt: before.seenAt ?? deps.clock.now() } } : null,
  );
}

async function draftOf(deps: ConferenceDeps, conference: Conference, { guests, notes }: Outright): Promise<EventDraft> {
  const paragraphs = notes.split(/\n{2,}/).filter((each) => each.trim() !== '').map((each) => html`<p>${each}</p>`.text.replaceAll('\n', '<br>'));
  return {
    subject: conference.subject ?? '',
    body: { format: 'html', content: `<html><body>${paragraphs.join('')}${(await blockOf(deps, conference)).html}</body></html>` },
    location: `${deps.joinBase}${conference.id}`,
    startsAt: conference.startsAt ?? 0,
    endsAt: conference.endsAt ?? 0,
    timeZone: conference.timeZone,
    guests,
  };
}

/** Tries of a mail that the server certainly did not take are the worker's; of one that it may have taken there is none. */
type Claimed = { sequence: number; method: 'REQUEST' | 'CANCEL'; to: { name: string; address: string }; conferenceId: string };

/** Work `conference.mail`: at most once. What may have been taken is shown as doubt; a person decides. */
export async function sendMail(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  const sender = deps.mailSender;
  if (!sender) throw new TheirError('mail', 'unavailable', 'no mail system is configured', { remedy: 'Connect one under "connectors" (type smtp).' });
  const mail = await claim(deps, tenantId, id);
  if (!mail) return;
  const [conference, outright] = [await findConference(deps.store.db, tenantId, mail.conferenceId), await findOutright(deps.store.db, tenantId, mail.conferenceId)];
  const note = (state: Parameters<typeof noteMail>[3], error: string | null): Promise<void> => deps.effect('mail.noted.write', () => noteMail(deps.store.db, tenantId, id, state, error, deps.clock.now()));
  if (!conference || !outright || outright.sequence !== mail.sequence) return note('superseded', null);
  const invitation = await invitationOf(deps, conference, outright, mail, sender.from);
  try {
    await deps.effect('mail.send', () => sender.send({ messageId: `${id}@${new URL(deps.joinBase).hostname}`, ...invitation }));
    await note('sent', null);
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    const isDoubt = error.fault === 'no-answer';
    await note(isDoubt ? 'doubt' : error.passing ? 'due' : 'refused', error.message);
    if (error.passing && !isDoubt) throw error;
    deps.log.warn({ conferenceId: mail.conferenceId, mail: id, fault: error.fault }, 'an invitation mail may not have arrived');
  } finally {
    deps.live.announce(deps.store.db, tenantId, `conference:${mail.conferenceId}`);
  }
}

/** Marks the mail as on its way before it is: whoever finds it so later knows that somebody died in between, and that it may have gone. */
async function claim(deps: ConferenceDeps, tenantId: string, id: string): Promise<Claimed | null> {
  return deps.effect('mail.claimed.write', () =>
    deps.store.transaction(async (tx) => {
      const mail = await lockMail(tx, tenantId, id);
      if (!mail) return null;
      if (mail.state === 'sending') await noteMail(tx, tenantId, id, 'doubt', 'the server ended while it was on its way', deps.clock.now());
      if (mail.state !== 'due') return null;
      await noteMail(tx, tenantId, id, 'sending', null, deps.clock.now());
      return mail;
    }),
  );
}
