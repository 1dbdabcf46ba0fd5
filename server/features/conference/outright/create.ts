import { createHash, randomUUID } from 'node:crypto';
import type { Caller, OwnSignIn } from '../../../../contract/endpoint.ts';
import type { OutrightBody, OutrightChange } from '../../../../contract/conference/outright.ts';
import { UserError } from '../../../domain/errors.ts';
import { ianaZone } from '../../../domain/zones.ts';
import { putWork } from '../../../store/work.ts';
import type { Queries } from '../../../store/schema.ts';
import { changeConference, windowsOfFacts, type Wanted } from '../apply.ts';
import { standingOf, type Conference, type MeetingFacts } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { holdConference } from '../hold.ts';
import { step } from '../machine.ts';
import { addMails, findOutright, putOutright } from './outright-rows.ts';
import type { Delivery, Guest, Outright } from './outright.ts';
import { canWrite, isOwnersAlone, netDelayMs, ownSignInNeeded, takeUpRight, writeWhileHere } from './own-right.ts';

/** What people do with conferences that were created outright. Each change and what follows from it are one transaction; repeated, it is done once. */

/** How events can come to people here and now; the best first. */
export function deliveriesFor(deps: ConferenceDeps, conference: Pick<Conference, 'mailbox'>, self?: OwnSignIn): Delivery[] {
  return [...(canWrite(deps, conference.mailbox, self) ? (['calendar'] as const) : []), ...(deps.mailSender ? (['mail'] as const) : []), 'page'];
}

/** Creates it. The same key gives the same conference. @throws UserError */
export async function createOutright(deps: ConferenceDeps, body: OutrightBody, caller: Caller): Promise<Conference> {
  const facts = factsOf(body);
  const held = await holdConference(deps, { idempotencyKey: body.idempotencyKey, subject: body.subject, startsAt: body.startsAt, endsAt: body.endsAt, timeZone: body.timeZone, ...(body.language ? { language: body.language } : {}) }, caller);
  // Asked again: whatever became of it meanwhile stands.
  const known = await findOutright(deps.store.db, held.tenantId, held.id);
  if (known) {
    if (known.calendarState === 'refused') await takeUpRight(deps, held.mailbox, caller.ownSignIn);
    return (await writeWhileHere(deps, held)) ?? held;
  }
  const offered = deliveriesFor(deps, held, caller.ownSignIn);
  const delivery = body.delivery ?? offered[0] ?? 'page';
  if (delivery === 'calendar' && !offered.includes(delivery) && isOwnersAlone(deps, held.mailbox)) throw ownSignInNeeded();
  if (!offered.includes(delivery)) throw new UserError(422, { code: 'delivery-not-offered', field: 'delivery', message: 'The invitation cannot be sent that way.', remedy: `Choose one of: ${offered.join(', ')}.` });
  if (delivery === 'calendar') await takeUpRight(deps, held.mailbox, caller.ownSignIn);
  const outright: Outright = {
    tenantId: held.tenantId, conferenceId: held.id, uid: uidOf(deps, held.id), sequence: 0, delivery, guests: guestsOf(body.guests), notes: body.notes ?? '',
    calendarState: delivery === 'calendar' ? 'due' : 'none', calendarError: null,
  };
  const made = await changeConference(deps, 'outright.write', held.tenantId, held.id, (before) => {
    if (before.state !== 'held') return null;
    return {
      happening: 'created',
      // Without a calendar that has it, no calendar has a say in it.
      fields: { ...facts, mailbox: delivery === 'calendar' ? before.mailbox : null, confirmBy: null },
      windows: { list: windowsOfFacts(facts) },
      also: (tx, next) => deliver(deps, tx, next, outright, 'REQUEST'),
    };
  });
  return (await writeWhileHere(deps, made)) ?? held;
}

