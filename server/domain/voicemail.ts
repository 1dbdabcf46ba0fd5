/** Nouns of voicemail that the ports, the connectors and the feature share. All instants are epoch milliseconds, UTC. */

/** A box on one phone system: `instance` names the connector, `box` is that system's stable name of it ("1001@default"). */
export interface BoxRef {
  instance: string;
  box: string;
}

/**
 * Where a message stands, whatever folders the phone system has. `unheard` lights the lamp. `deleted` is what can still be brought back: a system
 * without a trash has no such messages, they are just gone.
 */
export type VoicemailState = 'unheard' | 'heard' | 'deleted';

/** One copy of a message in a box, as the phone system lists it. */
export interface VoicemailMessage {
  /** The system's own id, kept when the message moves. Not unique: one id may stand several times in a box and in several boxes. Never a file number. */
  id: string;
  state: VoicemailState;
  /** The system's name of the folder, to be shown: "INBOX", "Old", "Family". */
  folder: string;
  isUrgent: boolean;
  /** Who called, as they say: hostile text, may be empty. */
  callerName: string;
  callerNumber: string;
  durationSeconds: number;
  /** When it was left, by the phone system's clock (which may be wrong); null where it does not say. */
  leftAt: number | null;
}

/** Sound as the system keeps it. */
export interface VoicemailAudio {
  /** "audio/wav". */
  contentType: string;
  bytes: Uint8Array;
}

/** Largest sound that is copied, bytes: an hour as Asterisk's `wav` (16 bits at 8 kHz) is 57.6 million. */
export const largestSound = 64 * 1024 * 1024;
