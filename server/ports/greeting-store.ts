/**
 * Where a phone system finds the greetings that we make, and the voice that speaks them. People's own recordings lie elsewhere and are never touched. Throws TheirError.
 */
export interface GreetingStore {
  readonly instance: string;
  /** Languages that greetings are made in ahead of time, the first for callers of any other. */
  readonly languages: readonly string[];
  /** Whether texts can be spoken at all. */
  readonly hasVoice: boolean;
  /** Whether the voice failed when it was last asked to speak in this process; false before that. */
  voiceFails(): boolean;
  /** Speaks a text; a WAV as the voice gives it. */
  speak(text: string, language: string): Promise<Uint8Array>;
  /** Whether a greeting lies there, whole. `name`: lower-case letters, digits and hyphens. */
  has(name: string): Promise<boolean>;
  /** Puts one there, 16-bit WAV at 8 kHz. Safe to repeat; never visible half. */
  put(name: string, wav: Uint8Array): Promise<void>;
  /** As it lies there; null when it is missing or broken. */
  read(name: string): Promise<Uint8Array | null>;
  /** How the phone system calls it. */
  soundOf(name: string): string;
  /** The sounds that somebody recorded and laid there, as a greeting names them, in order; null where the phone system cannot tell. */
  recorded(): Promise<readonly string[] | null>;
  /** Forgets those that were made before this instant (epoch ms, UTC). */
  forget(before: number): Promise<void>;
}

/** What the phone system asks when somebody is about to be led to a voicemail box. Implemented by us. */
export interface Greetings {
  /** The sound to be played instead of the person's own recording; null for the own one. `language`: of the caller, as the phone system has it. */
  greetingFor(call: { instance: string; extension: string; language: string }): Promise<string | null>;
}
