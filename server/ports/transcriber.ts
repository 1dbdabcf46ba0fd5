import type { VoicemailAudio } from '../domain/voicemail.ts';

/**
 * What we ask of an engine that writes down what was said. It changes nothing there, so it is safe to repeat. Throws TheirError: 'no-answer' within the connector's deadline, 'throttled' and 'unavailable'
 * (starting, loading its model) to be tried again; 'denied' an administrator must act; 'refused' it will not have this recording; 'unreadable' its answer is none.
 */

export interface TranscriberCapabilities {
  /** Largest recording that it takes, bytes. */
  maxAudioBytes: number;
}

/** A piece of what was said: a word where the engine tells about words, else a sentence or so. */
export interface TranscriptPiece {
  /** Hostile text: a caller chose it. */
  text: string;
  /** Within the recording, seconds. */
  startSeconds: number;
  endSeconds: number;
  /** How sure the engine is, 0 to 1; null where it does not say. */
  confidence: number | null;
}

export interface Transcript {
  /** Two letters; null where the engine does not say. */
  language: string | null;
  pieces: TranscriptPiece[];
}

export interface Transcriber {
  readonly instance: string;
  readonly capabilities: TranscriberCapabilities;
  /** `language`: what is probably spoken, two letters; null lets the engine find out. */
  transcribe(audio: VoicemailAudio, language: string | null): Promise<Transcript>;
}
