/**
 * What the Outlook page needs of a mail system, and the shapes that travel between the page and its server. The page and the server both read it, so it
 * holds types only. Every instant is epoch milliseconds, UTC; every zone an IANA name unless it says Windows.
 */

export type AttendeeType = 'required' | 'optional' | 'resource';
export type Response = 'none' | 'organizer' | 'tentative' | 'accepted' | 'declined';
export type Answer = 'accepted' | 'tentative' | 'declined';
export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential';
export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';
export type WeekIndex = 'first' | 'second' | 'third' | 'fourth' | 'last';
export type PatternType = 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';

/** Somebody with a mailbox. `windowsZone` is the Windows name of `zone`, the form that Office.js tells. */
export interface MailboxPerson { name: string; address: string; zone: string; windowsZone: string; isRoom: boolean }
export interface NamedAddress {
  name: string;
  address: string;
  /** A distribution list of the organisation. */
  isList?: boolean;
}
export interface Attendee extends NamedAddress { type: AttendeeType; response: Response }
export interface ItemBody { type: 'html' | 'text'; content: string }
/** A place: `name` is what the Location field shows, `address` the room's mail address if it is a room. */
export interface Place { name: string; address?: string }

export interface RecurrencePattern {
  type: PatternType;
  interval: number;
  /** 1 to 12. */
  month?: number;
  dayOfMonth?: number;
  daysOfWeek?: Weekday[];
  firstDayOfWeek?: Weekday;
  index?: WeekIndex;
}
/** Dates are `yyyy-MM-dd` on the wall of the event's zone; `endDate` is included. */
export interface RecurrenceRange { type: 'endDate' | 'noEnd' | 'numbered'; startDate: string; endDate?: string; numberOfOccurrences?: number }
export interface Recurrence { pattern: RecurrencePattern; range: RecurrenceRange }

/** What a form writes. `id` null: a new item. `properties` are string properties of the PublicStrings set by name, e.g. `cecp-<add-in id>`. */
export interface CalendarDraft {
  id: string | null;
  subject: string;
  body: ItemBody;
  start: number;
  end: number;
  zone: string;
  isAllDay: boolean;
  places: Place[];
  attendees: Attendee[];
  recurrence: Recurrence | null;
  sensitivity: Sensitivity;
  categories: string[];
  properties: Record<string, string>;
}

/** An event as one mailbox holds it. Ids are EWS ids. */
export interface CalendarItem extends CalendarDraft {
  id: string;
  kind: 'single' | 'series' | 'occurrence';
  /** The series of an occurrence; null otherwise. */
  seriesId: string | null;
  organizer: NamedAddress;
  isOrganizer: boolean;
  /** Attendees have not been sent what the item holds now. */
  isDraft: boolean;
  isCancelled: boolean;
  response: Response;
  createdAt: number;
  modifiedAt: number;
}

/** A mail as a list shows it. `id` is the EWS id, which changes with the folder. */
export interface MailLine { id: string; from: NamedAddress; subject: string; preview: string; /** Epoch ms UTC. */ receivedAt: number; isRead: boolean; hasAttachments: boolean }
export type MailFolder = 'inbox' | 'deleteditems';
/** A mail as it is opened. */
export interface MailItem extends MailLine {
  to: NamedAddress[];
  cc: NamedAddress[];
  body: ItemBody;
  internetMessageId: string;
  /** All internet headers, one text. */
  headers: string;
  /** Contents in base64. */
  attachments: { name: string; contentType: string; content: string }[];
}
/** What a person does with a mail in a list. */
export interface MailDeed { isRead?: boolean; moveTo?: MailFolder }

export interface OutgoingMail { to: NamedAddress[]; subject: string; body: string }
export interface SendResult { item: CalendarItem; /** How many mails went out. */ mails: number }

/** Throws (or rejects with) an error with a `code` where the mail system refuses. `mailbox` arguments are addresses. */
export interface OutlookMailbox {
  people(): MailboxPerson[];
  /** What happens in [from, to), series expanded, in order of start. */
  list(mailbox: string, from: number, to: number): Promise<CalendarItem[]>;
  /** Null when there is no such item (any more). */
  read(mailbox: string, id: string): Promise<CalendarItem | null>;
  /** Writes and mails nobody. */
  save(mailbox: string, draft: CalendarDraft): Promise<CalendarItem>;
  /** Writes and mails the attendees. */
  send(mailbox: string, draft: CalendarDraft): Promise<SendResult>;
  /** Cancels the meeting or one occurrence and tells everybody. Returns the number of mails. */
  cancel(mailbox: string, id: string, comment: string): Promise<number>;
  respond(mailbox: string, id: string, answer: Answer): Promise<void>;
  /** What dragging in the calendar does: the new time, mailed to the attendees. */
  move(mailbox: string, id: string, start: number, end: number): Promise<CalendarItem>;
  /** What Delete in the calendar does: the item is gone and nobody is told. */
  remove(mailbox: string, id: string): Promise<void>;
  sendMail(mailbox: string, mail: OutgoingMail): Promise<void>;
  /** The newest first. */
  mails(mailbox: string, folder: MailFolder): Promise<MailLine[]>;
  /** Null when there is no such mail (any more). */
  mail(mailbox: string, id: string): Promise<MailItem | null>;
  change(mailbox: string, id: string, deed: MailDeed): Promise<void>;
}

/** What the page is told when it opens. `now` is the lab's time. */
export interface Session { people: MailboxPerson[]; clock: { offsetMs: number; pausedAt: number | null }; manifestUrl: string }
