import type { VoicemailAudio } from '../../domain/voicemail.ts';
import type { BrakeReason } from '../../sync/brake.ts';
import type { Pair } from './rules/pair.ts';
import type { Why } from './why.ts';

/** One box and where we are with it. Instants epoch ms, UTC. */
export interface BoxState {
  tenantId: string;
  instance: string;
  box: string;
  /** Null: nobody's, as far as we know. Such a box is left alone. */
  personId: string | null;
  /** Grows with every save: whoever was overtaken by another process learns it from this. */
  version: number;
  name: string;
  address: string;
  isFull: boolean;
  /** Why the box is not synchronised at all until that is mended, a code: it mails or deletes by itself. */
  handsOff: string | null;
  /** The last mailbox that was looked at. */
  mailbox: { instance: string; id: string } | null;
  /** Since when it was known, as nobody's or as this owner's: what is left there later is new at their first look too. */
  knownSince: number | null;
  /** When this owner's box was first looked at: what lay there already is old. */
  cutOverAt: number | null;
  /** The last whole look at the box. */
  lookedAt: number | null;
  /** The last look at every mail. */
  mailLookedAt: number | null;
  /** Where we are in the mailbox's changes. */
  cursor: string | null;
  watchExpiresAt: number | null;
  /** The folder that is watched; '' for the inbox. */
  watchFolder: string;
  /** A phone was last known to be in the box. */
  phoneSeenAt: number | null;
  /** `too-many-mails`: so many mails were thrown away at once that no voicemail follows before somebody says so. */
  brake: BrakeReason | 'too-many-mails' | null;
  brakeSince: number | null;
  /** Somebody said that what vanished until then is meant. */
  brakeReleasedAt: number | null;
  /** Why the whole box is left alone, a code; null when it is not. */
  parked: string | null;
}

/** A line of the trail: what was done to a pair and what asked for it. */
export interface TrailLine {
  pairId: string;
  at: number;
  /** A step, or a turn such as "delivered". */
  what: string;
  because: Why;
}

/** Our copy of a message's sound. */
export interface SoundRow { pairId: string; audio: VoicemailAudio }

/** Another process has the box by now: what this one was about to write is void. The work is done again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** What the engine remembers. PostgreSQL in rows.ts; histories use one in memory. */
export interface VoicemailJournal {
  /** Null when this box was never seen. */
  load(tenantId: string, instance: string, box: string): Promise<{ state: BoxState; pairs: Pair[] } | null>;
  boxesOf(tenantId: string, personId: string): Promise<BoxState[]>;
  /** All or nothing. Throws Overtaken when the box was saved by somebody else since it was loaded. Returns the new version. */
  save(state: BoxState, pairs: readonly Pair[], lines: readonly TrailLine[], sounds?: readonly SoundRow[]): Promise<number>;
  /** The pair, its sound and its trail are gone. */
  end(state: BoxState, pairId: string): Promise<number>;
  /** A phone is or was in the box; counts for the next look. A box that was never seen is no error. */
  phoneSeen(tenantId: string, instance: string, box: string, at: number): Promise<void>;
  /** Some messages of other boxes that were listed when last looked. */
  witnesses(tenantId: string, instance: string, exceptBox: string, limit: number): Promise<{ box: string; voicemailId: string }[]>;
  audio(tenantId: string, pairId: string): Promise<VoicemailAudio | null>;
}
