import type { CalendarEvent, MailboxRef } from '../domain/calendar.ts';
import type { Window } from '../ports/calendar-source.ts';

export type Reach = 'everything' | 'window' | 'times';

/** What must be read of a mailbox: as much as the most curious of its reasons wants; of a reason that no feature of this release knows, everything. */
export function reachOf(listeners: readonly CalendarListener[], reasons: readonly string[]): Reach {
  const reaches = new Set(reasons.map((reason) => listeners.find((each) => each.reason === reason)?.reach ?? 'everything'));
  if (reaches.has('everything') || reaches.size === 0) return 'everything';
  return reaches.has('window') ? 'window' : 'times';
}

/** A feature that hears of the calendars that are watched. */
export interface CalendarListener {
  /** The feature's name: the reason under which it asks for a mailbox. */
  readonly reason: string;
  /**
   * How much of a mailbox that is wanted for this reason is read. `everything` (the default): also events far outside of the sweeps' window, by their notices. `window`: what
   * takes place near now is enough, so that one list of changes serves many notices. `times`: near now, and of events nothing that anybody wrote is even asked for.
   */
  readonly reach?: Reach;
  /** `all`: events as the calendar tells them. `times`: without subject, place and body, for a feature that has no need of them. */
  readonly texts: 'all' | 'times';
  /**
   * Something was read. Told again after a crash and after a failure of any listener, so it must be safe to repeat; what it writes it writes in transactions of its own.
   * An error makes the whole reading be told again: one event that cannot be brought home is put off with `Calendars.readLater` instead.
   */
  heard(news: CalendarNews): Promise<void>;
  /** Asked once in a while: does the feature still want this mailbox, which it asked for? Without it, it stays until `letGo`. */
  stillWants?(tenantId: string, mailbox: MailboxRef): Promise<boolean>;
  /** Each time that the calendar has refused the mailbox itself, whoever asked for it. Once it can be read again, `heard` tells; after `gone` everything that stands there. */
  lost?(loss: CalendarLoss): Promise<void>;
}

/** A mailbox that cannot be read: closed to us, or not there (any more). */
export interface CalendarLoss {
  tenantId: string;
  mailbox: MailboxRef;
  fault: 'denied' | 'gone';
  /** Epoch ms, UTC. */
  since: number;
}

/** What one reading told. Of every watched mailbox, whoever asked for it. */
export interface CalendarNews {
  tenantId: string;
  mailbox: MailboxRef;
  /** Events as they stand now: single ones, masters of series, and occurrences. */
  events: readonly CalendarEvent[];
  /** Ids that are no longer there. Of a sweep: no longer in its window; the event may have been moved out of it. */
  removed: readonly string[];
  /** The sweep that read this; null when one event was read by its id. */
  sweep: SweepFacts | null;
  /** `times`: no more than times, show-as and answer was asked for; what people wrote is empty because it is not known. Only listeners with the reach `times` hear of that. */
  told: 'all' | 'times';
}

export interface SweepFacts {
  /** The stretch of time that was looked at. Instants epoch ms, UTC. */
  window: Window;
  /** True when `events` is all that stands in the window: whatever is not there is gone from it. */
  isWhole: boolean;
  /** When the sweep before this one was, epoch ms; 0 when there was none. */
  before: number;
}

/** Without what a person wrote. */
export function withoutTexts(event: CalendarEvent): CalendarEvent {
  return { ...event, subject: '', location: '', body: { format: 'text', content: '' } };
}
