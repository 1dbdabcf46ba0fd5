import { z } from 'zod';
import { conferenceRoutes } from './conference-routes.ts';
import { endpoint } from '../endpoint.ts';

/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true }).meta({ id: 'Instant', description: 'ISO 8601, UTC' });
const language = z.string().regex(/^[a-z]{2}$/, 'two letters, such as "en"');
const zone = z.string().min(1).max(64).meta({ description: 'Name of a time zone; answers use IANA names' });
export const conferenceId = z.string().regex(/^[a-z2-7]{26}$/, 'a conference id: 26 letters a-z and digits 2-7');

export const conferenceState = z.enum(['held', 'scheduled', 'live', 'ended', 'expired', 'cancelled']);

/** Why a conference stands where it stands; the words are in words/. */
export const conferenceWhy = z.enum([
  'button', 'sent', 'seen-in-calendar', 'changed-in-calendar', 'first-joined', 'everybody-left', 'time-over',
  'never-sent', 'released', 'cancelled-in-calendar', 'deleted-in-calendar', 'block-removed', 'restored', 'revived', 'settings-changed',
  'keyword', 'copied', 'invite-written', 'organizer-changed', 'mailbox-gone', 'reissued',
  'created-here', 'changed-here', 'cancelled-here',
]);

/** ISO 3166 country code. */
const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as "DE"');
/** Countries whose numbers stand in the invite, in this order, three at most (ux.md §3); empty: the first ones of the bridge. */
export const countryCodes = z.array(country).max(3);

/** Somebody besides the owner who has a part. The owner is always a host and stands in no list. */
export const roleHolder = z.object({ name: z.string().max(255), address: z.string().min(3).max(320), role: z.enum(['host', 'presenter']) }).meta({ id: 'RoleHolder' });
export const roleHolders = z.array(roleHolder).max(50);

/** What people come together on: `phone` is dialled, `video` is opened in a browser. */
const conferenceKind = z.enum(['phone', 'video']);

const numbers = z.array(z.object({ country: z.string().length(2), number: z.string() }));

export const conferenceView = z
  .object({
    id: conferenceId,
    state: conferenceState,
    why: conferenceWhy,
    stateSince: instant,
    /** When a held conference is dropped unless sent; null otherwise. */
    expiresAt: instant.nullable(),
    /** Until when a cancelled conference can be restored with its codes; null otherwise. */
    restorableUntil: instant.nullable(),
    joinUrl: z.string(),
    accessCode: z.string(),
    passcode: z.string(),
    /** Only shown to the owner and the booker. Never part of an invite. */
    hostCode: z.string().nullable(),
    /** For presenters on the phone; null until one is named, and for whoever may not see the host code. Never part of an invite. */
    presenterCode: z.string().nullable(),
    dialIn: numbers,
    countries: countryCodes,
    /** What it is held on; which of the server's types stands in `bridge.instance`. */
    kind: conferenceKind,
    /** Its bridge can call people. */
    callsOut: z.boolean(),
    roles: roleHolders,
    /** Id of the template of the invite text; null: the organisation's choice. */
    template: z.string().nullable(),
    /** A person's own room, the same in every invite that carries it. */
    isStanding: z.boolean(),
    /** What the server could write into the invite, where it was the server that did: only the link in the place, when the text does not survive being written. */
    inviteText: z.enum(['block', 'place-only']).optional(),
    /** Meetings that were copied together with this one's link. `own`: it has a conference of its own now. `left-alone`: its invite still shows this one's link, and its text could not be changed. */
    copies: z.array(z.object({ startsAt: instant, state: z.enum(['own', 'left-alone']), mailed: z.number().int() })).optional(),
    host: z.object({ name: z.string(), address: z.string() }),
    subject: z.string().nullable(),
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    timeZone: zone,
    opensAt: instant.nullable(),
    language,
    lobby: z.boolean(),
    bridge: z.object({
      instance: z.string(),
      /** `none`: nothing is there yet, and nothing should be. `pending`: not reached yet, we keep trying. */
      state: z.enum(['none', 'pending', 'agreed', 'closing', 'closed']),
      since: instant.nullable(),
      /** What the bridge last answered, in words for Details. */
      lastError: z.string().nullable(),
    }),
    /** People in it now; null when the bridge cannot tell. */
    participants: z.number().int().nullable(),
    history: z.array(z.object({ at: instant, from: conferenceState.nullable(), to: conferenceState, why: conferenceWhy, detail: z.string().nullable() })),
    version: z.number().int(),
  })
  .meta({ id: 'Conference' });

