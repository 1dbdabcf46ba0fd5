import type { ConferenceSettings } from '../../../contract/conference/settings.ts';
import type { Caller } from '../../../contract/endpoint.ts';
import type { conferenceApi, InviteFacts } from '../../../contract/conference/conference.ts';
import type { z } from 'zod';
import { OurError, UserError } from '../../domain/errors.ts';
import { ianaZone } from '../../domain/zones.ts';
import type { Queries } from '../../store/schema.ts';
import { codesRestUntil, followUp, windowsOfFacts } from './apply.ts';
import { newConferenceId, newPasscode, newRoomName } from './admission/codes.ts';
import { watchReason, type Conference, type MeetingFacts } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { needFree } from './fixed.ts';
import type { Why } from './machine.ts';
import { needOwnRoom, standingRoom } from './standing/standing.ts';
import { takeCode } from './admission/take-code.ts';
import { wishesOf } from './wishes.ts';
import { addHistory, dropCodes, findByIdempotencyKey, insertConference, replaceWindows } from './rows.ts';

type HoldBody = z.output<typeof conferenceApi.hold.body>;

/**
 * The button was pressed: reserves an id, codes and a room name. Nothing is on the bridge, and nothing will be unless the invite is sent within the hold time.
 * The same idempotency key gives the same conference, however often it is asked.
 * @throws UserError when no bridge is configured, the language is not offered, or the owner's calendar is not known, or what was chosen is fixed by the organisation.
 */
export async function holdConference(deps: ConferenceDeps, body: HoldBody, caller: Caller, why: Why = 'button'): Promise<Conference> {
  const bookerId = caller.personId;
  if (bookerId === null) throw new OurError('hold needs a person');
  const known = await findByIdempotencyKey(deps.store.db, caller.tenantId, bookerId, body.idempotencyKey);
  if (known) return known;
  const owner = await ownerOf(deps, body, caller, bookerId);
  await needFree(deps, caller.tenantId, owner.personId, { bridge: body.bridge, language: body.language, room: body.room });
  const settings = await deps.settingsOf(caller.tenantId, owner.personId);
  const fresh = { ...(await draft(deps, body, caller, owner, settings)), why };
  if (body.room === 'personal') needOwnRoom(owner.personId, caller);
  const isPersonal = (body.room ?? settings.room) === 'personal' && owner.personId === bookerId;
  return isPersonal ? standingRoom(deps, caller.tenantId, bookerId, () => writeHeld(deps, asStanding(fresh))) : writeHeld(deps, fresh);
}

/** A room belongs to no meeting: it has no subject and no time, and the next person to ask for theirs finds it by its owner. */
function asStanding(fresh: Conference): Conference {
  return {
    ...fresh, isStanding: true, idempotencyKey: 'standing', bookerId: fresh.ownerId, lobby: true,
    subject: null, isPrivate: false, isSeries: false, startsAt: null, endsAt: null, closesAt: null,
  };
}

/** Writes a conference with codes that nobody has; the one that was made with its key before, when there is one. */
async function writeHeld(deps: ConferenceDeps, fresh: Conference): Promise<Conference> {
  return deps.effect('hold.write', () =>
    deps.store.transaction(async (tx) => {
      const conference = await withCodes(deps, tx, fresh);
      if (!(await insertConference(tx, conference))) {
        // Two requests with one key at the same time: the other one won, its conference is the answer.
        await dropCodes(tx, conference.tenantId, conference.id);
        const other = await findByIdempotencyKey(tx, fresh.tenantId, fresh.bookerId, fresh.idempotencyKey);
        if (other) return other;
        throw new OurError('conference was neither inserted nor found');
      }
      const now = conference.createdAt;
      await replaceWindows(tx, conference.tenantId, conference.id, windowsOfFacts(conference));
      await addHistory(tx, conference, { at: now, from: null, to: 'held', why: fresh.why, detail: null });
      if (conference.mailbox) await deps.calendars.watch(tx, conference.tenantId, conference.mailbox, watchReason);
      await followUp(deps, tx, null, conference, now);
      return conference;
    }),
  );
}

