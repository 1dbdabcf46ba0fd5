import type { Calendars } from '../../calendars/index.ts';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { LineRef } from '../../domain/line.ts';
import type { CallDots } from '../../ports/call-dots.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AbsenceSource } from '../../ports/absence-source.ts';
import type { GreetingStore } from '../../ports/greeting-store.ts';
import type { Log } from '../../ports/log.ts';
import type { PresenceReader } from '../../ports/presence-reader.ts';
import type { PresenceTarget } from '../../ports/presence-target.ts';
import type { Live } from '../../store/live.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import type { Policy } from './rules/policy.ts';
import type { Face } from './rules/state.ts';

/** A line as this feature needs it. */
export interface OwnedLine extends LineRef {
  devices: readonly string[];
}

/** How one person wants it. */
export interface PersonPolicy extends Policy {
  followsCalendar: boolean;
  calendarDetail: 'events' | 'times';
  /** Of texts on displays, which have no reader of their own. */
  phoneLanguage: string;
  phoneTimeZone: string;
  greetings: Readonly<Record<Exclude<Face, 'available'>, string>>;
  /** Calls show as dots in Outlook and Teams. */
  showsCalls: boolean;
  /** What stands there after a call: nothing of ours, or available for five minutes. */
  afterCall: 'clear' | 'available';
}

/** What the availability feature is given. */
export interface AvailabilityDeps {
  clock: Clock;
  log: Log;
  store: { db: Queries; transaction: RunTransaction };
  live: Live;
  calendars: Calendars;
  absences: readonly AbsenceSource[];
  targets: readonly PresenceTarget[];
  dots: readonly CallDots[];
  presences: readonly PresenceReader[];
  greetings: readonly GreetingStore[];
  people: {
    /** Null for somebody whom nobody knows. */
    nameOf(tenantId: string, personId: string): Promise<string | null>;
    mailboxOf(tenantId: string, personId: string): Promise<MailboxRef | null>;
    ownerOfMailbox(tenantId: string, mailbox: MailboxRef): Promise<string | null>;
    /** Only whom we know already: a look at recipients must not fill the table with strangers. */
    knownByAddress(tenantId: string, address: string): Promise<string | null>;
    /** The person's own lines, the first drives. */
    linesOf(tenantId: string, personId: string): Promise<OwnedLine[]>;
    /** Who owns the one line with this device. */
    ownerOfDevice(tenantId: string, pbx: string, device: string): Promise<string | null>;
    /** Whose state stands for this extension: of several owners the one who is told to it, too. */
    ownerOfExtension(tenantId: string, pbx: string, extension: string): Promise<string | null>;
    /** Everybody who has a line: whom calendars are read for. */
    withLines(tenantId: string): Promise<string[]>;
  };
  /** The same of many people at once: a mail has as many recipients as it likes. */
  crowd: {
    /** Those who exist. */
    of(tenantId: string, personIds: readonly string[]): Promise<{ personId: string; name: string; hasMailbox: boolean; lines: OwnedLine[] }[]>;
    /** By address, lower case; only whom we know already. */
    byAddress(tenantId: string, addresses: readonly string[]): Promise<Map<string, string>>;
    /** How each of them wants it. */
    policies(tenantId: string, personIds: readonly string[]): Promise<Map<string, PersonPolicy>>;
    /** Calendars that are linked to them already: asks no other system. */
    mailboxes(tenantId: string, personIds: readonly string[]): Promise<Map<string, MailboxRef>>;
    /** Their own lines; whoever has none is not in it. */
    lines(tenantId: string, personIds: readonly string[]): Promise<Map<string, OwnedLine[]>>;
    /** Whether they are followed at all. */
    followed(tenantId: string, personIds: readonly string[]): Promise<Set<string>>;
    /** Domains of mail addresses of the organisation, lower case. */
    domains(tenantId: string): Promise<ReadonlySet<string>>;
  };
  policyOf(tenantId: string, personId: string): Promise<PersonPolicy>;
  /** Runs one durable or outside effect; the fault tests end the process's world before or after any of them (design §11). */
  effect: <T>(name: AvailabilityEffect, run: () => Promise<T>) => Promise<T>;
}

export const availabilityEffects = ['availability.heard.write', 'availability.state.write', 'availability.turn.write', 'availability.choose.write', 'availability.show', 'availability.shown.write', 'availability.release', 'availability.phone.write', 'availability.dot', 'availability.dot.write', 'availability.absence', 'availability.greeting'] as const;

export type AvailabilityEffect = (typeof availabilityEffects)[number];