/** The block as the server renders it; the add-in puts it in place with invitation/. */
export const inviteBlock = z
  .object({
    html: z.string(),
    text: z.string(),
    joinBase: z.string(),
    /** Lines of templates that were replaced since, in each format: ours, so that they go with an old block. */
    former: z.object({ html: z.array(z.string()).readonly(), text: z.array(z.string()).readonly() }).readonly().optional(),
  })
  .meta({ id: 'InviteBlock' });

const ticket = z.object({ value: z.string(), expiresAt: instant });

/** What an invite says at the moment it is sent or held. */
export const inviteFacts = z.object({
  subject: z.string().max(255).nullish(),
  startsAt: instant.nullish(),
  endsAt: instant.nullish(),
  /** IANA's name, or Microsoft's ("W. Europe Standard Time"). */
  timeZone: zone.nullish(),
  isPrivate: z.boolean().nullish(),
  isSeries: z.boolean().nullish(),
  attendees: z.array(z.object({ name: z.string().max(255), address: z.string().max(320) })).max(500).nullish(),
});

/** A conference as anybody may see it who has its link and is signed in: what the invite says, and whether it is open. Never a host code. */
export const guestView = z
  .object({
    id: conferenceId,
    state: conferenceState,
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    opensAt: instant.nullable(),
    timeZone: zone,
    host: z.string(),
    joinUrl: z.string(),
    dialIn: numbers,
    kind: conferenceKind,
    callsOut: z.boolean(),
    /** Where a calendar file of it is, and where somebody asks to be called; null where the server has none. Neither holds a secret. */
    icsUrl: z.string().nullable(),
    callUrl: z.string().nullable(),
    /** What this person may do in it, by who they are. */
    role: z.enum(['host', 'presenter', 'guest']),
  })
  .meta({ id: 'ConferenceForGuests' });

/** What can be chosen for a conference here. */
export const conferenceOffer = z
  .object({
    types: z.array(z.object({ id: z.string(), kind: conferenceKind, countries: z.array(z.string()), callsOut: z.boolean() })),
    languages: z.array(language),
    templates: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'ConferenceOffer' });

const one = z.object({ id: conferenceId });
const nothing = z.object({});

