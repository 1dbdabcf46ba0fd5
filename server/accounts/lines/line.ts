import type { LineRef, LineSource } from '../../domain/line.ts';

/** A phone line as we know it. */
export interface Line extends LineRef {
  name: string;
  devices: readonly string[];
  /** "201@default", null without voicemail. */
  voicemailBox: string | null;
  owner: LineOwner | null;
  /** The owner's address as an administrator named it, lower case, while nobody is known by it. */
  claim: string | null;
}

export interface LineOwner {
  personId: string;
  source: LineSource;
  /** Epoch ms, UTC: older voicemail is somebody else's. */
  since: number;
}