/** Subject, times, guests or notes. Two who change at once: the second is told. @throws UserError */
export async function changeOutright(deps: ConferenceDeps, conference: Conference, body: OutrightChange, self?: OwnSignIn): Promise<Conference | null> {
  const outright = await ownOutright(deps, conference, self);
  const facts = factsOf(body);
  const next: Outright = { ...outright, sequence: outright.sequence + 1, guests: guestsOf(body.guests), notes: body.notes ?? '', ...(outright.delivery === 'calendar' ? { calendarState: 'due', calendarError: null } : {}) };
  const dropped = outright.guests.filter(({ address }) => !next.guests.some((each) => each.address === address));
  const changed = await changeConference(deps, 'outright.write', conference.tenantId, conference.id, (before): Wanted => {
    if (before.version !== body.version) throw new UserError(409, { code: 'changed-meanwhile', field: 'version', message: 'Somebody changed this conference meanwhile.', remedy: 'Look at the newest state and change it again.' });
    const isMovedOn = before.state === 'ended' && step(standingOf({ ...before, ...facts }, deps.policy), 'created', deps.clock.now()) !== null;
    if (before.state !== 'scheduled' && before.state !== 'live' && !isMovedOn) throw notNow(before);
    return {
      ...(isMovedOn ? { happening: 'created' as const } : {}), why: 'changed-here', fields: facts, windows: { list: windowsOfFacts(facts) },
      also: async (tx, after) => {
        await deliver(deps, tx, after, next, 'REQUEST');
        if (next.delivery === 'mail') await mail(deps, tx, next, 'CANCEL', dropped);
      },
    };
  });
  return writeWhileHere(deps, changed);
}

/** Nobody comes in any more, and the guests are told. @throws UserError */
export async function cancelOutright(deps: ConferenceDeps, conference: Conference, self?: OwnSignIn): Promise<Conference | null> {
  const outright = await ownOutright(deps, conference, self);
  const next: Outright = { ...outright, sequence: outright.sequence + 1, ...(outright.delivery === 'calendar' ? { calendarState: 'due', calendarError: null } : {}) };
  const changed = await changeConference(deps, 'outright.write', conference.tenantId, conference.id, (before): Wanted | null => {
    if (before.state === 'cancelled') return null;
    if (before.state !== 'scheduled' && before.state !== 'live') throw notNow(before);
    return { happening: 'cancelled-here', also: (tx, after) => deliver(deps, tx, after, next, 'CANCEL') };
  });
  return writeWhileHere(deps, changed);
}

/** Back with its codes, within the time to restore (M11): the guests are invited again. @throws UserError */
export async function restoreOutright(deps: ConferenceDeps, conference: Conference, self?: OwnSignIn): Promise<Conference | null> {
  const outright = await ownOutright(deps, conference, self);
  const next: Outright = { ...outright, sequence: outright.sequence + 1, ...(outright.delivery === 'calendar' ? { // Its old event is gone with the cancellation: the calendar gets another one, under another name.
      calendarState: 'due', calendarError: null, uid: `${randomUUID()}@${new URL(deps.joinBase).hostname}` } : {}) };
  const changed = await changeConference(deps, 'outright.write', conference.tenantId, conference.id, (before): Wanted | null => {
    if (before.state !== 'cancelled') return null;
    if (!step(standingOf(before, deps.policy), 'created', deps.clock.now())) throw new UserError(409, { code: 'restore-too-late', message: 'This conference was cancelled too long ago to come back.', remedy: 'Create a new one.' });
    return { happening: 'created', fields: { eventId: null, eventVersion: null, eventModifiedAt: null, seriesKey: null, seenAt: null }, also: (tx, after) => deliver(deps, tx, after, next, 'REQUEST') };
  });
  return writeWhileHere(deps, changed);
}