export const conferenceApi = {
  hold: endpoint({
    route: conferenceRoutes.hold,
    summary: 'Reserve a conference: codes and link, nothing on the bridge',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: inviteFacts.extend({
      /** Made by the client once per button press: the same key gives the same conference. */
      idempotencyKey: z.uuid(),
      language: language.nullish(),
      /** Address of the calendar's owner when a delegate books for them. */
      owner: z.string().max(320).nullish(),
      bridge: z.string().max(64).nullish(),
      /** A room of its own, or the person's standing one; without it as their settings say. */
      room: z.enum(['fresh', 'personal']).nullish(),
    }),
    response: z.object({ conference: conferenceView, block: inviteBlock, ticket }),
  }),
  offer: endpoint({
    route: conferenceRoutes.offer,
    summary: 'What can be chosen for a conference',
    kind: 'read',
    params: nothing,
    query: nothing,
    body: nothing,
    response: z.object({ offer: conferenceOffer }),
  }),
  meet: endpoint({
    route: conferenceRoutes.meet,
    summary: 'A conference as a guest sees it who has the link',
    kind: 'read',
    params: one,
    query: nothing,
    body: nothing,
    response: z.object({ conference: guestView }),
  }),
  list: endpoint({
    route: conferenceRoutes.list,
    summary: 'My conferences, upcoming or past',
    kind: 'read',
    params: nothing,
    query: z.object({ when: z.enum(['upcoming', 'past']).default('upcoming'), limit: z.coerce.number().int().min(1).max(100).default(25) }),
    body: nothing,
    response: z.object({ conferences: z.array(conferenceView) }),
  }),
  read: endpoint({
    route: conferenceRoutes.read,
    summary: 'One conference',
    kind: 'read',
    params: one,
    query: nothing,
    body: nothing,
    response: z.object({ conference: conferenceView, block: inviteBlock }),
  }),
  commit: endpoint({
    route: conferenceRoutes.commit,
    summary: 'The invite is being sent, or sent again: this is what it says',
    kind: 'change',
    params: one,
    query: nothing,
    body: inviteFacts,
    response: z.object({
      conference: conferenceView,
      /** By this the send handler recognises the host's code in the text without being told it (invitation/lint/mark.ts). */
      hostCode: z.object({ length: z.number().int(), mark: z.number().int() }),
    }),
  }),
  release: endpoint({
    route: conferenceRoutes.release,
    summary: 'Removed from an invite: a held conference is dropped at once, a scheduled one when the calendar shows it',
    kind: 'change',
    params: one,
    query: nothing,
    body: nothing,
    response: z.object({ conference: conferenceView }),
  }),
  restore: endpoint({
    route: conferenceRoutes.restore,
    summary: 'Bring a cancelled conference back with its codes, within 7 days',
    kind: 'change',
    params: one,
    query: nothing,
    body: nothing,
    response: z.object({ conference: conferenceView }),
  }),
  renewTicket: endpoint({
    route: conferenceRoutes.renewTicket,
    summary: 'A new send ticket for an invite that is open again',
    kind: 'change',
    params: one,
    query: nothing,
    body: nothing,
    response: z.object({ ticket }),
  }),
  change: endpoint({
    route: conferenceRoutes.change,
    summary: 'Change what belongs to the conference and not to the calendar',
    kind: 'change',
    params: one,
    query: nothing,
    body: z.object({
      /** The version that was shown; a newer one on the server answers 409. */
      version: z.number().int(),
      language: language.optional(),
      lobby: z.boolean().optional(),
      /** Another type: the id of one that the server offers. Not while somebody is in. */
      bridge: z.string().max(64).optional(),
      /** Replaces all. */
      roles: roleHolders.optional(),
      countries: countryCodes.optional(),
      template: z.string().max(64).nullable().optional(),
      /** True draws a new passcode. */
      newPasscode: z.literal(true).optional(),
      /** True gives up the host's code, which stands where it should not, and draws another. */
      newHostCode: z.literal(true).optional(),
    }),
    response: z.object({ conference: conferenceView, block: inviteBlock }),
  }),
};

export type ConferenceView = z.output<typeof conferenceView>;
export type GuestView = z.output<typeof guestView>;
export type OfferView = z.output<typeof conferenceOffer>;
export type RoleHolderView = z.output<typeof roleHolder>;
export type MeetResponse = z.output<typeof conferenceApi.meet.response>;
export type OfferResponse = z.output<typeof conferenceApi.offer.response>;
export type InviteFacts = z.input<typeof inviteFacts>;
export type InviteBlock = z.output<typeof inviteBlock>;
export type HoldRequest = z.input<typeof conferenceApi.hold.body>;
export type HoldResponse = z.output<typeof conferenceApi.hold.response>;
export type CommitResponse = z.output<typeof conferenceApi.commit.response>;
export type ReleaseResponse = z.output<typeof conferenceApi.release.response>;
export type ReadResponse = z.output<typeof conferenceApi.read.response>;
export type ListResponse = z.output<typeof conferenceApi.list.response>;
export type ChangeRequest = z.input<typeof conferenceApi.change.body>;
export type TicketResponse = z.output<typeof conferenceApi.renewTicket.response>;
