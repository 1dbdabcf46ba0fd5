import type { CallDots } from './call-dots.ts';
import type { AbsenceSource } from './absence-source.ts';
import type { CalendarSource } from './calendar-source.ts';
import type { CallControl } from './call-control.ts';
import type { ConferenceBridge } from './conference-bridge.ts';
import type { DirectorySource } from './directory-source.ts';
import type { PresenceReader } from './presence-reader.ts';
import type { PresenceTarget } from './presence-target.ts';
import type { GreetingStore } from './greeting-store.ts';
import type { Door } from './door.ts';
import type { MailNotifier } from './mail-notifier.ts';
import type { MailSender } from './mail-sender.ts';
import type { MailStore } from './mail-store.ts';
import type { Transcriber } from './transcriber.ts';
import type { VoicemailStore } from './voicemail-store.ts';

/** Something a connector would need and does not have: what is missing, why, and how to mend it. */
export interface Gap {
  capability: string;
  reason: string;
  remedy: string;
}

/** Health of one connector instance, as /readyz shows it. */
export interface ConnectorStatus {
  instance: string;
  type: string;
  /** `elsewhere`: another process has the connection (this one has not the role `work`); `starting` until first contact; `limited` works with gaps; `down` does not answer; `refused` needs an administrator. */
  state: 'elsewhere' | 'starting' | 'ready' | 'limited' | 'down' | 'refused';
  /** Since when, epoch ms, UTC. */
  since: number;
  /** What it can do at this moment. */
  capabilities: string[];
  gaps: Gap[];
  /** What the other system calls itself, when it said so ("Asterisk 22.10.1"). */
  version?: string;
}

/** The ports that one instance of a system fills. One factory call makes one hub and returns all of them. */
export interface Connector {
  readonly instance: string;
  readonly type: string;
  /** Keeps a connection over which the other system tells everything to each listener: it runs in one process at a time. Default false. */
  readonly holdsConnection?: boolean;
  readonly conferenceBridge?: ConferenceBridge;
  readonly calendarSource?: CalendarSource;
  readonly mailSender?: MailSender;
  readonly mailNotifier?: MailNotifier;
  readonly voicemailStore?: VoicemailStore;
  readonly mailStore?: MailStore;
  readonly absenceSource?: AbsenceSource;
  readonly directorySource?: DirectorySource;
  readonly callDots?: CallDots;
  readonly presenceTarget?: PresenceTarget;
  readonly callControl?: CallControl;
  readonly greetingStore?: GreetingStore;
  readonly transcriber?: Transcriber;
  readonly presenceReader?: PresenceReader;
  /** What that system sends to us. */
  readonly doors: Door[];
  status(): ConnectorStatus;
  /** Calls `fn` when the status changes. Returns a function that stops it. */
  onStatus(fn: (status: ConnectorStatus) => void): () => void;
  /** Begins to connect; returns at once, keeps trying until `stop`. */
  start(): Promise<void>;
  /** Ends all connections and timers. */
  stop(): Promise<void>;
}
