import { eventOfKey } from '../../../calendars/index.ts';
import type { Caller } from '../../../../contract/endpoint.ts';
import { findConferenceIds } from '../../../../invitation/links.ts';
import type { CalendarEvent } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { changeConference } from '../apply.ts';
import { eventSeen, readEvent, wholeEvent } from './calendar-work.ts';
import { releaseConference } from '../commit.ts';
import type { Conference } from '../conference.ts';
import { findCopy, saveCopy, type ConferenceCopy } from './copy-rows.ts';
import type { ConferenceDeps } from '../deps.ts';
import { holdConference } from '../hold.ts';
import { replacedTexts } from '../invite/invite-text.ts';
import { keyOf } from './keyword.ts';
import { readCalendar } from '../merge.ts';
import { findConference } from '../rows.ts';
import { seriesKey } from '../../../domain/series-key.ts';
import { writeInvite } from '../invite/write-invite.ts';

/** Work `conference.copy`: a meeting that was copied together with its link gets a conference and a block of its own; the first one stays untouched. Throws TheirError. */
export async function settleCopy(deps: ConferenceDeps, tenantId: string, key: string): Promise<void> {
  const [id = ''] = key.split('/', 1);
  const named = eventOfKey(key.slice(id.length + 1));
  const first = await findConference(deps.store.db, tenantId, id);
  if (!named || !first) return;
  const { mailbox, eventId } = named;
  // Perhaps it was moved and not copied: then the first event is gone, and the new one takes the conference along.
  if (first.mailbox && first.eventId !== null) await readEvent(deps, tenantId, first.mailbox, first.eventId);
  const read = await deps.effect('calendar.read', () => deps.calendars.source(mailbox.instance).event(mailbox, eventId));
  const event = read && (await wholeEvent(deps, read));
  const now = await findConference(deps.store.db, tenantId, id);
  if (!event || !now) return;
  const hasLink = findConferenceIds(`${event.location}\n${event.body.content}`, deps.joinBase).includes(id);
  if (readCalendar(now, event, hasLink).kind !== 'copy') return eventSeen(deps, tenantId, event);
  if (await isSettled(deps, now, event)) return;
  await giveOwn(deps, now, event);
}

/** Its invite could not be written to, and it has not changed since. */
async function isSettled(deps: ConferenceDeps, { tenantId, id }: Conference, event: CalendarEvent): Promise<boolean> {
  const known = await findCopy(deps.store.db, tenantId, id, event.mailbox, event.id);
  return known !== null && known.state === 'left-alone' && known.eventVersion === event.version;
}

async function giveOwn(deps: ConferenceDeps, first: Conference, event: CalendarEvent): Promise<void> {
  const { tenantId } = first;
  const owner = await deps.ownerOfMailbox(tenantId, event.mailbox);
  if (!owner || !deps.calendars.source(event.mailbox.instance).capabilities.write) return settle(deps, first, event, { state: 'left-alone', ownId: null, mailed: 0 });
  const own = await reserveLike(deps, first, event, owner);
  try {
    const written = await writeInvite(deps, own, event.mailbox, event.id, replacedTexts);
    if (written.carries === 'block' && written.event) {
      await eventSeen(deps, tenantId, written.event);
      return await settle(deps, first, written.event, { state: 'own', ownId: own.id, mailed: written.mailed });
    }
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    deps.log.warn({ conferenceId: first.id, fault: error.fault, err: error.message }, 'the invite of a copied meeting could not be written to');
  }
  await releaseConference(deps, tenantId, own.id);
  await settle(deps, first, event, { state: 'left-alone', ownId: null, mailed: 0 });
}

/** A conference of the same make, with codes of its own. */
async function reserveLike(deps: ConferenceDeps, first: Conference, event: CalendarEvent, owner: { personId: string; name: string; address: string }): Promise<Conference> {
  const caller: Caller = { tenantId: first.tenantId, personId: owner.personId, name: owner.name, address: owner.address, roles: ['user'], ticketFor: null, language: first.language, correlationId: `copy ${first.id}` };
  const isOffered = deps.bridges.some(({ instance }) => instance === first.bridgeInstance);
  const body = {
    idempotencyKey: keyOf(['copy', first.id, event.mailbox.instance, event.mailbox.id, seriesKey(event.iCalUId)]),
    ...(event.isPrivate ? {} : { subject: event.subject.slice(0, 255) }),
    startsAt: new Date(event.startsAt).toISOString(), endsAt: new Date(event.endsAt).toISOString(), timeZone: event.timeZone, isPrivate: event.isPrivate,
    isSeries: event.kind === 'seriesMaster', room: 'fresh' as const, ...(isOffered ? { bridge: first.bridgeInstance } : {}),
  };
  const own = await holdConference(deps, body, caller, 'copied');
  const { language, lobby, countries, template, roles } = first;
  // Whoever copies a meeting of somebody else invites their own people: parts in it are not theirs to inherit.
  const isSameOwner = owner.personId === first.ownerId;
  const like = await changeConference(deps, 'copy.write', first.tenantId, own.id, (before) => {
    const fields = { mailbox: event.mailbox, language, lobby, ...(isOffered ? { countries } : {}), template, ...(isSameOwner ? { roles } : {}) };
    const isLike = (Object.keys(fields) as (keyof typeof fields)[]).every((name) => JSON.stringify(fields[name]) === JSON.stringify(before[name]));
    return isLike ? null : { fields };
  });
  return like ?? own;
}

async function settle(deps: ConferenceDeps, { tenantId, id, ownerId, bookerId }: Conference, event: CalendarEvent, end: Pick<ConferenceCopy, 'state' | 'ownId' | 'mailed'>): Promise<void> {
  const copy: ConferenceCopy = { mailbox: event.mailbox, eventId: event.id, eventVersion: event.version, startsAt: event.startsAt, at: deps.clock.now(), ...end };
  await deps.effect('copy.write', () =>
    deps.store.transaction(async (tx) => {
      await saveCopy(tx, tenantId, id, copy);
      deps.live.announce(tx, tenantId, `conference:${id}`, `conferences:${ownerId}`, `conferences:${bookerId}`);
    }),
  );
}
