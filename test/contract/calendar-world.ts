import type { CalendarSource } from '../../server/ports/calendar-source.ts';
import type { WakeKey } from '../../server/ports/wake.ts';

/** What a person writes into their own calendar and sends. Instants epoch ms, UTC. */
export interface Written {
  subject: string;
  startsAt: number;
  endsAt: number;
  /** IANA. */
  timeZone: string;
  html: string;
  location?: string;
  attendee?: string;
  isAllDay?: boolean;
  isPrivate?: boolean;
  showAs?: 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
  categories?: string[];
  /** Every day at the same time of day in `timeZone`, so often. */
  days?: number;
  /** Into a calendar of theirs that is not the default one. */
  isBesides?: boolean;
}

/** A calendar system with one person, and what people and trouble do to it. Ids are those of the port. */
export interface CalendarWorld {
  source: CalendarSource;
  /** Their address, as somebody might type it. */
  address: string;
  joinBase: string;
  write(event: Written): Promise<string>;
  change(id: string, changes: { subject?: string; html?: string; startsAt?: number; endsAt?: number }): Promise<void>;
  /** Its body says more than can be told: written back, something would be lost. */
  makeRigid(id: string): Promise<void>;
  /** How often people were mailed about events, in all. Null where the system mails nobody. */
  mailed(): number | null;
  /** Out of the calendar: a single event, a series, or one occurrence. */
  remove(id: string): Promise<void>;
  /** The system forgets where its readers were. */
  forget(): Promise<void>;
  /** Nothing answers. Returns the way back. */
  cut(): Promise<() => Promise<void>>;
  loseSubscriptions(): Promise<void>;
  /** What was told since the last time, when all that is on its way has come. */
  told(): Promise<WakeKey[]>;
  stop(): Promise<void>;
}
