import type { VoicemailState } from '../../../domain/voicemail.ts';
import type { MailPlace } from '../../../ports/mail-store.ts';
import type { Step } from './tables.ts';

/** One voicemail and its one mail. All instants epoch ms, UTC. */

/** A voicemail over all its copies in the box. `gone`: it is nowhere in the box, and that is believed. */
export type VoicemailSide = VoicemailState | 'gone';

/** A mail as it was last seen. `missing`: found nowhere, which is not the same as deleted; or it was only sent, and we have never been able to look (`isOnlySent`). */
export type MailSide = { isRead: boolean; place: MailPlace } | 'missing';

/** What both sides were like when everything that had happened was brought over: the state against which changes are told. */
export interface Settled {
  voicemail: VoicemailSide;
  isRead: boolean;
  isTrash: boolean;
}

/** What we set out to do, written down before the first step: so that our own deed is not taken for a person's when its end is never written down. */
export interface Begun {
  /** What both sides had agreed on then. With another agreement since, this is over. */
  from: Settled | null;
  /** What was seen of both sides when it was decided. */
  voicemail: VoicemailSide;
  /** Null: it had no mail that could be seen. */
  mail: { isRead: boolean; isTrash: boolean } | null;
  /** What has yet to be done, in order. */
  steps: readonly Step[];
  /** The wish that asked for it, if one did. */
  wish: Wish | null;
}

/** What a person asks for in a window of ours, or the policy does for them. Stands until it is done. */
export type Wish = 'mark heard' | 'mark unheard' | 'delete' | 'restore' | 'heard when mailed';

/** `waiting` for its mail; `paired`; `listed` without a mail, by policy. */
export type PairState = 'waiting' | 'paired' | 'listed';

export interface Call {
  /** Cleaned of what could deceive or break a line; may be empty. */
  name: string;
  number: string;
  durationSeconds: number;
  isUrgent: boolean;
}

export interface Pair {
  tenantId: string;
  id: string;
  /** Whose it was when it was left. Never shown to a later owner of the box. */
  personId: string;
  instance: string;
  box: string;
  voicemailId: string;
  state: PairState;
  call: Call;
  /** When it was left, as far as the phone system's clock can be believed. */
  leftAt: number;
  firstSeenAt: number;
  voicemail: VoicemailSide;
  /** Null for `listed`. */
  mailbox: { instance: string; id: string } | null;
  messageId: string;
  /** Null until it was delivered. */
  mailId: string | null;
  mail: MailSide | null;
  settled: Settled | null;
  wish: Wish | null;
  /** Steps were begun whose end we do not know. */
  begun: Begun | null;
  /** A delivery was begun whose end we do not know. */
  deliveryBeganAt: number | null;
  /** Not found since then; null for a missing one that was only sent. */
  missingSince: number | null;
  hasAudio: boolean;
  /** Both sides are deleted since then: it lies in the undo bin. */
  binnedAt: number | null;
  /** We took it out of the box, so it is ours to purge. */
  removedByUs: boolean;
  /** What stands in the way, as a code of why.ts; null when nothing does. */
  trouble: string | null;
}

export function isDeleted(side: VoicemailSide): side is 'deleted' | 'gone' {
  return side === 'deleted' || side === 'gone';
}

/** Its mail was sent, and where it lies could not be looked at yet. */
export function isOnlySent({ mail, missingSince }: Pick<Pair, 'mail' | 'missingSince'>): boolean {
  return mail === 'missing' && missingSince === null;
}

/** One over all copies of an id: unheard while one of them is, deleted when all are. */
export function mergeCopies(states: readonly VoicemailState[]): VoicemailSide {
  if (states.length === 0) return 'gone';
  if (states.includes('unheard')) return 'unheard';
  return states.includes('heard') ? 'heard' : 'deleted';
}