/** Sends a mail again whose fate is not known, because a person said so. @throws UserError */
export async function sendAgain(deps: ConferenceDeps, conference: Conference, guest: Guest): Promise<void> {
  const outright = await findOutright(deps.store.db, conference.tenantId, conference.id);
  if (!outright) throw notCreatedHere();
  const method = conference.state === 'cancelled' ? 'CANCEL' : 'REQUEST';
  await deps.effect('outright.write', () => deps.store.transaction((tx) => mail(deps, tx, outright, method, [guest])));
}

/** The facts of it; where its calendar is written with the rights of whoever asks, these are taken up first. */
async function ownOutright(deps: ConferenceDeps, { tenantId, id, mailbox }: Conference, self: OwnSignIn | undefined): Promise<Outright> {
  const outright = await findOutright(deps.store.db, tenantId, id);
  if (outright?.delivery === 'calendar') await takeUpRight(deps, mailbox, self);
  if (outright) return outright;
  throw notCreatedHere();
}

function notCreatedHere(): UserError {
  return new UserError(409, { code: 'not-created-here', message: 'This conference belongs to an invite in your calendar.', remedy: 'Change it there; Tieline follows.' });
}

/** Writes what there is to do, in the transaction of the change itself. */
async function deliver(deps: ConferenceDeps, tx: Queries, { tenantId, id, mailbox }: Conference, outright: Outright, method: 'REQUEST' | 'CANCEL'): Promise<void> {
  await putOutright(tx, outright);
  if (outright.delivery === 'calendar') await putWork(tx, { tenantId, kind: 'conference.event', key: id, dueAt: deps.clock.now() + netDelayMs(deps, mailbox) });
  if (outright.delivery === 'mail') await mail(deps, tx, outright, method, outright.guests);
}

async function mail(deps: ConferenceDeps, tx: Queries, { tenantId, conferenceId, sequence }: Outright, method: 'REQUEST' | 'CANCEL', guests: readonly Guest[]): Promise<void> {
  const now = deps.clock.now();
  const ids = await addMails(tx, tenantId, conferenceId, guests.map((to) => ({ method, to, sequence })), now);
  if (ids.length > 0) await putWork(tx, ...ids.map((key) => ({ tenantId, kind: 'conference.mail', key, dueAt: now })));
}

function factsOf({ subject, startsAt, endsAt, timeZone }: Pick<OutrightBody, 'subject' | 'startsAt' | 'endsAt' | 'timeZone'>): MeetingFacts {
  const [starts, ends] = [Date.parse(startsAt), Date.parse(endsAt)];
  if (ends <= starts) throw new UserError(422, { code: 'ends-before-start', field: 'endsAt', message: 'The meeting ends before it starts.', remedy: 'Set an end after the start.' });
  const zone = ianaZone(timeZone);
  if (zone === null) throw new UserError(422, { code: 'zone-unknown', field: 'timeZone', message: `There is no time zone called "${timeZone}".`, remedy: 'Choose one of the list.' });
  return { subject, isPrivate: false, isSeries: false, startsAt: starts, endsAt: ends, timeZone: zone, closesAt: ends };
}

/** Each address once. */
function guestsOf(guests: readonly Guest[]): Guest[] {
  const byAddress = new Map(guests.map(({ name, address }) => [address.trim().toLowerCase(), name.trim()]));
  return [...byAddress].map(([address, name]) => ({ name, address }));
}

/** The same for the life of the event, and no other's; it tells nobody the link. */
function uidOf(deps: ConferenceDeps, conferenceId: string): string {
  return `${createHash('sha256').update(`event ${conferenceId}`).digest('hex').slice(0, 32)}@${new URL(deps.joinBase).hostname}`;
}

function notNow({ state }: Conference): UserError {
  const isCancelled = state === 'cancelled';
  return new UserError(409, {
    code: isCancelled ? 'conference-cancelled' : 'conference-over', message: isCancelled ? 'This conference was cancelled.' : 'This conference is over.',
    remedy: isCancelled ? 'Restore it first.' : 'Create a new one.',
  });
}
