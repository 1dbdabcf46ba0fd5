/**
 * What we ask of a phone system on behalf of somebody with a desk phone: ring it, then somebody else; or ring it and play a message. Instants epoch ms, UTC.
 * A phone is rung **at most once** per key: where the answer was lost, doubt is shown ('unknown'), and nothing is repeated. Calls throw TheirError
 * within the connector's deadline: 'refused' for what cannot be dialled, 'busy' while a phone has the voicemail box, 'gone' for a message that is not
 * there, 'no-answer' when the phone may ring all the same (the outcome still comes).
 */

export interface CallControlCapabilities {
  /** Ring my phone, then the other. */
  call: boolean;
  /** Play a voicemail message on my phone. */
  playMessage: boolean;
}

/** How a call ended. */
export type CallOutcome =
  /** The message was played to its end, or the two talked. */
  | 'done'
  /** My own phone: not registered, busy or refused, rang out. */
  | 'unreachable'
  | 'busy'
  | 'no-answer'
  /** I hung up before the message ended, or before the other answered. */
  | 'interrupted'
  /** The other side: cannot be reached, busy or refused, rang out. */
  | 'far-unreachable'
  | 'far-busy'
  | 'far-no-answer'
  /** It rang, and what was to come did not: the message had gone, or the phone system failed. */
  | 'failed'
  /** Lost from sight. It may have rung. */
  | 'unknown';

export interface CallProgress {
  key: string;
  kind: 'call' | 'message';
  /** `ringing` my phone; `answered` by me; `connected` the other, too; then `ended`. */
  phase: 'ringing' | 'answered' | 'connected' | 'ended';
  /** With `ended` only. */
  outcome: CallOutcome | null;
  at: number;
}

export interface CallRequest {
  /** Names this wish: asked again with the same key, nothing rings. 1 to 64 of a-z, 0-9 and `-`. */
  key: string;
  /** The extension whose phone rings first. */
  phone: string;
  /** Digits, `*`, `#`, or E.164 with its `+`. */
  number: string;
}

export interface PlayRequest {
  key: string;
  phone: string;
  box: string;
  id: string;
}

export interface CallControl {
  readonly instance: string;
  readonly capabilities: CallControlCapabilities;
  /** Resolves when the phone system has taken the wish; what becomes of it is told. */
  call(request: CallRequest): Promise<void>;
  /** As `call`. Played to its end the message is heard, and phones show it. */
  playMessage(request: PlayRequest): Promise<void>;
  /** Ends a call that we began. What is over already is done. */
  hangUp(key: string): Promise<void>;
  /** Where a call stands; null for a key that nobody used within the last hour. */
  progress(key: string): CallProgress | null;
  /** Returns a function that stops it. */
  onProgress(fn: (progress: CallProgress) => void): () => void;
}