async function draft(
  deps: ConferenceDeps, body: HoldBody, caller: Caller, owner: { personId: string; name: string; address: string }, settings: ConferenceSettings,
): Promise<Conference> {
  const now = deps.clock.now();
  const bookerId = caller.personId ?? owner.personId;
  const wishes = await wishesOf(deps, caller.tenantId, body, settings, caller.language);
  return {
    tenantId: caller.tenantId,
    id: newConferenceId(),
    state: 'held',
    why: 'button',
    stateSince: now,
    expiresAt: now + deps.policy.holdMs,
    restorableUntil: null,
    ownerId: owner.personId,
    ownerName: owner.name,
    ownerAddress: owner.address,
    bookerId,
    idempotencyKey: body.idempotencyKey,
    mailbox: await deps.mailboxOf(caller.tenantId, owner.personId),
    eventId: null,
    eventVersion: null,
    eventModifiedAt: null,
    seriesKey: null,
    seenAt: null,
    confirmBy: null,
    accessCode: '',
    hostCode: '',
    passcode: newPasscode(),
    room: newRoomName(),
    ...sentFacts(body, null),
    language: wishes.language,
    lobby: wishes.lobby,
    bridgeInstance: wishes.bridge.instance,
    bridgeState: 'none',
    bridgeSince: null,
    bridgeError: null,
    members: 0,
    roles: [],
    countries: [],
    template: wishes.template,
    presenterCode: null,
    isStanding: false,
    inviteText: 'block',
    version: 1,
    createdAt: now,
  };
}

async function ownerOf(deps: ConferenceDeps, body: HoldBody, caller: Caller, bookerId: string): Promise<{ personId: string; name: string; address: string }> {
  const address = body.owner?.trim().toLowerCase();
  if (!address || address === caller.address.trim().toLowerCase()) return { personId: bookerId, name: caller.name, address: caller.address };
  const owner = await deps.personByAddress(caller.tenantId, address);
  if (owner) return owner;
  throw new UserError(422, {
    code: 'owner-unknown', field: 'owner', message: `Nobody here has the calendar of ${address}.`,
    remedy: 'Open the invite in a calendar of your own organisation.',
  });
}

/** Fields that the invite itself told us, before the calendar confirms them. `known`: what stands until now. */
export function sentFacts(body: InviteFacts, known: MeetingFacts | null): MeetingFacts {
  const isPrivate = body.isPrivate ?? known?.isPrivate ?? false;
  const startsAt = body.startsAt ? Date.parse(body.startsAt) : (known?.startsAt ?? null);
  const endsAt = body.endsAt ? Date.parse(body.endsAt) : (known?.endsAt ?? null);
  const isSeries = body.isSeries ?? known?.isSeries ?? false;
  if (startsAt !== null && endsAt !== null && endsAt < startsAt) {
    throw new UserError(422, { code: 'ends-before-start', field: 'endsAt', message: 'The meeting ends before it starts.', remedy: 'Set an end after the start.' });
  }
  return {
    isPrivate,
    subject: isPrivate ? null : (body.subject ?? known?.subject ?? null),
    isSeries,
    startsAt,
    endsAt,
    // Outlook knows its zone by Microsoft's name, browsers by IANA's.
    timeZone: ianaZone(body.timeZone) ?? known?.timeZone ?? 'UTC',
    closesAt: isSeries ? (known?.isSeries ? known.closesAt : null) : endsAt,
  };
}

async function withCodes(deps: ConferenceDeps, tx: Queries, conference: Conference): Promise<Conference> {
  const until = codesRestUntil(deps, conference, conference.createdAt);
  const take = (role: 'guest' | 'host'): Promise<string> => takeCode(deps, tx, conference, role, until, conference.createdAt);
  return { ...conference, accessCode: await take('guest'), hostCode: await take('host') };
}
