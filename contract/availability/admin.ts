import { z } from 'zod';
import { availabilityAdminRoutes } from './admin-routes.ts';
import { availability, face } from './availability.ts';
import { instant } from '../conference/conference.ts';
import { endpoint } from '../endpoint.ts';

/** Availability as an administrator sees it: states and rules, never a title, a place or an id of an appointment. Each look at a person is written down. */

const nothing = z.object({});

/** A state without its title. */
const bareState = z.object({ availability, face });
const bareWhy = z.object({ source: z.enum(['manual', 'meeting', 'outOfOffice', 'calendar', 'default']), rule: z.string() });

/** Why an appointment counts or does not. */
const judged = z.object({
  from: instant,
  to: instant,
  /** What it makes of its owner; `free` and `ignore`: nothing. */
  makes: z.enum(['available', 'busy', 'away', 'doNotDisturb', 'ignore', 'free']),
  /** The rule's name, or the input of the mapping, or `free`, `no-length`. */
  rule: z.string(),
  isPrivate: z.boolean(),
  /** Questions of the rules that the calendar does not answer for it: "subjectHas". A rule that asks one of them does not apply. */
  untold: z.array(z.string()),
});

/** What plays in front of a box: the own recording, a spoken text (never a title), or a sound of the phone system. */
const hears = z.object({
  kind: z.enum(['own', 'spoken', 'prompt']),
  /** In the first language that greetings are made in. */
  text: z.string().nullable(),
  sound: z.string().nullable(),
  /** A text is wanted, and no voice speaks it: so the own recording. */
  lacksVoice: z.boolean(),
});

/** What a call to one line meets. */
const phone = z.object({
  pbx: z.string(),
  extension: z.string(),
  /** What the dialplan include of pbx/ does, as it is delivered: its global variables may say otherwise. `another`: another person's line has the same extension for longer, and it follows them. */
  does: z.enum(['ring', 'voicemail', 'another']),
  /** What callers hear who reach its box; the release before leaves it out. Null where the line does not follow this person. */
  hears: hears.nullable().optional(),
});

const outcome = z.object({
  state: bareState,
  why: bareWhy,
  since: instant,
  until: instant.nullable(),
  next: bareState.nullable(),
  phones: z.array(phone),
  /** Appointments at that instant. */
  appointments: z.array(judged),
});

/** Settings that nobody has saved yet, of the organisation (`group` null) or a group. */
const proposal = z.object({
  group: z.uuid().nullable(),
  set: z.record(z.string().max(64), z.unknown()).default({}),
  inherit: z.array(z.string().max(64)).max(100).default([]),
  locks: z.array(z.string().max(64)).max(100).optional(),
});

const person = z.object({ personId: z.string(), name: z.string() });
const missing = z.array(z.enum(['mailbox', 'line', 'switched-off']));
const warnings = z.array(z.enum(['nothing-counts', 'calendar-off']));

const links = z.object({
  /** Which mailbox is theirs; `source`: "directory", "sign-in", "administrator". Null while none is linked. */
  mailbox: z.object({ instance: z.string(), address: z.string(), source: z.string() }).nullable(),
  /** How their calendar is read; null while it is not watched. `troubledSince`: it refuses us, and what it says. The release before leaves it out. */
  calendar: z.object({ readAt: instant.nullable(), troubledSince: instant.nullable(), trouble: z.string().nullable() }).nullable().optional(),
  /** `drives`: the phone system shows this person's state on it; false where another person's line has the same extension for longer. */
  lines: z.array(z.object({ pbx: z.string(), extension: z.string(), source: z.enum(['administrator', 'directory', 'voicemail', 'template']), drives: z.boolean() })),
  /** The switch, and the layer of settings that says so. */
  followsCalendar: z.object({ isOn: z.boolean(), scope: z.enum(['default', 'organisation', 'group', 'person']), name: z.string().nullable() }),
});

const segment = z.object({ from: instant, to: instant, state: bareState, why: bareWhy });

const phoneSystem = z.object({
  instance: z.string(),
  /** As `prompt:` names them; null where it does not tell. */
  sounds: z.array(z.string()).nullable(),
  /** Why not: it has no way to tell, or it failed, with what to do. */
  trouble: z.object({ kind: z.enum(['cannot-tell', 'failed']), message: z.string(), remedy: z.string() }).nullable(),
});

/** Minutes by face. */
const minutes = z.record(z.string(), z.number().int());

