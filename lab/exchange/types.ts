/** The nouns of the mailbox world. Every instant is epoch milliseconds, UTC; every zone is an IANA name. Names and values follow Microsoft Graph's event. */

export type UserPurpose = 'user' | 'linked' | 'shared' | 'room' | 'equipment' | 'others';
export type BodyType = 'html' | 'text';
export type ShowAs = 'unknown' | 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential';
export type Importance = 'low' | 'normal' | 'high';
export type ResponseType = 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
export type Answer = 'accepted' | 'declined' | 'tentativelyAccepted';
export type AttendeeType = 'required' | 'optional' | 'resource';
export type EventType = 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster';
export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';
export type WeekIndex = 'first' | 'second' | 'third' | 'fourth' | 'last';
export type PatternType = 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';

/** What the directory knows besides names. `photo`: a JPEG or PNG. */
export interface CardFields { jobTitle?: string; department?: string; officeLocation?: string; businessPhones?: string[]; mobilePhone?: string; photo?: Buffer }
export interface PersonInput extends CardFields { name: string; address: string; timeZone: string; userPurpose?: UserPurpose; id?: string; aliases?: string[] }
/** A person or room with a mailbox. `id` is the directory's object id; `timeZone` an IANA name; `aliases` further addresses, which the directory tells and no mail is delivered to. */
export interface Person extends CardFields { id: string; name: string; address: string; timeZone: string; userPurpose: UserPurpose; aliases?: string[] }

export interface EmailAddress { name: string; address: string }
export interface Attendee extends EmailAddress { type: AttendeeType; response: ResponseType; respondedAt: number | null }
/** `unsafe`: what a program that writes by MAPI has put there and Graph leaves out unless it is asked for unsafe HTML. */
export interface ItemBody { type: BodyType; content: string; unsafe?: string }
/** A place. `name` is what the Location field shows; `address` the room's mail address, if it is one. */
export interface Place { name: string; address?: string }

export interface RecurrencePattern {
  type: PatternType;
  interval: number;
  month?: number;
  dayOfMonth?: number;
  daysOfWeek?: Weekday[];
  firstDayOfWeek?: Weekday;
  index?: WeekIndex;
}
/** Dates are `yyyy-MM-dd` on the wall of `timeZone` (the event's zone when missing). `endDate` is included. */
export interface RecurrenceRange { type: 'endDate' | 'noEnd' | 'numbered'; startDate: string; endDate?: string; numberOfOccurrences?: number; timeZone?: string }
export interface Recurrence { pattern: RecurrencePattern; range: RecurrenceRange }

/** What a client may write. `properties` are extended properties by id, e.g. `String {00020329-…} Name cecp-<guid>`. */
export interface EventFields {
  subject: string;
  body: ItemBody;
  start: number;
  end: number;
  /** The zone in which start and end were given. */
  zone: string;
  isAllDay: boolean;
  locations: Place[];
  attendees: Attendee[];
  recurrence: Recurrence | null;
  sensitivity: Sensitivity;
  showAs: ShowAs;
  importance: Importance;
  categories: string[];
  isReminderOn: boolean;
  reminderMinutes: number;
  responseRequested: boolean;
  hideAttendees: boolean;
  allowNewTimeProposals: boolean;
  isOnlineMeeting: boolean;
  properties: Record<string, string>;
  transactionId: string | null;
}

/** A client's draft: what is left out keeps its value, or gets Outlook's default. `id`: the item that is edited. Attendees may be plain addresses. */
export interface Draft extends Partial<Omit<EventFields, 'attendees'>> {
  id?: string;
  calendarId?: string;
  attendees?: (Partial<Attendee> & { address: string })[];
}

/** One event as a client sees it: a copy, which may be kept and changed. */
export interface ExchangeEvent extends EventFields {
  /** Immutable id: stands while the item stays in the mailbox. */
  id: string;
  /** REST id: changes when the item changes its folder. */
  restId: string;
  /** The same in the EWS alphabet, as Office.js tells it. */
  ewsId: string;
  mailboxId: string;
  calendarId: string;
  type: EventType;
  /** Immutable id of the series; null for singles and masters. */
  seriesMasterId: string | null;
  /** When this occurrence would begin had nobody moved it; null for singles and masters. */
  originalStart: number | null;
  /** Global Object ID in hexadecimal, common to all copies; an occurrence carries its date in bytes 16 to 19. */
  iCalUId: string;
  organizer: EmailAddress;
  isOrganizer: boolean;
  /** Holds changes that attendees were not sent. */
  isDraft: boolean;
  isCancelled: boolean;
  response: { response: ResponseType; at: number | null };
  createdAt: number;
  modifiedAt: number;
  changeKey: string;
  /** Of a master: original starts of the occurrences that were taken out. */
  removedStarts: number[];
}

export interface Calendar { id: string; key: string; name: string; isDefault: boolean; mailboxId: string }

export type MailKind = 'request' | 'update' | 'cancel' | 'response' | 'forward' | 'mail';
/** One mail to one recipient. */
export interface Mail { from: string; to: string; subject: string; kind: MailKind; at: number; iCalUId: string | null; body: string }

/** Something in a calendar changed. `id` is the immutable id of a single, a master or an occurrence. */
export interface Change { mailboxId: string; calendarId: string; id: string; restId: string; change: 'created' | 'updated' | 'deleted'; at: number }
