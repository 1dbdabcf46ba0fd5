/** What a calendar holds, in the words that every feature shares. All instants are epoch milliseconds, UTC; all zones are IANA names. */

/** A mailbox in one mail system: `instance` names the connector, `id` is that system's stable id (never an address). */
export interface MailboxRef {
  instance: string;
  id: string;
}

export interface CalendarPerson {
  name: string;
  /** Lower case. */
  address: string;
}

export interface CalendarAttendee extends CalendarPerson {
  kind: 'required' | 'optional' | 'resource';
  response: 'none' | 'tentative' | 'accepted' | 'declined';
}

/** How the time is shown to others: the field "Show As". `unknown`: it says nothing. */
export type ShowAs = 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere' | 'unknown';

export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential';

/** One event as the calendar tells it. Subject, place and body of a private event are never kept (promise 5). */
export interface CalendarEvent {
  mailbox: MailboxRef;
  /** Immutable id in this mailbox. */
  id: string;
  /** Common to the organizer's and the attendees' copies; Graph gives each occurrence its own. */
  iCalUId: string;
  kind: 'single' | 'seriesMaster' | 'occurrence' | 'exception';
  seriesMasterId: string | null;
  startsAt: number;
  endsAt: number;
  /** Zone in which the organizer made it; IANA, or 'UTC' when the calendar named none that is known. */
  timeZone: string;
  /** Where the series pattern would have put this occurrence; null for single events and masters. */
  originalStart: number | null;
  isAllDay: boolean;
  subject: string;
  body: { format: 'html' | 'text'; content: string };
  location: string;
  organizer: CalendarPerson;
  /** True in the organizer's own mailbox: the only authoritative copy. */
  isOrganizer: boolean;
  attendees: CalendarAttendee[];
  isCancelled: boolean;
  /** Has changes that were not sent. */
  isDraft: boolean;
  /** Sensitivity private or confidential: subject, place and body are left out, except for our own join links. */
  isPrivate: boolean;
  sensitivity: Sensitivity;
  showAs: ShowAs;
  /** The mailbox owner's own answer; `organizer` in the organizer's copy. */
  response: 'none' | 'organizer' | 'tentative' | 'accepted' | 'declined';
  /** Names of the owner's colour categories. Never stored with a private event. */
  categories: string[];
  /** Has an online meeting of the calendar's own (Teams). */
  isOnlineMeeting: boolean;
  /** Last instant of a recurring series, null when it has no end or is no series. */
  recurrenceEnd: number | null;
  modifiedAt: number;
  /** Version for If-Match. */
  version: string;
}

/** Present in every page of changes where the calendar only says that something went away. */
export interface RemovedEvent {
  mailbox: MailboxRef;
  id: string;
}
