import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MailNotifier } from '../../ports/mail-notifier.ts';
import type { MailPerson, MailSender } from '../../ports/mail-sender.ts';
import type { MailDraft, MailStore } from '../../ports/mail-store.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import type { VoicemailStore } from '../../ports/voicemail-store.ts';
import type { LagKeeper } from '../../sync/lag.ts';
import type { MailSound } from './mail/attachment.ts';
import type { VoicemailJournal } from './journal.ts';
import type { Pair } from './rules/pair.ts';
import type { VoicemailPolicy } from './rules/policy.ts';

/** What the engine is given. */
export interface VoicemailDeps {
  clock: Clock;
  log: Log;
  journal: VoicemailJournal;
  /** By connector instance. */
  voicemails: readonly VoicemailStore[];
  mails: readonly MailStore[];
  policyOf(tenantId: string, personId: string): Promise<VoicemailPolicy>;
  /** IANA zone of a person's mailbox, asked for where it is not known; null when nobody tells it in time. Missing: nobody does. */
  zoneOf?(tenantId: string, personId: string): Promise<string | null>;
  /** Where a person's mail goes; null when they have no mailbox that we reach. */
  mailboxOf(tenantId: string, personId: string): Promise<{ instance: string; id: string } | null>;
  /** By whom and to whom a person's voicemail is sent where their mailbox cannot be written to; null when nobody can. */
  notifierOf(tenantId: string, personId: string): Promise<{ port: MailNotifier; to: MailPerson } | null>;
  /** Somebody of this organisation, by their mail address; null when there is none, or two. */
  colleague(tenantId: string, address: string): Promise<{ personId: string; name: string } | null>;
  /** A phone system does not answer us. Missing: each does. */
  isAway?(instance: string): Promise<boolean>;
  /** Calls `fn` when a phone system went away or came back. Returns a function that stops it. */
  onAway?(fn: () => void): () => void;
  /** Whose extension of a phone system this is; null for nobody's and for several people's. Missing: nobody's is known. */
  ownerOf?(tenantId: string, instance: string, extension: string): Promise<string | null>;
  /** The mail's texts; the rest is the engine's. */
  compose(pair: Pair, policy: VoicemailPolicy, missing: MailSound['missing'], noticeFor?: string): Pick<MailDraft, 'from' | 'subject' | 'text' | 'html'>;
  /** Sends notices to addresses that people choose; missing where no mail system sends for us. */
  notices?: { sender: MailSender; nameOf(tenantId: string, personId: string): Promise<string> };
  /** How a person is known here. */
  nameOf?(tenantId: string, personId: string): Promise<string>;
  /** Writes down what was said; missing where no engine is connected. */
  transcriber?: Transcriber;
  /** Right side of our Message-IDs. */
  messageDomain: string;
  lag: LagKeeper;
  /** A random UUID. */
  newId(): string;
  times: SyncTimes;
  /** Runs one outside or durable effect; fault tests end the world before or after any of them. */
  effect: <T>(name: EffectName, run: () => Promise<T>) => Promise<T>;
}

/** Periods, ms. */
export interface SyncTimes {
  /** Every mail is looked at again after this, whatever was told. */
  sweepMs: number;
  /** A box is looked at again after this when its phone system tells nothing. */
  pollMs: number;
  /** The brake looks again. */
  brakeMs: number;
  /** A full mailbox is tried again. */
  fullMs: number;
  /** A box that a phone has is looked at again, in case nobody tells of the hang-up. */
  takenMs: number;
  /** A mail goes without its sound when that cannot be had for so long. */
  soundlessMs: number;
}

export const defaultTimes: SyncTimes = { sweepMs: 6 * 3_600_000, pollMs: 10_000, brakeMs: 5 * 60_000, fullMs: 15 * 60_000, takenMs: 30_000, soundlessMs: 10 * 60_000 };

/** Every effect of deliver, mark, delete and undo, in the order in which they happen. */
export const effectNames = [
  'found.write', 'audio.read', 'audio.write', 'deliver.begin.write', 'deliver', 'delivered.write',
  'mail.look.write', 'steps.begin.write', 'voicemail.heard', 'voicemail.unheard', 'voicemail.remove', 'voicemail.restore', 'mail.read', 'mail.unread', 'mail.trash', 'mail.restore',
  'settled.write', 'lamp.refresh', 'bin.purge', 'bin.write',
] as const;
/** Of forwarding to a colleague's box. */
export const forwardEffects = ['forward.write', 'voicemail.forward'] as const;
/** Of a notice to an address of the owner's choice. */
export const noticeEffects = ['notice.begin.write', 'notice.send', 'notice.write'] as const;
export type EffectName = (typeof effectNames)[number] | (typeof forwardEffects)[number] | (typeof noticeEffects)[number];

export function runEffect<T>(_name: EffectName, run: () => Promise<T>): Promise<T> {
  return run();
}

/** Effects that one round may have before others get their turn. */
export const roundBudget = 60;