const replayedPerson = person.extend({
  /** `unread`: the calendar did not answer; `no-mailbox`: there is none. */
  outcome: z.enum(['replayed', 'unread', 'no-mailbox']),
  /** Minutes that come out otherwise. */
  changedMinutes: z.number().int(),
  /** Stretches that come out otherwise, the longest first, fifty at most. */
  stretches: z.array(z.object({ from: instant, to: instant, before: bareState.extend({ rule: z.string() }), after: bareState.extend({ rule: z.string() }) })),
  /** Appointments of which the calendar does not tell what a rule asks for. */
  untold: z.number().int(),
});

export const replayView = z
  .object({
    id: z.uuid(),
    state: z.enum(['running', 'done']),
    from: instant,
    to: instant,
    madeAt: instant,
    people: z.number().int(),
    done: z.number().int(),
    unread: z.number().int(),
    /** People for whom anything comes out otherwise. */
    changedPeople: z.number().int(),
    changedMinutes: z.number().int(),
    before: minutes,
    after: minutes,
    /** Appointments of which the calendar does not tell what a rule asks for: a private one's title, or all titles where only free and busy is read. */
    untold: z.number().int(),
    appointments: z.number().int(),
    warnings,
    /** Those for whom most changes, fifty at most. */
    most: z.array(replayedPerson),
  })
  .meta({ id: 'AvailabilityReplay' });

export const availabilityAdminApi = {
  whatIf: endpoint({
    route: availabilityAdminRoutes.whatIf, summary: 'What happens if somebody calls this person then, and why; also with settings that nobody has saved yet', kind: 'read', params: nothing, query: nothing,
    body: z.object({
      /** Our id, or a mail address that is known here. */
      person: z.string().min(1).max(320),
      at: instant,
      proposal: proposal.optional(),
    }),
    response: z.object({
      person, at: instant, missing,
      /** `kept`: from what Tieline keeps of the calendar; `read`: read in the calendar for this answer; `none`: no calendar. */
      basis: z.enum(['kept', 'read', 'none']),
      present: outcome,
      /** With the proposal; null without one. */
      proposed: outcome.nullable(),
      warnings,
    }),
  }),
  sounds: endpoint({
    route: availabilityAdminRoutes.sounds, summary: 'Sounds that the phone systems with greetings have, to choose one for a greeting', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ phoneSystems: z.array(phoneSystem) }),
  }),
  timeline: endpoint({
    route: availabilityAdminRoutes.timeline, summary: 'A person\'s states and their rules, of the last 14 days and the next 7. The look is written down', kind: 'read',
    params: z.object({ person: z.string().min(1).max(320) }), query: nothing, body: nothing,
    response: z.object({
      person, missing, asOf: instant,
      /** What makes the calendar reach a phone, and who or what said so. The release before leaves it out. */
      links: links.optional(),
      ahead: z.array(segment),
      /** What was told in fact, the newest first. */
      past: z.array(z.object({ at: instant, state: bareState, why: bareWhy })),
      /** Appointments ahead that say nothing about the phone, and why. */
      ignored: z.array(z.object({ from: instant, to: instant, rule: z.string() })),
    }),
  }),
  startReplay: endpoint({
    route: availabilityAdminRoutes.startReplay, summary: 'Read the calendars of some weeks once more and see what settings that nobody has saved yet would have made of them; only results are kept, for seven days', kind: 'change',
    params: z.object({ id: z.uuid() }), query: nothing, body: proposal.extend({ weeks: z.number().int().min(1).max(4).default(4) }), response: z.object({ replay: replayView }),
  }),
  replay: endpoint({ route: availabilityAdminRoutes.replay, summary: 'How far a replay is, and what it found', kind: 'read', params: z.object({ id: z.uuid() }), query: nothing, body: nothing, response: z.object({ replay: replayView }) }),
};

export type WhatIfResponse = z.output<typeof availabilityAdminApi.whatIf.response>;
export type WhatIfRequest = z.input<typeof availabilityAdminApi.whatIf.body>;
export type HearsView = z.output<typeof hears>;
export type PhoneSystemSounds = z.output<typeof phoneSystem>;
export type OutcomeView = z.output<typeof outcome>;
export type ProposalRequest = z.input<typeof proposal>;
export type PersonTimeline = z.output<typeof availabilityAdminApi.timeline.response>;
export type ReplayView = z.output<typeof replayView>;
export type ReplayedPerson = z.output<typeof replayedPerson>;
