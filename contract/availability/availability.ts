import { z } from 'zod';
import { availabilityRoutes } from './availability-routes.ts';
import { instant } from '../conference/conference.ts';
import { endpoint } from '../endpoint.ts';
import type { SettingsDeclaration } from '../account/settings.ts';
import { timeZone } from '../time-zone.ts';

/** Who can be reached, until when, and why. Codes and instants; words are in words/availability. */

/** What the phone does. */
export const availability = z.enum(['available', 'away', 'busy', 'doNotDisturb']);
/** How the state is called and drawn. */
export const face = z.enum(['available', 'meeting', 'busy', 'away', 'outOfOffice', 'vacation', 'doNotDisturb', 'custom']);
const title = z.string().trim().min(1).max(80);

export const stateView = z.object({ availability, face, title: z.string().nullable() }).meta({ id: 'AvailabilityState' });

const why = z.object({
  source: z.enum(['manual', 'meeting', 'outOfOffice', 'calendar', 'default']),
  /** Name of the rule, or the input of the mapping; never a subject. For others than the person themselves it is the source again. */
  rule: z.string(),
  /** The calendar's id of the event; only for the person themselves. */
  eventId: z.string().nullable(),
});

export const availabilityView = z
  .object({
    personId: z.string(),
    name: z.string(),
    state: stateView,
    why,
    since: instant,
    /** When they become something else; null when nothing in sight changes it. */
    until: instant.nullable(),
    next: stateView.nullable(),
    /** The second axis; null where no phone tells. */
    onThePhone: z.boolean().nullable(),
    /** Since when; null when they are not. */
    onThePhoneSince: instant.nullable(),
    /** What another system (Teams) says of them since somebody looks; null where it says nothing. Says whether they chat, and of people without a phone line what they are. */
    elsewhere: z.object({ availability, isInCall: z.boolean(), since: instant }).nullable().optional(),
    /** Whether their calendar is read; false with the reason in `missing`. */
    followsCalendar: z.boolean(),
    /** What would have to be there: mailbox, line, switched-on. */
    missing: z.array(z.enum(['mailbox', 'line', 'switched-off'])),
    /** What this is from. */
    asOf: instant,
  })
  .meta({ id: 'Availability' });

export const waitedFor = z
  .object({
    personId: z.string(),
    name: z.string(),
    address: z.string(),
    /** Null while they are not. */
    freeSince: instant.nullable(),
  })
  .meta({ id: 'WaitedFor' });

const nothing = z.object({});
const answer = z.object({ availability: availabilityView });
const uid = z.string().min(1).max(512);
const item = z.string().min(1).max(2_048);
const meeting = z.object({
  /** iCalUId of the event, as the calendar tells it; or `itemId`. */
  iCalUId: uid.optional(),
  /** With `iCalUId`: of one occurrence of a series; null for all of it, and for single events. */
  originalStart: instant.nullable().default(null),
  /** The event in the caller's own calendar, by the id that its mail program knows (Outlook: in its REST form). A series by its own id, one occurrence by its. */
  itemId: item.optional(),
});

export const availabilityApi = {
  mine: endpoint({ route: availabilityRoutes.mine, summary: 'What I am now, until when, and why', kind: 'read', params: nothing, query: nothing, body: nothing, response: answer }),
  choose: endpoint({
    route: availabilityRoutes.choose,
    summary: 'Choose by hand: until a time, or until the next appointment starts',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: z.object({
      face,
      /** What the phone does behind a state of one's own; the other faces bring theirs. */
      availability: availability.optional(),
      title: title.nullable().default(null),
      /** Null: until the next appointment starts; do not disturb until it is ended by hand. */
      until: instant.nullable().default(null),
    }),
    response: answer,
  }),
  automatic: endpoint({ route: availabilityRoutes.automatic, summary: 'Back to automatic', kind: 'change', params: nothing, query: nothing, body: nothing, response: answer }),
  people: endpoint({
    route: availabilityRoutes.people,
    summary: 'The states of people by their addresses; who is not known here has none',
    kind: 'read',
    params: nothing,
    query: nothing,
    body: z.object({ addresses: z.array(z.string().max(320)).max(500) }),
    /** `member`: with a state; `inside`: an address of the organisation that nobody here is known by yet; `outside`. */
    response: z.object({ people: z.array(z.object({ address: z.string(), where: z.enum(['member', 'inside', 'outside']), availability: availabilityView.nullable() })) }),
  }),
  ofMeeting: endpoint({
    route: availabilityRoutes.ofMeeting,
    summary: 'What I chose to be during a meeting; null for automatic',
    kind: 'read',
    params: nothing,
    query: z.object({ iCalUId: uid.optional(), originalStart: instant.optional(), itemId: item.optional() }),
    body: nothing,
    response: z.object({ chosen: availability.nullable() }),
  }),
  chooseForMeeting: endpoint({
    route: availabilityRoutes.chooseForMeeting,
    summary: 'Choose what I am during a meeting: it begins, moves and goes with it. Null: automatic',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: meeting.extend({ availability: availability.nullable() }),
    response: z.object({ chosen: availability.nullable() }),
  }),
  wish: endpoint({
    route: availabilityRoutes.wish,
    summary: 'An invite that is being written carries a choice (its custom property): look for it when the event is first seen. Null: it carries none any more',
    kind: 'change',
    params: z.object({ key: z.uuid() }),
    query: nothing,
    body: z.object({ availability: availability.nullable() }),
    response: z.object({ chosen: availability.nullable() }),
  }),
  whenFree: endpoint({
    route: availabilityRoutes.whenFree,
    summary: 'Be told when somebody is free, for a day; or no longer. Live as `when-free`. Problems: `person-unknown` (404), `too-many-waits` (422)',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: z.object({ address: z.string().trim().toLowerCase().min(3).max(320), wanted: z.boolean() }),
    response: z.object({ waiting: z.array(waitedFor) }),
  }),
};

