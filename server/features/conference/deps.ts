import type { Calendars } from '../../calendars/index.ts';
import type { ConferenceSettings } from '../../../contract/conference/settings.ts';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { Dress } from '../../../invitation/index.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { Log } from '../../ports/log.ts';
import type { MailSender } from '../../ports/mail-sender.ts';
import type { Live } from '../../store/live.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import type { ConferencePolicy } from './conference.ts';

/** What the conference feature is given. */
export interface ConferenceDeps {
  clock: Clock;
  log: Log;
  store: { db: Queries; transaction: RunTransaction };
  live: Live;
  /** By connector instance; the first is the default. */
  bridges: readonly ConferenceBridge[];
  /** The watch over calendars, which all features share. */
  calendars: Calendars;
  /** Sends invitations where no calendar does; null when none is connected. */
  mailSender: MailSender | null;
  /** Whose calendar a person's is. */
  mailboxOf(tenantId: string, personId: string): Promise<{ instance: string; id: string } | null>;
  /** Finds or makes the person behind an address that a calendar system knows; null when none does. */
  personByAddress(tenantId: string, address: string): Promise<{ personId: string; name: string; address: string } | null>;
  /** Every mail address that is known to be this person's, lower case. */
  addressesOf(tenantId: string, personId: string): Promise<string[]>;
  /** Mail addresses of the person whose telephone this is, by the number that the bridge `instance` tells of a caller; none where nobody knows it, or two people share it. */
  addressesOfCaller(tenantId: string, instance: string, number: string): Promise<readonly string[]>;
  /** How conferences begin for this person. */
  settingsOf(tenantId: string, personId: string): Promise<ConferenceSettings>;
  /** Names of those settings that the organisation has fixed for this person. */
  fixedFor(tenantId: string, personId: string): Promise<ReadonlySet<string>>;
  /** Whose a mailbox is; null when it is nobody's that we know. */
  ownerOfMailbox(tenantId: string, mailbox: MailboxRef): Promise<{ personId: string; name: string; address: string } | null>;
  /** Mailboxes of everybody who may book by the keyword. */
  keywordMailboxes(tenantId: string): Promise<MailboxRef[]>;
  /** The word that books a conference when it stands in a meeting's place; null when that is switched off. */
  keyword: string | null;
  policy: ConferencePolicy;
  /** What every join link begins with: `https://HOST/j/`. */
  joinBase: string;
  /** Addresses of pages around the join page; left out where there are none. */
  pagesOf?: { ics(id: string): string; call(id: string): string };
  /** Languages of invites that the organisation offers, the first is the default. */
  languages: readonly string[];
  /** Templates of the invite text that may be chosen. */
  templatesOf(tenantId: string): Promise<{ id: string; name: string }[]>;
  /** How the block looks with a template; null: with the organisation's own. `former`: what templates said before. */
  dressFor(tenantId: string, template: string | null): Promise<{ dress: Dress; former: { html: string[]; text: string[] } }>;
  /**
   * Runs one outside or durable effect. In production it only runs it; the fault tests end the process's world before or after any of them,
   * which is why every effect has a name (design §11).
   */
  effect: <T>(name: EffectName, run: () => Promise<T>) => Promise<T>;
}

/** Every effect of hold, commit, update and cancel, in the order in which they happen. */
export const effectNames = [
  'hold.write', 'commit.write', 'release.write', 'change.write', 'restore.write',
  'calendar.read', 'invite.write', 'copy.write', 'seen.write',
  'bridge.ensure', 'bridge.agreed.write', 'bridge.close', 'bridge.closed.write', 'bridge.members', 'members.write', 'time.write',
  'room.asked.write', 'room.command', 'room.outcome.write',
] as const;

/** Effects of conferences that were created outright. */
export const outrightEffectNames = ['outright.write', 'event.create', 'event.bound.write', 'event.change', 'event.cancel', 'mail.claimed.write', 'mail.send', 'mail.noted.write'] as const;

/** Effects of a reissue, in the order in which they happen. */
export const reissueEffectNames = ['reissue.asked.write', 'reissue.read', 'reissue.claimed.write', 'reissue.invite.write', 'reissue.noted.write', 'reissue.ended.write'] as const;

/** Effects of letting somebody in. */
export const knockEffectNames = ['knock.write', 'knock.decided.write', 'knock.left.write'] as const;

export type EffectName = (typeof effectNames)[number] | (typeof reissueEffectNames)[number] | (typeof knockEffectNames)[number] | (typeof outrightEffectNames)[number];

/** The production way: just run it. */
export function runEffect<T>(_name: string, run: () => Promise<T>): Promise<T> {
  return run();
}
