import type { CalendarEvent, MailboxRef, RemovedEvent } from '../domain/calendar.ts';
import type { OnBehalf } from './on-behalf.ts';

/** What we ask of a calendar system. All instants epoch ms, UTC. Every call throws TheirError. */

export interface CalendarCapabilities {
  /** Tells us of changes. */
  notifications: boolean;
  /** Lists changes since a cursor. */
  changes: boolean;
  /** May write to events. */
  write: boolean;
  /** May make events, change their times and cancel them, in the name of the mailbox's owner. */
  create: boolean;
}

/** A window of time to watch. */
export interface Window {
  from: number;
  to: number;
}

export interface ChangePage {
  events: CalendarEvent[];
  removed: RemovedEvent[];
  /** Ids of events that changed and could not be read now; to be read by themselves later. */
  unread: string[];
  /** Give it back next time. Opaque. */
  cursor: string;
  /** True when the cursor was refused and everything in the window was read anew: rows not in `events` are gone from the window. */
  wasReset: boolean;
}

export interface Subscription {
  id: string;
  expiresAt: number;
}

export interface MailboxProfile extends MailboxRef {
  /** Lower case, primary first. */
  addresses: string[];
  displayName: string;
}

/** What stands in an event, of a private one as well. Only for `edit`: none of it may be kept or logged, but a block of our own. */
export interface EventTexts {
  /** The entries of the field Location, in order. */
  places: readonly string[];
  /** Null when what is told of the body is not all that stands there, so that writing it back would lose something. */
  body: { format: 'html' | 'text'; content: string } | null;
}

/** What is to stand there instead. Entries of `places` that stay the same keep what else is known of them (a room's address); more entries are added. */
export interface TextsChange {
  places?: readonly string[];
  body?: string;
}

export interface EditResult {
  outcome: 'written' | 'unchanged' | 'gone';
  /** As it stands now; null when it is gone. */
  event: CalendarEvent | null;
  /** The body could be written to. */
  isBodyWhole: boolean;
}

/** An event as we make it. Instants epoch ms, UTC. */
export interface EventDraft {
  subject: string;
  body: { format: 'html'; content: string };
  location: string;
  startsAt: number;
  endsAt: number;
  /** IANA. */
  timeZone: string;
  guests: readonly { name: string; address: string }[];
}

export interface CalendarSource {
  readonly instance: string;
  readonly capabilities: CalendarCapabilities;
  /** Where events are made, changed and cancelled with their owner's own rights as long as these are held, whatever `create` says; missing or null where only our own rights are used. */
  readonly onBehalf?: OnBehalf | null;
  /** By any of its addresses, or by the system's id. Null when there is none. */
  findMailbox(addressOrId: string): Promise<MailboxProfile | null>;
  /** One event with its body; null when it is no longer there. */
  event(mailbox: MailboxRef, id: string): Promise<CalendarEvent | null>;
  /** A custom property that our add-in wrote into an event; null when it has none. Missing where the system keeps no such thing. */
  carried?(mailbox: MailboxRef, id: string, name: string): Promise<string | null>;
  /** Everything that changed in the window since `cursor`; everything in the window for null. */
  changes(mailbox: MailboxRef, cursor: string | null, window: Window): Promise<ChangePage>;
  /** The master's occurrences in the window, expanded by the calendar. */
  occurrences(mailbox: MailboxRef, masterId: string, window: Window): Promise<CalendarEvent[]>;
  /** Everything that takes place in the window, expanded, with bodies. For short windows: the moment at which one meeting should be. */
  between(mailbox: MailboxRef, window: Window): Promise<CalendarEvent[]>;
  /**
   * Everything that takes place in the window, expanded, and of each no more than its ids, its times, how it is shown, what its owner answered and whether it is private or
   * cancelled: the rest is not even asked for. Subject, place, text, people and categories are empty.
   */
  times(mailbox: MailboxRef, window: Window): Promise<CalendarEvent[]>;
  /**
   * The same in the other calendars that the mailbox's owner keeps there: `changes` and `between` are about the default one only. Calendars of somebody else that are shown
   * in the mailbox are left out. One call for each calendar: only to find a meeting that is nowhere else.
   */
  besides(mailbox: MailboxRef, window: Window): Promise<CalendarEvent[]>;
  /** Asks to be told of changes in this mailbox's events; they arrive as Wake.mark: `calendar.event` with key '<instance>/<mailbox id>/<event id>' where the notice names the event, else `calendar.sweep` with key '<instance>/<mailbox id>'. */
  subscribe(mailbox: MailboxRef): Promise<Subscription>;
  /** Renews; throws TheirError 'gone' when the subscription is no longer known. */
  renew(mailbox: MailboxRef, subscriptionId: string): Promise<Subscription>;
  unsubscribe(subscriptionId: string): Promise<void>;
  /**
   * Writes location and body of an event the caller has just read, only if it is still `version`. Attendees are mailed by the calendar: use sparingly.
   * Throws TheirError 'refused' when it was changed in between.
   */
  rewrite(mailbox: MailboxRef, id: string, version: string, change: { location?: string; body?: { format: 'html' | 'text'; content: string } }): Promise<void>;
  /**
   * Reads an event anew and writes, once, what `change` makes of its texts, only if nobody was faster. `change` is pure; null leaves everything alone. Attendees are mailed by
   * the calendar when something is written: use sparingly. Throws TheirError 'unavailable' when the event was changed in between: try again.
   */
  edit(mailbox: MailboxRef, id: string, change: (event: CalendarEvent, texts: EventTexts) => TextsChange | null): Promise<EditResult>;
  /**
   * Makes an event in the owner's name; its guests are mailed by the calendar. The same key makes one event, however often it is asked, as long as nobody deleted it.
   * Only where `create` holds, or `onBehalf` has taken up the owner's rights.
   */
  create(mailbox: MailboxRef, key: string, draft: EventDraft): Promise<{ id: string; version: string }>;
  /** Changes subject and times, and adds guests; nobody is taken off, and the text is left alone. Safe to repeat. Throws TheirError 'gone' when it is not there. */
  reschedule(mailbox: MailboxRef, id: string, draft: EventDraft): Promise<{ version: string }>;
  /** Cancels it; its guests are told. Safe to repeat: one that is not there counts as cancelled. */
  cancel(mailbox: MailboxRef, id: string, comment: string): Promise<void>;
}