export type AvailabilityView = z.output<typeof availabilityView>;
export type WaitedFor = z.output<typeof waitedFor>;

const output = z.enum(['available', 'busy', 'away', 'doNotDisturb', 'ignore']);
const words = z.array(z.string().trim().min(1).max(60)).max(50);
const addresses = z.array(z.string().trim().toLowerCase().max(320)).max(50);

/** One word of a condition on an appointment. */
const leaf = z.union([
  z.strictObject({ subjectHas: words }), z.strictObject({ locationHas: words }), z.strictObject({ categoryIs: words }), z.strictObject({ organizerIs: addresses }),
  z.strictObject({ showAsIs: words }), z.strictObject({ responseIs: words }), z.strictObject({ attendeesAtLeast: z.number().int().min(0).max(10_000) }),
  z.strictObject({ minutesAtLeast: z.number().int().min(0).max(1_000_000) }), z.strictObject({ isAllDay: z.boolean() }), z.strictObject({ isPrivate: z.boolean() }), z.strictObject({ isCancelled: z.boolean() }),
]);

type Leaf = z.output<typeof leaf>;
export type RuleCondition = { all: RuleCondition[] } | { any: RuleCondition[] } | { not: RuleCondition } | Leaf;

const condition: z.ZodType<RuleCondition> = z.lazy(() =>
  z.union([z.strictObject({ all: z.array(condition).max(20) }), z.strictObject({ any: z.array(condition).max(20) }), z.strictObject({ not: condition }), leaf]),
);

/** `own`, `spoken`, or `prompt:` with the name of a sound file of the phone system, without its ending. */
const greeting = z.string().regex(/^(?:own|spoken|prompt:[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*)$/, 'must be own, spoken, or prompt: and the name of a sound').max(120);

const rule = z.object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a short lower-case name'), when: condition, makes: z.union([output, z.literal('mapping')]) });

/** How a person's calendar becomes a state: of the organisation, a group, or the person. */
export interface AvailabilityValues extends Record<string, unknown> {
  /** The calendar, automatic replies and chosen states drive the phone (A105, A124). */
  followsCalendar: boolean;
  /** `times`: of the calendar no more is read than when somebody is busy, and how it is shown; never a subject (P13). */
  calendarDetail: 'events' | 'times';
  mapping: { busy: z.output<typeof output>; tentative: z.output<typeof output>; tentativeException: z.output<typeof output>; outOfOffice: z.output<typeof output>; workingElsewhere: z.output<typeof output>; noData: z.output<typeof output> };
  exceptionOrganizers: string[];
  winningWords: string[];
  losingWords: string[];
  rules: z.output<typeof rule>[];
  showsSubject: boolean;
  /** What callers hear before they may leave a message, by what the person is: their own recording, a spoken text, or a prompt that lies on the phone system. */
  greetings: Record<'meeting' | 'busy' | 'away' | 'outOfOffice' | 'vacation' | 'doNotDisturb' | 'custom', string>;
  outOfOffice: z.output<typeof output>;
  /** Language and zone of texts on phones, which have no reader of their own (A133, A134). */
  phoneLanguage: string;
  /** IANA; empty: that of each owner's mailbox. */
  phoneTimeZone: string;
  /** Calls show as dots in Outlook and Teams (P6). */
  showsCalls: boolean;
  /** After a call: nothing of ours stands there, or available for five minutes (for people without Teams, who would else show offline). */
  afterCall: 'clear' | 'available';
}

export const availabilitySettings: SettingsDeclaration<AvailabilityValues> = {
  feature: 'availability',
  schema: {
    followsCalendar: z.boolean(),
    calendarDetail: z.enum(['events', 'times']),
    mapping: z.object({ busy: output, tentative: output, tentativeException: output, outOfOffice: output, workingElsewhere: output, noData: output }),
    exceptionOrganizers: addresses,
    winningWords: words,
    losingWords: words,
    rules: z.array(rule).max(50),
    showsSubject: z.boolean(),
    greetings: z.object({ meeting: greeting, busy: greeting, away: greeting, outOfOffice: greeting, vacation: greeting, doNotDisturb: greeting, custom: greeting }),
    outOfOffice: output,
    phoneLanguage: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
    phoneTimeZone: timeZone.or(z.literal('')),
    showsCalls: z.boolean(),
    afterCall: z.enum(['clear', 'available']),
  },
  standard: {
    followsCalendar: true,
    calendarDetail: 'events',
    mapping: { busy: 'busy', tentative: 'ignore', tentativeException: 'away', outOfOffice: 'away', workingElsewhere: 'available', noData: 'ignore' },
    exceptionOrganizers: [],
    winningWords: [],
    losingWords: [],
    // Cancelled, declined and unanswered appointments do not count.
    rules: [
      { id: 'cancelled', when: { isCancelled: true }, makes: 'ignore' },
      { id: 'declined', when: { responseIs: ['declined'] }, makes: 'ignore' },
      { id: 'unanswered', when: { responseIs: ['none'] }, makes: 'ignore' },
    ],
    showsSubject: false,
    greetings: { meeting: 'own', busy: 'own', away: 'own', outOfOffice: 'spoken', vacation: 'spoken', doNotDisturb: 'own', custom: 'own' },
    outOfOffice: 'away',
    phoneLanguage: 'en',
    phoneTimeZone: '',
    showsCalls: true,
    afterCall: 'clear',
  },
};
