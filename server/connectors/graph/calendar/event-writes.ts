import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { EventDraft } from '../../../ports/calendar-source.ts';
import { graphPath, type GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';

/** Events that we make, move and cancel in the name of a mailbox's owner. Exchange mails the guests. */

const written = z.object({ id: z.string(), '@odata.etag': z.string().default('') });
const standing = written.extend({ attendees: z.array(z.object({ emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }).nullish(), type: z.string().nullish() })).nullish() });

function toMailbox(mailbox: MailboxRef, call: Pick<GraphCall, 'what' | 'method' | 'body' | 'headers' | 'repeat'>, path: string): GraphCall {
  return { ...call, target: { path }, right: call.method === 'GET' ? 'Calendars.Read' : 'Calendars.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id } };
}

/** Graph makes one event for one `transactionId`; it must look like a GUID, so the key's digest is one. */
export async function createEvent(client: GraphClient, mailbox: MailboxRef, key: string, draft: EventDraft): Promise<{ id: string; version: string }> {
  const body = {
    transactionId: guidOf(key), ...times(draft), subject: draft.subject, body: { contentType: 'html', content: draft.body.content },
    location: { displayName: draft.location }, attendees: draft.guests.map(attendee), allowNewTimeProposals: false,
  };
  const call = toMailbox(mailbox, { what: 'make an event', method: 'POST', body, repeat: 'always' }, graphPath`/users/${mailbox.id}/events`);
  try {
    const made = await client.call(call, written);
    return { id: made.id, version: made['@odata.etag'] };
  } catch (error) {
    // Made before, and changed here since: the watch over the calendar finds it by its link, and the next try changes it.
    if (error instanceof TheirError && refusalOf(error)?.code === 'ErrorDuplicateTransactionId') throw new TheirError(error.connector, 'unavailable', 'make an event: it was made before, otherwise', { cause: error });
    throw error;
  }
}

/** Reads before it writes: guests who were added in Outlook stay, and a change in between is refused and tried again by whoever asked. */
export async function rescheduleEvent({ client, instance, mailbox, id, draft }: { client: GraphClient; instance: string; mailbox: MailboxRef; id: string; draft: EventDraft }): Promise<{ version: string }> {
  const path = graphPath`/users/${mailbox.id}/events/${id}`;
  const known = await client.call(toMailbox(mailbox, { what: 'read an event', method: 'GET', repeat: 'always' }, path), standing);
  const attendees = known.attendees ?? [];
  const added = draft.guests.filter(({ address }) => !attendees.some((each) => each.emailAddress?.address?.toLowerCase() === address.toLowerCase()));
  try {
    const body = { subject: draft.subject, ...times(draft), ...(added.length > 0 ? { attendees: [...attendees, ...added.map(attendee)] } : {}) };
    const call = toMailbox(mailbox, { what: 'move an event', method: 'PATCH', headers: { 'if-match': known['@odata.etag'] }, body, repeat: 'always' }, path);
    return { version: (await client.call(call, written))['@odata.etag'] };
  } catch (error) {
    if (refusalOf(error)?.status !== 412) throw error;
    throw new TheirError(instance, 'unavailable', 'move an event: it was changed in between', { cause: error });
  }
}

export async function cancelEvent(client: GraphClient, mailbox: MailboxRef, id: string, comment: string): Promise<void> {
  try {
    await client.call(toMailbox(mailbox, { what: 'cancel an event', method: 'POST', body: { comment }, repeat: 'always' }, graphPath`/users/${mailbox.id}/events/${id}/cancel`), z.unknown());
  } catch (error) {
    // Cancelled before, by us or by somebody else.
    if (error instanceof TheirError && refusalOf(error)?.code === 'ErrorItemNotFound') return;
    throw error;
  }
}

/** Wall time in the owner's zone, without an offset, as Graph wants it: an event that is told in UTC would move with summer time. */
function times({ startsAt, endsAt, timeZone }: EventDraft): Record<string, unknown> {
  const at = (instant: number): { dateTime: string; timeZone: string } => ({ dateTime: DateTime.fromMillis(instant, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss"), timeZone });
  return { start: at(startsAt), end: at(endsAt) };
}

function attendee({ name, address }: { name: string; address: string }): Record<string, unknown> {
  return { type: 'required', emailAddress: { name: name || address, address } };
}

function guidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
